import { readFile, stat } from 'node:fs/promises';
import { read, set_cptable, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { isDateFormat, serialToDate } from './number-format.ts';
import type { WorkbookLimits } from './limits.ts';
import { tooOld, WorkbookRefusal } from './refusal.ts';
import { inBatches } from './in-batches.ts';
import { holdsAnything, MAX_COLUMNS, MAX_MERGES, type CellValue, type ReadOptions, type Sheet, type SheetRow, type WorkbookPart } from './sheet.ts';

/** 读早期 xls: workbooks before Excel 97, and those of later years that do not follow the format; held in memory whole, cell by cell, so only small ones. @throws WorkbookRefusal password, broken-workbook, too-large */
export async function* readOldXls(path: string, options: ReadOptions, { oldXlsBytes }: Pick<WorkbookLimits, 'oldXlsBytes'>): AsyncGenerator<WorkbookPart, void, undefined> {
  const { size } = await stat(path);
  if (size > oldXlsBytes) throw new WorkbookRefusal('too-large', tooOld(size, oldXlsBytes));
  const bytes = await readFile(path);
  if (!isUnicode(bytes)) await knowCodePages();
  const book = parseBook(bytes, options.rowsPerSheet);
  if (book.SheetNames.length === 0) throw new WorkbookRefusal('broken-workbook');
  const is1904 = book.Workbook?.WBProps?.date1904 === true;
  for (const [index, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    if (sheet === undefined || (options.sheets !== undefined && !options.sheets.includes(name))) continue;
    const rows = sheet['!data'] ?? [];
    yield { kind: 'sheet', sheet: factsOf(sheet, name, index, (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0, rows.length) };
    yield* inBatches(rowsOf(name, rows, is1904), options);
  }
}

const UNICODE_STREAM = Buffer.from('Workbook\0', 'utf16le');

/** From Excel 97 on the stream is called Workbook and holds Unicode; before, it holds a code page's bytes (936 for Chinese). */
const isUnicode = (bytes: Buffer): boolean => bytes.includes(UNICODE_STREAM);

/** Large tables, and rarely needed: loaded only then. */
async function knowCodePages(): Promise<void> {
  set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'));
}

/** Blank rows are not counted among those that are asked for: so many more are kept. */
const BLANK_ROWS = 420;

function parseBook(bytes: Buffer, rowsPerSheet: number | undefined): WorkBook {
  try {
    return read(bytes, { type: 'buffer', dense: true, cellNF: true, cellText: false, cellHTML: false, cellFormula: false, ...(rowsPerSheet === undefined ? {} : { sheetRows: rowsPerSheet + BLANK_ROWS }) });
  } catch (error) {
    const isLocked = error instanceof Error && /password|encrypt/i.test(error.message);
    throw new WorkbookRefusal(isLocked ? 'password' : 'broken-workbook');
  }
}

function factsOf(sheet: WorkSheet, name: string, index: number, hidden: boolean, rowCount: number): Sheet {
  const merges = (sheet['!merges'] ?? []).slice(0, MAX_MERGES).map(({ s, e }) => ({ top: s.r + 1, left: s.c, bottom: e.r + 1, right: e.c }));
  const hiddenRows = (sheet['!rows'] ?? []).filter((row) => row?.hidden === true).length;
  return { name, index, hidden, merges, hiddenRows, rowCount };
}

function* rowsOf(sheet: string, rows: readonly (readonly (CellObject | undefined)[] | undefined)[], is1904: boolean): Generator<SheetRow, void, undefined> {
  for (const [index, row] of rows.entries()) {
    const cells = Array.from((row ?? []).slice(0, MAX_COLUMNS), (cell) => cellValue(cell, is1904));
    if (holdsAnything(cells)) yield { sheet, row: index + 1, cells };
  }
}

function cellValue(cell: CellObject | undefined, is1904: boolean): CellValue {
  if (cell === undefined || cell.v === undefined || cell.v === null) return null;
  if (cell.t === 'e') return cell.w ?? '#N/A';
  if (cell.v instanceof Date) return null;   // never: dates are read as serial numbers
  if (typeof cell.v !== 'number') return cell.v === '' ? null : cell.v;
  const date = isDateFormat(-1, typeof cell.z === 'string' ? cell.z : 'General') ? serialToDate(cell.v, is1904) : null;
  return date === null ? cell.v : { date };
}
