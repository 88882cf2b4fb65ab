import { inBatches } from './in-batches.ts';
import { holdsAnything, MAX_COLUMNS, MAX_MERGES, type CellValue, type Merge, type ReadOptions, type SheetRow, type WorkbookPart } from './sheet.ts';

/** The last row that Excel knows. */
const LAST_ROW = 1_048_576;

/** 文本表:a sheet that is put together while its text is read; rows count from 1 as Excel would show them. */
export class TextSheet {
  readonly name: string;
  hidden = false;
  hiddenRows = 0;
  private readonly rows: SheetRow[] = [];
  private readonly merges: Merge[] = [];
  private row = 0;
  private cells: CellValue[] = [];
  private struck: number[] = [];
  /** Column → the last row that a cell merged down into it reaches. */
  private readonly taken = new Map<number, number>();

  constructor(name: string) {
    this.name = name;
  }

  /** 开始一行; `number` where the text tells it. */
  openRow(number = this.row + 1): void {
    this.row = Math.max(Math.min(number, LAST_ROW), this.row + 1);
    this.cells = [];
    this.struck = [];
  }

  closeRow(): void {
    if (holdsAnything(this.cells)) this.rows.push({ sheet: this.name, row: this.row, cells: this.cells, ...(this.struck.length === 0 ? {} : { struck: this.struck }) });
    this.cells = [];
  }

  /** The first column from here on into which nothing from above reaches. */
  freeFrom(column: number): number {
    let free = column;
    while ((this.taken.get(free) ?? 0) >= this.row) free += 1;
    return free;
  }

  /** 放一格:over so many columns and rows. */
  put(column: number, value: CellValue, { across = 1, down = 1, isStruck = false }: { readonly across?: number; readonly down?: number; readonly isStruck?: boolean } = {}): void {
    const right = Math.min(column + across, MAX_COLUMNS) - 1;
    if (down > 1) for (let at = column; at <= right; at += 1) this.taken.set(at, this.row + down - 1);
    if ((across > 1 || down > 1) && right >= column && this.merges.length < MAX_MERGES) this.merges.push({ top: this.row, left: column, bottom: this.row + down - 1, right });
    if (value === null || value === '' || column >= MAX_COLUMNS) return;
    while (this.cells.length < column) this.cells.push(null);
    this.cells[column] = value;
    if (isStruck) this.struck.push(column);
  }

  * parts(index: number, options: ReadOptions): Generator<WorkbookPart, void, undefined> {
    if (options.sheets !== undefined && !options.sheets.includes(this.name)) return;
    yield { kind: 'sheet', sheet: { name: this.name, index, hidden: this.hidden, merges: this.merges, hiddenRows: this.hiddenRows, rowCount: this.row } };
    yield* inBatches(this.rows, options);
  }
}
