import type { LocalDate } from '#domain/kernel/brand.ts';

/** 单元格值:a day arrives as `{ date }`, with the minute of it as `time` (09:15) where the cell tells one, an error value as its text (`#N/A`), an empty cell as `null`. */
export type CellValue = string | number | boolean | { readonly date: LocalDate; readonly time?: string } | null;

/** 表格行:`row` is Excel's own number (from 1), `cells[0]` is column A; blank rows are left out. `struck` are the columns whose content is crossed out, absent when none is. */
export interface SheetRow { readonly sheet: string; readonly row: number; readonly cells: readonly CellValue[]; readonly struck?: readonly number[] }

/** 合并区:rows from 1, columns from 0, all four inclusive. */
export interface Merge { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }

/** 工作表概况 */
export interface Sheet {
  readonly name: string;
  readonly index: number;
  readonly hidden: boolean;
  readonly merges: readonly Merge[];
  readonly hiddenRows: number;
  /** Rows that the sheet holds, blank ones included: for a progress bar. */
  readonly rowCount: number;
}

/** 读取片段:each sheet is announced before its rows. */
export type WorkbookPart = { readonly kind: 'sheet'; readonly sheet: Sheet } | { readonly kind: 'rows'; readonly rows: readonly SheetRow[] };

/** 读取选项 */
export interface ReadOptions {
  /** Stop after so many rows of each sheet. */
  readonly rowsPerSheet?: number;
  /** Read these sheets only. */
  readonly sheets?: readonly string[];
  /** Rows in one batch. */
  readonly batchRows?: number;
}

/** 默认批量:small enough that taking one batch over never holds the main thread for long. */
export const BATCH_ROWS = 250;
/** 一批的字数: a batch that holds so much text goes, however few its rows. */
export const BATCH_CHARS = 500_000;
/** 一行的字数上限: one text that is named again and again fills the memory of whoever reads; a row with more is no ledger's and is refused. */
export const ROW_CHARS = 200_000;
/** 合并区上限 of a workbook:beyond it further merges are left out of account. */
export const MAX_MERGES = 50_000;
/** 列上限:cells right of it (column IV, the last of the old format) are no ledger's and are not read. */
export const MAX_COLUMNS = 256;

/** 未计算:stands for the result of a formula that the file holds without one. */
export const NOT_CALCULATED = '#未计算';

/** 有无内容:does this row hold anything at all? */
export function holdsAnything(cells: readonly CellValue[]): boolean {
  return cells.some((cell) => cell !== null && (typeof cell !== 'string' || cell.trim() !== ''));
}
