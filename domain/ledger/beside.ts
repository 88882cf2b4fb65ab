import type { HeaderCandidate } from './find-header.ts';
import type { Grid } from './grid.ts';
import { sectionOf } from './section.ts';
import type { Beside, LedgerKind, RawRow, SheetMapping } from './types.ts';

/** 名目列:fields of which every table has one column, so that a second one of the same header begins another table. */
export const OF_A_THING = ['name', 'room', 'unitNumber', 'estate'] as const;

/** 并排的表:the first table's own columns, what stands above it, and the tables beside it. */
export interface SideBySide { readonly columns: Readonly<Record<string, number>>; readonly above: Readonly<Record<string, string>>; readonly beside: readonly Beside[] }

const ENTRANCE = /^第?[\d一二三四五六七八九十甲乙丙丁]{1,3}单元$/;

/** 找并排的表:tables of the very same columns that stand beside each other; null when there is one, or when what repeats is not a whole table. */
export function besideOf(kind: LedgerKind, grid: Grid, { columns, headers, rows }: HeaderCandidate): SideBySide | null {
  const first = OF_A_THING.map((field) => columns[field]).find((column) => column !== undefined);
  if (first === undefined) return null;
  const shifts = Object.keys(headers).map(Number).filter((column) => column > first && headers[column] === headers[first]).map((column) => column - first);
  const [shift] = shifts;
  if (shift === undefined) return null;
  const isRepeated = (column: number) => headers[column] !== undefined && shifts.every((by) => headers[column + by] === headers[column]);
  const start = Math.min(...Object.keys(headers).map(Number).filter(isRepeated));
  const own = Object.entries(columns).filter(([, column]) => column < start + shift);
  if (!own.every(([, column]) => isRepeated(column))) return null;
  const edges = [start, ...shifts.map((by) => start + by), grid.lastColumn + 1];
  const above = edges.slice(0, -1).map((from, at) => saidAbove(kind, grid, (rows[0] ?? 1) - 1, [at === 0 ? 0 : from, edges[at + 1] ?? from], columns));
  return { columns: Object.fromEntries(own), above: above[0] ?? {}, beside: shifts.map((by, at) => ({ shift: by, from: start + by, constants: above[at + 1] ?? {} })) };
}

/** 1单元 above one table and 2单元 above the next. A line of one cell is a title, which speaks for all. */
function saidAbove(kind: LedgerKind, grid: Grid, row: number, [from, to]: readonly [number, number], columns: Readonly<Record<string, number>>): Record<string, string> {
  const texts = Array.from({ length: grid.lastColumn + 1 }, (_, column) => grid.own(row, column));
  const said = texts.slice(from, to).find((text) => text !== '');
  if (said === undefined || texts.filter((text) => text !== '').length < 2) return {};
  if (kind === 'units' && columns['entrance'] === undefined && ENTRANCE.test(said)) return { entrance: said };
  return { ...sectionOf(kind, said, (field) => columns[field] !== undefined) };
}

/** 各表的取数方案:of the first table and of those beside it, with the columns [from, to) that belong to each. */
export function tablesOf(mapping: SheetMapping): { readonly mapping: SheetMapping; readonly from: number; readonly to: number }[] {
  const { beside = [], ...first } = mapping;
  return [{ shift: 0, from: 0, constants: {} }, ...beside].map(({ shift, from, constants }, at) => ({
    from, to: beside[at]?.from ?? Number.POSITIVE_INFINITY,
    mapping: { ...first, columns: Object.fromEntries(Object.entries(first.columns).map(([field, column]) => [field, column + shift])), constants: { ...first.constants, ...constants } },
  }));
}

/** 只看一张表:the row with the cells of the other tables left out. */
export function within(raw: RawRow, from: number, to: number): RawRow {
  return { ...raw, cells: raw.cells.slice(0, Math.min(to, raw.cells.length)).map((cell, column) => (column < from ? null : cell)) };
}
