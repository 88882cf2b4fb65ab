import { readFile } from 'node:fs/promises';
import { read, set_cptable, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { isDateFormat, serialToDate } from './number-format.ts';
import { WorkbookRefusal } from './refusal.ts';
import { struckCells, type StruckCells } from './xls-struck.ts';
import { BATCH_ROWS, holdsAnything, MAX_COLUMNS, MAX_MERGES, type CellValue, type ReadOptions, type Sheet, type SheetRow, type WorkbookPart } from './sheet.ts';

/** 读 xls:the old binary format, which must be held in memory whole. @throws WorkbookRefusal password, broken-workbook */
export async function* readXls(path: string, options: ReadOptions): AsyncGenerator<WorkbookPart, void, undefined> {
  const bytes = await readFile(path);
  if (!isUnicode(bytes)) await knowCodePages();
  const book = parseBook(bytes, options.rowsPerSheet);
  const struck = struckCells(bytes);
  if (book.SheetNames.length === 0) throw new WorkbookRefusal('broken-workbook');
  const is1904 = book.Workbook?.WBProps?.date1904 === true;
  for (const [index, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    if (sheet === undefined || (options.sheets !== undefined && !options.sheets.includes(name))) continue;
    const rows = sheet['!data'] ?? [];
    yield { kind: 'sheet', sheet: factsOf(sheet, name, index, (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0, rows.length) };
    yield* batches({ name, rows, struck: struck.get(name) }, is1904, options);
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

interface Rows { readonly name: string; readonly rows: readonly (readonly (CellObject | undefined)[] | undefined)[]; readonly struck: StruckCells | undefined }

function* batches({ name: sheet, rows, struck }: Rows, is1904: boolean, options: ReadOptions): Generator<WorkbookPart, void, undefined> {
  const size = options.batchRows ?? BATCH_ROWS;
  let left = options.rowsPerSheet ?? Number.POSITIVE_INFINITY;
  let batch: SheetRow[] = [];
  for (const [index, row] of rows.entries()) {
    if (left <= 0) break;
    const cells = Array.from((row ?? []).slice(0, MAX_COLUMNS), (cell) => cellValue(cell, is1904));
    if (!holdsAnything(cells)) continue;
    left -= 1;
    const crossed = struck?.get(index + 1);
    batch.push({ sheet, row: index + 1, cells, ...(crossed === undefined ? {} : { struck: crossed }) });
    if (batch.length < size) continue;
    yield { kind: 'rows', rows: batch };
    batch = [];
  }
  if (batch.length > 0) yield { kind: 'rows', rows: batch };
}

function cellValue(cell: CellObject | undefined, is1904: boolean): CellValue {
  if (cell === undefined || cell.v === undefined || cell.v === null) return null;
  if (cell.t === 'e') return cell.w ?? '#N/A';
  if (cell.v instanceof Date) return null;   // never: dates are read as serial numbers
  if (typeof cell.v !== 'number') return cell.v === '' ? null : cell.v;
  const date = isDateFormat(-1, typeof cell.z === 'string' ? cell.z : 'General') ? serialToDate(cell.v, is1904) : null;
  return date === null ? cell.v : { date };
}
