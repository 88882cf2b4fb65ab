import type { Merge, RawCell, RawRow } from './types.ts';

interface Held { readonly cell: RawCell; readonly until: number }

/**
 * 向下填充:a vertically merged cell speaks for all its rows; in some columns (township) so does a blank below a filled cell.
 *
 * Takes rows in order. A column whose blanks follow its last value forgets it at a subtotal: `forget`.
 */
export class FillDown {
  private readonly tops = new Map<string, Merge>();
  private readonly held = new Map<number, Held>();
  private readonly always: ReadonlySet<number>;

  constructor(merges: readonly Merge[], columns: Iterable<number>, always: Iterable<number>) {
    this.always = new Set(always);
    const wanted = new Set(columns);
    for (const merge of merges) {
      if (merge.bottom > merge.top && wanted.has(merge.left)) this.tops.set(`${merge.top}:${merge.left}`, merge);
    }
  }

  /** The cell of this row and column, or the one that speaks for it. */
  cellAt({ row, cells }: RawRow, column: number): RawCell {
    const own = cells[column] ?? null;
    if (own !== null && !(typeof own === 'string' && own.trim() === '')) {
      const merge = this.tops.get(`${row}:${column}`);
      if (merge !== undefined) this.held.set(column, { cell: own, until: merge.bottom });
      else if (this.always.has(column)) this.held.set(column, { cell: own, until: Number.POSITIVE_INFINITY });
      else this.held.delete(column);
      return own;
    }
    const held = this.held.get(column);
    if (held === undefined) return null;
    return row <= held.until || this.always.has(column) ? held.cell : null;
  }

  /** 遇小计:what was said above no longer speaks for what comes below. */
  forget(): void {
    this.held.clear();
  }
}
