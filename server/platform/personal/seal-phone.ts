import { parsePhone, splitPhones } from '#domain/kernel/phone.ts';
import type { Vault } from '../crypto/vault.ts';

/** 电话的各列. */
export interface SealedPhone { readonly phoneCipher: string | null; readonly phoneIndex: string | null; readonly phoneLast4: string | null; readonly phoneMoreIndex: string[] | null }
/** What tells whether two fields hold the same numbers. */
export type PhoneIndexes = { readonly phoneIndex: string | null; readonly phoneMoreIndex: readonly string[] | null };

const digits = (number: string): string => number.replaceAll(/\D/g, '');

/** 读电话: each number of a field in its one written form; what is no number stays as it was typed. */
export const phonesOf = (text: string): string[] => splitPhones(text).map((piece) => parsePhone(piece)?.number ?? piece);

/** 电话的盲索引, of numbers in their written form: of the first its whole and its last four; those of the others stand together. */
export function phoneIndexes(vault: Vault, numbers: readonly string[]): Omit<SealedPhone, 'phoneCipher'> {
  if (numbers.length === 0) return { phoneIndex: null, phoneLast4: null, phoneMoreIndex: null };
  const [first = '', ...others] = numbers.map(digits);
  const more = others.filter((number) => number !== '').flatMap((number) => [vault.index('phone', number), vault.index('phone-last4', number.slice(-4))]);
  return { phoneIndex: vault.index('phone', first), phoneLast4: vault.index('phone-last4', first.slice(-4)), phoneMoreIndex: more.length === 0 ? null : [...new Set(more)] };
}

/** 电话入库: sealed, with blind indexes; null clears. */
export function sealPhone(vault: Vault, text: string | null): SealedPhone {
  const numbers = text === null ? [] : phonesOf(text);
  return { phoneCipher: numbers.length === 0 ? null : vault.seal(numbers.join('、')), ...phoneIndexes(vault, numbers) };
}

/** 电话的比较键: the same for the same numbers, in whatever order those after the first stand; null where there is none. */
export const phonesKey = ({ phoneIndex, phoneMoreIndex }: PhoneIndexes): string | null => (phoneIndex === null ? null : [phoneIndex, ...(phoneMoreIndex ?? []).toSorted()].join());

/** 写来的电话有新内容: another first number, or one that we have not. A ledger that tells fewer numbers takes none away. */
export function tellsMore(theirs: PhoneIndexes, ours: PhoneIndexes): boolean {
  const [told, held] = [phonesKey(theirs), phonesKey(ours)];
  return told !== null && (held === null || keyTellsMore(told, held));
}

/** The same of two keys by which telephones are compared. */
export function keyTellsMore(theirs: string, ours: string): boolean {
  const [[first, ...more], held] = [theirs.split(','), ours.split(',')];
  return first !== held[0] || more.some((index) => !held.includes(index, 1));
}

/** 电话相同. */
export const samePhones = (a: PhoneIndexes, b: PhoneIndexes): boolean => phonesKey(a) === phonesKey(b);
