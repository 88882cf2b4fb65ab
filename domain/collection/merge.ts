import { cellOf, type CellContent, type Column, type Line, type Values } from './column.ts';

/** 填报来源. */
export const answerSources = { online: '网上填报', link: '链接填报', workbook: '交回的表' } as const;
export type AnswerSource = keyof typeof answerSources;

/** 一份已提交的填报. `at` is the instant it was handed in, as sortable text. */
export interface Handed { readonly id: string; readonly at: string; readonly values: Values }
/** 取舍: which of several answers counts in a cell, decided when `at` was the last that had come in. */
export interface Choosing { readonly answerId: string; readonly at: string }
export type Choosings = Readonly<Record<string, Readonly<Record<string, Choosing>>>>;

/** 合并后的一格. `claims` are the answers that say something, the earliest first; `held`: nobody said anything and the books' content stands. */
export interface MergedCell {
  readonly row: string; readonly column: string;
  readonly state: 'held' | 'answered' | 'conflict' | 'decided';
  /** Null while a conflict is open. */
  readonly value: CellContent;
  readonly base: CellContent;
  readonly claims: readonly { readonly answerId: string; readonly value: CellContent }[];
}

/**
 * 合并一格: one content if all who said something say the same.
 *
 * A blank beside a content is no conflict where the books hold nothing (one of them just did not fill it in); where the books hold something, it is
 * (one wants it gone). A choice stands until an answer comes in later that says something else than what was chosen.
 */
export function mergeCell(base: CellContent, answers: readonly Handed[], { row, column, choosing }: { row: string; column: string; choosing: Choosing | undefined }): MergedCell {
  const said = answers.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1))
    .flatMap(({ id, at, values }) => { const value = cellOf(values, row, column); return value === undefined ? [] : [{ answerId: id, at, value }]; });
  const isFilled = said.some(({ value }) => value !== null);
  const counted = base === null && isFilled ? said.filter(({ value }) => value !== null) : said;
  const claims = counted.map(({ answerId, value }) => ({ answerId, value }));
  const cell = { row, column, base, claims };
  const [first] = counted;
  if (first === undefined) return { ...cell, state: 'held', value: base };
  if (counted.every(({ value }) => value === first.value)) return { ...cell, state: 'answered', value: first.value };
  const chosen = choosing === undefined ? undefined : counted.find(({ answerId }) => answerId === choosing.answerId);
  const stands = chosen !== undefined && choosing !== undefined && counted.every(({ at, value }) => at <= choosing.at || value === chosen.value);
  return stands ? { ...cell, state: 'decided', value: chosen.value } : { ...cell, state: 'conflict', value: null };
}

/** 合并一份: every cell that was asked, row by row. */
export function mergePart({ rows, columns, held, answers, choosings }: { readonly rows: readonly Line[]; readonly columns: readonly Pick<Column, 'key'>[]; readonly held: Values; readonly answers: readonly Handed[]; readonly choosings: Choosings }): MergedCell[] {
  return rows.flatMap(({ id: row }) => columns.map(({ key }) => mergeCell(cellOf(held, row, key) ?? null, answers, { row, column: key, choosing: choosings[row]?.[key] })));
}

/** 合计: sums of the number columns over these cells; `open` conflicts are left out and told. Areas in cm², money in fen. */
export function totalsOf(columns: readonly Pick<Column, 'key' | 'kind'>[], cells: readonly MergedCell[]): { column: string; total: number; filled: number; open: number }[] {
  return columns.filter(({ kind }) => kind === 'whole' || kind === 'area' || kind === 'money').map(({ key }) => {
    const own = cells.filter(({ column }) => column === key);
    const numbers = own.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
    return { column: key, total: numbers.reduce((sum, value) => sum + value, 0), filled: numbers.length, open: own.filter(({ state }) => state === 'conflict').length };
  });
}
