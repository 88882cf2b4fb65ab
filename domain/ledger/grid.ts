import { textOf } from './cells/cell.ts';
import type { Merge, RawRow } from './types.ts';

/** 网格:a sheet's first rows as text, asked by Excel row number and column index; a merged cell speaks for its whole area. */
export interface Grid {
  readonly rows: readonly number[];
  readonly lastColumn: number;
  /** What the cell itself says, '' when nothing. */
  own(row: number, column: number): string;
  /** What the cell, or the merged area that it lies in, says. */
  shown(row: number, column: number): string;
  /** The merged area that the cell lies in. */
  mergeAt(row: number, column: number): Merge | null;
}

/** 建网格 */
export function gridOf(rows: readonly RawRow[], merges: readonly Merge[]): Grid {
  const texts = new Map(rows.map(({ row, cells }) => [row, cells.map(textOf)]));
  const top = Math.max(0, ...texts.keys());
  const near = merges.filter((merge) => merge.top <= top);
  const own = (row: number, column: number) => texts.get(row)?.[column] ?? '';
  const mergeAt = (row: number, column: number) => near.find((merge) => row >= merge.top && row <= merge.bottom && column >= merge.left && column <= merge.right) ?? null;
  return {
    rows: [...texts.keys()].sort((a, b) => a - b),
    lastColumn: Math.max(-1, ...[...texts.values()].map((cells) => cells.length - 1), ...near.map((merge) => Math.min(merge.right, 255))),
    own, mergeAt,
    shown(row, column) {
      const merge = mergeAt(row, column);
      return merge === null ? own(row, column) : own(merge.top, merge.left);
    },
  };
}
