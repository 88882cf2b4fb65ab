import type { CellContent, Column } from './column.ts';
import type { HeldField } from './fields.ts';
import type { MergedCell } from './merge.ts';

/** 与台账的差别: what the books say now, and what was answered. */
export interface HeldDifference { readonly row: string; readonly column: string; readonly field: string; readonly before: CellContent; readonly after: CellContent }

/**
 * 找与台账的差别: settled answers of columns bound to something that may be taken over, where the books say otherwise now.
 * An open conflict is no answer; what nobody touched is none either.
 */
export function differencesOf(columns: readonly Column[], fields: readonly HeldField[], cells: readonly MergedCell[], booksNow: (row: string, field: string) => CellContent | undefined): HeldDifference[] {
  const bound = new Map(columns.flatMap(({ key, field }) => (field !== null && fields.some(({ id, isApplied }) => id === field && isApplied) ? [[key, field] as const] : [])));
  return cells.flatMap(({ row, column, state, value }) => {
    const field = bound.get(column);
    if (field === undefined || state === 'conflict' || state === 'held') return [];
    const before = booksNow(row, field);
    return before === undefined || before === value ? [] : [{ row, column, field, before, after: value }];
  });
}
