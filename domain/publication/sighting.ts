import { checkIdentityNumber } from '#domain/kernel/identifier.ts';
import type { Passage } from './content.ts';

/** 自动检查发现的种类 in words. */
export const sightingKindLabels = { identity: '身份证号码', 'identity-like': '疑似证件号码', mobile: '手机号码', 'bank-card': '银行卡号', 'owner-name': '与登记业主同名', 'secrecy-mark': '密级标志', 'inner-mark': '内部资料标志', unread: '附件文字未能自动检查' } as const;
export type SightingKind = keyof typeof sightingKindLabels;

/** 发现: one value, wherever it stands. `value` never leaves the server; `shown` is masked. */
export interface Sighting { readonly kind: SightingKind; readonly value: string; readonly shown: string; readonly places: readonly string[] }

/** 须修改的发现: no reason lets it out; the others may be answered. What bears a mark of secrecy is not handled here at all. */
export const mustBeMended = (kind: SightingKind): boolean => kind === 'identity' || kind === 'secrecy-mark';

/** 须修改的发现怎么办, in a sentence; null for what may be answered. */
export const mendingWords = (kind: SightingKind): string | null =>
  kind === 'identity' ? '身份证号码不能公开，请删去或隐去中间各位。' : kind === 'secrecy-mark' ? '标有密级的内容不能公开，也不应放在这个系统里：请立即报告本单位保密工作负责人；误标的，去掉标志后重新上传。' : null;

/** 密级标志 as 国家秘密 bear it: the level with ★ and its period, the level alone on its line, or 密级：. */
const SECRECY = [/(?:绝密|机密|秘密)\s*[★☆⭐]\s*(?:长期|启用前|\d{1,3}\s*(?:年|个月|天|日))?/gu, /^[\s　]*(?:绝密|机密|秘密)[\s　]*$/gmu, /密\s*级\s*[:：]\s*(?:绝密|机密|秘密)/gu];
const INNER = [/工作秘密|内部(?:资料|文件|使用|掌握|参考)|仅供内部|(?:不得|严禁|请勿)(?:外传|扩散|转发|泄露)|注意保(?:存|密)|(?:敏感|涉密)信息/gu];

/** 查看标志: marks of secrecy, and words that say something is not meant for the public. */
export function lookForMarks(passages: readonly Passage[]): Sighting[] {
  return gathered(passages.flatMap(({ where, text }) => {
    const plain = text.normalize('NFKC');
    const found = (kind: 'secrecy-mark' | 'inner-mark', patterns: readonly RegExp[]): One[] => patterns.flatMap((pattern) => [...plain.matchAll(pattern)].map(([match]) => { const value = match.replaceAll(/[\s　]/g, ''); return { kind, value, shown: value, where }; }));
    return [...found('secrecy-mark', SECRECY), ...found('inner-mark', INNER)];
  }));
}

const GAP = /^[ \u00A0\-－—·.]$/;
const MOBILE = /^(?:86)?(1[3-9]\d{9})$/;
const LONGEST = 19;

/** 自动检查号码: identity numbers, mobile numbers and bank cards in any of the passages, also in full-width digits and in groups. */
export function lookForNumbers(passages: readonly Passage[]): Sighting[] {
  return gathered(passages.flatMap(({ where, text }) => numbersIn(text.normalize('NFKC')).map((found) => ({ ...found, where }))));
}

interface Token { readonly text: string; readonly start: number; readonly end: number }
type One = Omit<Sighting, 'places'> & { readonly where: string };

function numbersIn(text: string): Omit<Sighting, 'places'>[] {
  const tokens: Token[] = [...text.matchAll(/\d+[Xx]?/g)].map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));
  const found: Omit<Sighting, 'places'>[] = [];
  for (let at = 0; at < tokens.length;) {
    const hit = longestAt(tokens, at, text);
    if (hit !== null) found.push(hit.found);
    at = hit?.next ?? at + 1;
  }
  return found;
}

/** The longest run of groups from here that is a number of a known kind. */
function longestAt(tokens: readonly Token[], at: number, text: string): { found: Omit<Sighting, 'places'>; next: number } | null {
  let last: { found: Omit<Sighting, 'places'>; next: number } | null = null;
  let joined = '';
  for (let end = at; end < tokens.length; end += 1) {
    const [token, before] = [tokens[end], tokens[end - 1]];
    if (token === undefined || (end > at && (before === undefined || !GAP.test(text.slice(before.end, token.start))))) break;
    joined += token.text;
    if (joined.length > LONGEST) break;
    const kind = kindOf(joined.toUpperCase());
    if (kind !== null) last = { found: { kind, value: joined.toUpperCase(), shown: masked(joined) }, next: end + 1 };
  }
  return last;
}

function kindOf(number: string): SightingKind | null {
  if (MOBILE.test(number)) return 'mobile';
  const verdict = checkIdentityNumber(number);
  if (verdict === 'ok') return 'identity';
  if (/^\d{16,19}$/.test(number) && /^[3-6]/.test(number) && luhn(number)) return 'bank-card';
  return verdict === 'old-form' || verdict === 'check-digit' ? 'identity-like' : null;
}

/** Luhn 校验 of card numbers. */
function luhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, at) => {
    const value = at % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** 遮盖: the first three and the last two stay. */
const masked = (number: string): string => `${number.slice(0, 3)}${'*'.repeat(number.length - 5)}${number.slice(-2)}`;

/** Once for each value, with its places in order. */
function gathered(all: readonly One[]): Sighting[] {
  return [...Map.groupBy(all, ({ kind, value }) => `${kind} ${value}`).values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ kind: first.kind, value: first.value, shown: first.shown, places: [...new Set(same.map(({ where }) => where))] }];
  });
}

/** 同名的发现: those of the names that stand in the passages, longest first, so that a name inside a longer one is told once. */
export function lookForNames(passages: readonly Passage[], names: readonly string[]): Sighting[] {
  const longest = [...new Set(names)].toSorted((a, b) => b.length - a.length);
  return gathered(passages.flatMap(({ where, text }) => {
    let left = text;
    return longest.flatMap((name): One[] => {
      if (!left.includes(name)) return [];
      left = left.replaceAll(name, '　'.repeat(name.length));
      return [{ kind: 'owner-name', value: name, shown: name, where }];
    });
  }));
}
