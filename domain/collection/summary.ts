import type { Column } from './column.ts';
import { totalsOf, type MergedCell } from './merge.ts';

/** 一份的概况: what a board says of a part without opening its contents. `sums` are of the number columns: areas in cm², money in fen. */
export interface PartSummary {
  readonly conflicts: number;
  /** Rows in which something is new or open. */
  readonly changedRows: number;
  readonly sums: readonly { readonly column: string; readonly total: number; readonly filled: number; readonly open: number }[];
}

/** 没有填报的概况. */
export const NOTHING_SAID: PartSummary = { conflicts: 0, changedRows: 0, sums: [] };

/** 有变化的一行: a content other than the books', or an open conflict. */
export const isChanged = (cells: readonly Pick<MergedCell, 'state' | 'value' | 'base'>[]): boolean => cells.some(({ state, value, base }) => state === 'conflict' || (state !== 'held' && value !== base));

/** 概括一份 that was handed in. */
export function summaryOf(columns: readonly Pick<Column, 'key' | 'kind'>[], cells: readonly MergedCell[]): PartSummary {
  const rows = Map.groupBy(cells, ({ row }) => row);
  return { conflicts: cells.filter(({ state }) => state === 'conflict').length, changedRows: [...rows.values()].filter(isChanged).length, sums: totalsOf(columns, cells) };
}

/** 各份合计, column by column; a column no part speaks of is nothing of nothing. */
export function totalled(columns: readonly Pick<Column, 'key' | 'kind'>[], summaries: readonly PartSummary[]): PartSummary['sums'] {
  const said = Map.groupBy(summaries.flatMap(({ sums }) => sums), ({ column }) => column);
  return totalsOf(columns, []).map(({ column }) => (said.get(column) ?? []).reduce((sum, one) => ({ column, total: sum.total + one.total, filled: sum.filled + one.filled, open: sum.open + one.open }), { column, total: 0, filled: 0, open: 0 }));
}
