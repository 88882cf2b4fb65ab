import type { Notes } from './judged.ts';

const MOST = 2_000_000_000;

/** 过长退回:refuses the row whose text is longer than the record can hold; `most` in characters by field. */
export function refuseTooLong(notes: Notes, values: object, most: Readonly<Record<string, number>>): void {
  for (const [field, limit] of Object.entries(most)) {
    const value: unknown = Reflect.get(values, field);
    if (typeof value === 'string' && Array.from(value).length > limit) notes.add(field, 'too-long', 'error', `超过${limit}个字，请缩短`);
  }
}

/** 过大退回:refuses the row whose count is beyond any that can be true. */
export function refuseTooLarge(notes: Notes, values: object, fields: readonly string[]): void {
  for (const field of fields) {
    const value: unknown = Reflect.get(values, field);
    if (typeof value === 'number' && value > MOST) notes.add(field, 'out-of-range', 'error', '数值过大，请核对');
  }
}
