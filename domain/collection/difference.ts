import { normaliseName } from '#domain/kernel/chinese-text.ts';
import type { CellContent, Column } from './column.ts';
import type { HeldField } from './fields.ts';
import type { MergedCell } from './merge.ts';

/** 与台账的差别: what the books say now, and what was answered. */
export interface HeldDifference { readonly row: string; readonly column: string; readonly field: HeldField; readonly before: CellContent; readonly after: CellContent }

/**
 * 找与台账的差别: settled answers of columns bound to something the books hold, where the books say otherwise now.
 * An open conflict is no answer; what nobody touched is none, and neither is 无变化: it says nothing about what was entered since.
 */
export function differencesOf(columns: readonly Column[], fields: readonly HeldField[], cells: readonly MergedCell[], booksNow: (row: string, field: string) => CellContent | undefined): HeldDifference[] {
  const bound = new Map(columns.flatMap(({ key, field: id }) => { const held = fields.find((field) => field.id === id); return held === undefined ? [] : [[key, held] as const]; }));
  return cells.flatMap(({ row, column, state, value, base }) => {
    const field = bound.get(column);
    if (field === undefined || state === 'conflict' || state === 'held' || isSame(field, value, base)) return [];
    const before = booksNow(row, field.id);
    return before === undefined || isSame(field, before, value) ? [] : [{ row, column, field, before, after: value }];
  });
}

/** A company's name typed with other blanks or brackets is the same company. */
const isSame = ({ taking }: HeldField, a: CellContent, b: CellContent): boolean => a === b || (taking === 'contract' && typeof a === 'string' && typeof b === 'string' && normaliseName(a) === normaliseName(b));
