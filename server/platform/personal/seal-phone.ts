import { parsePhone, splitPhones } from '#domain/kernel/phone.ts';
import type { Vault } from '../crypto/vault.ts';

/** 电话的各列. */
export interface SealedPhone { readonly phoneCipher: string | null; readonly phoneIndex: string | null; readonly phoneLast4: string | null; readonly phoneMoreIndex: string[] | null }
/** What tells whether two fields hold the same numbers. */
export type PhoneIndexes = { readonly phoneIndex: string | null; readonly phoneMoreIndex: readonly string[] | null };

const digits = (number: string): string => number.replaceAll(/\D/g, '');

/** 读电话: each number of a field in its one written form; what is no number stays as it was typed. */
export const phonesOf = (text: string): string[] => splitPhones(text).map((piece) => parsePhone(piece)?.number ?? piece);

/** 电话入库: sealed, with blind indexes of the full number and of its last four; null clears. Of several numbers the others' indexes stand together. */
export function sealPhone(vault: Vault, text: string | null): SealedPhone {
  const numbers = text === null ? [] : phonesOf(text);
  if (numbers.length === 0) return { phoneCipher: null, phoneIndex: null, phoneLast4: null, phoneMoreIndex: null };
  const [first = '', ...others] = numbers.map(digits);
  const more = others.filter((number) => number !== '').flatMap((number) => [vault.index('phone', number), vault.index('phone-last4', number.slice(-4))]);
  return { phoneCipher: vault.seal(numbers.join('、')), phoneIndex: vault.index('phone', first), phoneLast4: vault.index('phone-last4', first.slice(-4)), phoneMoreIndex: more.length === 0 ? null : [...new Set(more)] };
}

/** 电话的比较键: the same for the same numbers, in whatever order those after the first stand; null where there is none. */
export const phonesKey = ({ phoneIndex, phoneMoreIndex }: PhoneIndexes): string | null => (phoneIndex === null ? null : [phoneIndex, ...(phoneMoreIndex ?? []).toSorted()].join());

/** 写来的电话有新内容: another first number, or one that we have not. A ledger that tells fewer numbers takes none away. */
export const tellsMore = (theirs: PhoneIndexes, ours: PhoneIndexes): boolean =>
  theirs.phoneIndex !== null && (theirs.phoneIndex !== ours.phoneIndex || (theirs.phoneMoreIndex ?? []).some((index) => !(ours.phoneMoreIndex ?? []).includes(index)));

/** 电话相同. */
export const samePhones = (a: PhoneIndexes, b: PhoneIndexes): boolean => phonesKey(a) === phonesKey(b);
