import { pinyin } from 'pinyin-pro';
import { canonicalEstateName } from '#domain/kernel/estate-name.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { unitKey, type UnitNumber } from '#domain/kernel/unit-number.ts';

/** 企业比对键. */
export const companyKey = (name: string): string => normaliseName(name);
/** 小区比对键: within one township. */
export const estateKey = (name: string, phase: string | null = null): string => canonicalEstateName(name + (phase && !name.includes(phase) ? phase : ''));
/** 房屋比对键: within one estate. */
export const unitMatchKey = (number: UnitNumber): string => unitKey(number);
/** 房屋称呼: 1幢2单元301室. */
export const unitTitle = (building: string, entrance: string, room: string): string =>
  `${/[幢栋楼座#]$/.test(building) ? building : `${building}幢`}${entrance === '' ? '' : /单元|门|梯$/.test(entrance) ? entrance : `${entrance}单元`}${/[室房号户]$/.test(room) ? room : `${room}室`}`;

export interface SearchText { readonly haystack: string; readonly grams: string[] }
const cache = new Map<string, SearchText>();
const KEPT = 20_000;

/** 搜索文本: the lower-case name, codes, pinyin initials and full pinyin; and all one- and two-character pieces of name and initials. */
export function searchText(names: readonly string[], codes: readonly (string | null)[] = []): SearchText {
  const key = JSON.stringify([names, codes]);
  const known = cache.get(key);
  if (known) return known;
  const words = names.map((name) => normaliseName(name).toLowerCase());
  const initials = words.flatMap((word) => spelt(word, 'first'));
  const full = words.flatMap((word) => spelt(word, 'pinyin'));
  const plain = codes.flatMap((code) => (code ? [code.toLowerCase()] : []));
  const made = { haystack: [...words, ...initials, ...full, ...plain].join(' '), grams: [...new Set([...words, ...initials].flatMap(grams))] };
  if (cache.size >= KEPT) cache.clear();
  cache.set(key, made);
  return made;
}

function spelt(word: string, pattern: 'first' | 'pinyin'): string[] {
  return [pinyin(word, { toneType: 'none', pattern, type: 'array', v: true }).join('').toLowerCase().replaceAll(' ', '')].filter((text) => text !== word);
}

function grams(word: string): string[] {
  const letters = [...word];
  return letters.flatMap((letter, at) => (at + 1 < letters.length ? [letter, letter + (letters[at + 1] ?? '')] : [letter]));
}
