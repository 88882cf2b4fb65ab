import type { Field } from '../field.ts';
import { headerKey, LEVELS, matchHeader } from '../header.ts';
import { isOrderField, orderFields, orderHeaderFields, type OrderField } from './columns.ts';

/** 列名约定: what a heading, as `headingKey` writes it, was pointed out to be; `none` where it was said to be no field of ours. */
export type KnownHeadings = ReadonlyMap<string, OrderField | 'none'>;
/** 表头文字 by column, from 0. */
type Headers = Readonly<Record<number, string>>;
/** 栏目在哪一列, from 0. */
export type OrderColumns = Readonly<Partial<Record<OrderField, number>>>;

/** 列名的写法: the levels of a heading joined, without blanks, brackets and units, so that the same heading is known again. */
export const headingKey = (title: string): string => title.split(LEVELS).map(headerKey).join('');

/** 找表头用的栏目: our own words, and before them what was pointed out; a word that was pointed out means nothing else. */
export function orderFieldsKnowing(known: KnownHeadings): readonly Field<unknown>[] {
  if (known.size === 0) return orderHeaderFields;
  const wordsFor = (field: string) => [...known].flatMap(([words, to]) => (to === field ? [words] : []));
  return orderHeaderFields.map((field) => ({ ...field, names: [...wordsFor(field.key), ...field.names.filter((name) => !known.has(headerKey(name)))] }));
}

/** 认列: which column is which field. What was pointed out goes before what a heading looks like; of two columns pointed out alike the first. */
export function columnsKnowing(headers: Headers, known: KnownHeadings): OrderColumns {
  const keyed = keyedOf(headers);
  const told = new Map<string, number>();
  for (const { column, key } of keyed) { const field = known.get(key); if (field !== undefined && field !== 'none' && !told.has(field)) told.set(field, column); }
  const open = Object.fromEntries(keyed.flatMap(({ column, key, title }) => (known.has(key) ? [] : [[column, title]])));
  const guessed = matchHeader(orderFieldsKnowing(known).filter(({ key }) => !told.has(key)), open).columns;
  return Object.fromEntries(orderFields.flatMap((field) => { const column = told.get(field) ?? guessed[field]; return column === undefined ? [] : [[field, column]]; }));
}

/** 要记住的约定, so that the same headings are taken as they were pointed out without anybody's help. A heading that stands over several columns says nothing by itself. */
export function headingsToRemember(headers: Headers, told: OrderColumns, known: KnownHeadings): KnownHeadings {
  const keyed = keyedOf(headers);
  const single = keyed.filter(({ key }) => key !== '' && keyed.filter((other) => other.key === key).length === 1);
  const remembered = new Map<string, OrderField | 'none'>();
  for (;;) {
    const guessed = columnsKnowing(headers, new Map([...known, ...remembered]));
    const different = single.filter(({ key, column }) => !remembered.has(key) && fieldAt(told, column) !== fieldAt(guessed, column));
    if (different.length === 0) return remembered;
    // What one of them gives up another may be taken for: so it is looked at again.
    for (const { key, column } of different) remembered.set(key, fieldAt(told, column) ?? 'none');
  }
}

const keyedOf = (headers: Headers) => Object.entries(headers).map(([column, title]) => ({ column: Number(column), title, key: headingKey(title) })).toSorted((a, b) => a.column - b.column);
function fieldAt(columns: OrderColumns, column: number): OrderField | null {
  const field = Object.entries(columns).find(([, at]) => at === column)?.[0];
  return field !== undefined && isOrderField(field) ? field : null;
}
