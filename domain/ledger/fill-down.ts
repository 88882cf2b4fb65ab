import type { Merge, RawCell, RawRow } from './types.ts';

interface Held { readonly cell: RawCell; readonly until: number }

/** 填充方式:columns whose blanks follow their last value, and columns that do so while the columns that group them (`group`, by column) are blank too. */
export interface Filling { readonly always: Iterable<number>; readonly group: ReadonlyMap<number, readonly number[]> }

/** 同上, 〃: what the cell above says. */
const DITTO = /^\s*(同上|〃|″)\s*$/;

/**
 * 向下填充:a vertically merged cell speaks for all its rows; in some columns (township, building) so does a blank below a filled cell.
 *
 * Takes rows in order. A column whose blanks follow its last value forgets it at a subtotal: `forget`.
 */
export class FillDown {
  private readonly tops = new Map<string, Merge>();
  private readonly held = new Map<number, Held>();
  private readonly above = new Map<number, RawCell>();
  private readonly always: ReadonlySet<number>;
  private readonly group: ReadonlyMap<number, readonly number[]>;

  constructor(merges: readonly Merge[], columns: Iterable<number>, { always, group }: Filling) {
    this.always = new Set(always);
    this.group = group;
    const wanted = new Set(columns);
    for (const merge of merges) {
      if (merge.bottom > merge.top && wanted.has(merge.left)) this.tops.set(`${merge.top}:${merge.left}`, merge);
    }
  }

  /** The cell of this row and column, or the one that speaks for it; a row that `standsAlone` belongs to no group. */
  cellAt(raw: RawRow, column: number, standsAlone = false): RawCell {
    const { row, cells } = raw;
    const written = cells[column] ?? null;
    const own = typeof written === 'string' && DITTO.test(written) ? this.above.get(column) ?? null : written;
    this.above.set(column, own);
    if (!isBlank(own)) {
      const merge = this.tops.get(`${row}:${column}`);
      if (merge !== undefined) this.held.set(column, { cell: own, until: merge.bottom });
      else if (this.always.has(column) || this.group.has(column)) this.held.set(column, { cell: own, until: Number.POSITIVE_INFINITY });
      else if (!this.isSpokenFor(raw, column)) this.held.delete(column);
      return own;
    }
    const held = this.held.get(column);
    if (held === undefined) return null;
    if (held.until === Number.POSITIVE_INFINITY && this.group.has(column) && !this.isGrouped(raw, column, standsAlone)) return null;
    return row <= held.until || this.always.has(column) ? held.cell : null;
  }

  /** A column above that says something begins a new group: what was held speaks no more. */
  private isGrouped({ cells }: RawRow, column: number, standsAlone: boolean): boolean {
    if (standsAlone) return false;
    const isSame = (this.group.get(column) ?? []).every((above) => isBlank(cells[above] ?? null));
    if (!isSame) this.held.delete(column);
    return isSame;
  }

  /** Is this cell part of a merged one that began in a row above? Some programs repeat the value in each of them. */
  isSpokenFor({ row }: Pick<RawRow, 'row'>, column: number): boolean {
    const until = this.held.get(column)?.until ?? 0;
    return Number.isFinite(until) && row <= until && !this.tops.has(`${row}:${column}`);
  }

  /** 遇小计:what was said above no longer speaks for what comes below; where the line sums up a part only (1幢小计, 本页小计), what the whole is called goes on. */
  forget(isPart = false): void {
    for (const column of this.held.keys()) if (!isPart || !this.always.has(column)) this.held.delete(column);
  }
}

function isBlank(cell: RawCell): boolean {
  return cell === null || (typeof cell === 'string' && cell.trim() === '');
}
