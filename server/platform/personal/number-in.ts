import type { Clue } from './person.ts';

/** 文字中的号码: whether one of the numbers written in a text is this person's, by the keyed index; so it is found even when the number itself is not known. */
export function hasNumber({ vault, idIndex, phoneIndexes }: Pick<Clue, 'vault' | 'idIndex' | 'phoneIndexes'>, text: string): boolean {
  if (idIndex === null && phoneIndexes.length === 0) return false;
  // Numbers are written with blanks and hyphens inside; the ends may touch others' numbers only across other signs.
  const written = text.match(/\d[\d -]{5,20}[\dXx]/g) ?? [];
  return written.map((one) => one.replaceAll(/[ -]/g, '').toUpperCase()).some((one) => (idIndex !== null && (one.length === 15 || one.length === 18) && vault.index('id', one) === idIndex) || (phoneIndexes.length > 0 && phoneIndexes.includes(vault.index('phone', one.replaceAll('X', '')))));
}
