import { pinyin } from 'pinyin-pro';
import { normaliseName } from '#domain/kernel/chinese-text.ts';

export interface SearchText { readonly haystack: string; readonly grams: string[] }
const cache = new Map<string, SearchText>();
const KEPT = 20_000;

/** 搜索文本: the lower-case name, codes, pinyin initials and full pinyin; and all one- and two-character pieces of name and initials. Load this file by `import()`: its dictionaries take 16 MB. */
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

/** 全拼 of a word, as it stands in a search text. */
export const spelling = (word: string): string => spelt(normaliseName(word).toLowerCase(), 'pinyin')[0] ?? word;

function grams(word: string): string[] {
  const letters = [...word];
  return letters.flatMap((letter, at) => (at + 1 < letters.length ? [letter, letter + (letters[at + 1] ?? '')] : [letter]));
}
