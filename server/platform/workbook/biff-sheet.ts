import type { BiffBook } from './biff-book.ts';
import { eachRecord, HEAD, RECORD } from './biff-records.ts';
import { Pieces } from './biff-text.ts';
import { serialToCell } from './number-format.ts';
import { WorkbookRefusal } from './refusal.ts';
import { holdsAnything, MAX_COLUMNS, MAX_MERGES, type CellValue, type Merge, type SheetRow } from './sheet.ts';

/** Cells and rows count from 0 in the file; row, column and format stand first. */
const CELLS: ReadonlySet<number> = new Set([RECORD.formula, RECORD.rString, RECORD.labelSst, RECORD.number, RECORD.label, RECORD.boolErr, RECORD.rk, RECORD.mulRk]);
const [RK_BYTES, MERGE_BYTES, ROW_HIDDEN] = [6, 8, 0x20];

/** 表格概查: merges stand behind the rows, and rows need not stand in order: a quick look goes before the reading. `cells` is where each cell record begins, by row. */
export interface BiffSurvey { readonly merges: Merge[]; readonly hiddenRows: number; readonly rowCount: number; readonly cells: Uint32Array }

/** 概查一张表. @throws RangeError where it is cut off */
export function surveyBiffSheet({ stream }: BiffBook, from: number): BiffSurvey {
  const merges: Merge[] = [];
  let [hiddenRows, count, last, isInOrder] = [0, 0, -1, true];
  eachRecord(stream, from, (type, at, size) => {
    if (CELLS.has(type) && size >= 6) {
      const row = stream.readUInt16LE(at);
      if (row < last) isInOrder = false;
      last = Math.max(last, row);
      count += 1;
    } else if (type === RECORD.row && size >= 16) hiddenRows += (stream.readUInt8(at + 12) & ROW_HIDDEN) === 0 ? 0 : 1;
    else if (type === RECORD.merges) merges.push(...mergesAt(stream, at, size).slice(0, MAX_MERGES - merges.length));
  });
  const cells = new Uint32Array(count);
  let next = 0;
  eachRecord(stream, from, (type, at, size) => {
    if (CELLS.has(type) && size >= 6) cells[next++] = at - HEAD;
  });
  return { merges, hiddenRows, rowCount: last + 1, cells: isInOrder ? cells : byRow(stream, cells) };
}

function mergesAt(stream: Buffer, at: number, size: number): Merge[] {
  return Array.from({ length: Math.floor((size - 2) / MERGE_BYTES) }, (_, index) => {
    const [top = 0, bottom = 0, left = 0, right = 0] = [0, 2, 4, 6].map((field) => stream.readUInt16LE(at + 2 + index * MERGE_BYTES + field));
    return { top: top + 1, left, bottom: bottom + 1, right };
  });
}

/** Within a row they stay as they stand, so that the last of two records of one cell counts. */
function byRow(stream: Buffer, cells: Uint32Array): Uint32Array {
  const span = 2 ** 32;
  return Uint32Array.from(Float64Array.from(cells, (at) => stream.readUInt16LE(at + HEAD) * span + at).sort(), (key) => key % span);
}

/** 逐行读取: the rows of one sheet in order, blank ones left out. @throws WorkbookRefusal broken-workbook; RangeError where a text is cut off */
export function* readBiffRows(book: BiffBook, sheet: string, { cells: places }: BiffSurvey): Generator<SheetRow, void, undefined> {
  const { stream } = book;
  let row = -1;
  let cells: CellValue[] = [];
  let struck: number[] = [];
  const take = (): SheetRow[] => (holdsAnything(cells) ? [{ sheet, row: row + 1, cells, ...(struck.length === 0 ? {} : { struck }) }] : []);
  const put = (column: number, format: number, value: CellValue): void => {
    if (value === null || value === '' || column >= MAX_COLUMNS) return;
    const style = book.styles[format];
    while (cells.length < column) cells.push(null);
    cells[column] = typeof value === 'number' && style?.isDate === true ? dayOf(value, book.is1904) : value;
    if (style?.isStruck === true) struck.push(column);
  };
  for (const place of places) {
    const [type, size, at] = [stream.readUInt16LE(place), stream.readUInt16LE(place + 2), place + HEAD];
    const here = stream.readUInt16LE(at);
    if (here !== row) {
      yield* take();
      row = here;
      cells = [];
      struck = [];
    }
    const column = stream.readUInt16LE(at + 2);
    if (type === RECORD.mulRk) for (let from = at + 4, index = column; from + RK_BYTES <= at + size; from += RK_BYTES, index += 1) put(index, stream.readUInt16LE(from), rkAt(stream, from + 2));
    else put(column, stream.readUInt16LE(at + 4), valueAt(book, { type, at, size }));
  }
  yield* take();
}

function dayOf(serial: number, is1904: boolean): CellValue {
  return serialToCell(serial, is1904) ?? serial;
}

interface Place { readonly type: number; readonly at: number; readonly size: number }

function valueAt({ stream, strings }: BiffBook, { type, at, size }: Place): CellValue {
  const value = at + 6;
  if (type === RECORD.labelSst) return stringAt(strings, stream.readUInt32LE(value));
  if (type === RECORD.rk) return rkAt(stream, value);
  if (type === RECORD.number) return stream.readDoubleLE(value);
  if (type === RECORD.boolErr) return boolOrError(stream.readUInt8(value), stream.readUInt8(value + 1) !== 0);
  if (type === RECORD.formula) return resultAt(stream, at, size);
  return new Pieces(stream, value, size - 6).text();
}

/** A text that the file does not hold must not pass for an empty cell. */
function stringAt(strings: readonly string[], index: number): string {
  const text = strings[index];
  if (text === undefined) throw new WorkbookRefusal('broken-workbook');
  return text;
}

/** Where the upper half of a double is put together; the lower half stays nought. */
const UPPER = new DataView(new ArrayBuffer(8));

/** A number in four bytes: whole or the upper half of a double, and perhaps a hundred times too large. */
function rkAt(stream: Buffer, at: number): number {
  const packed = stream.readInt32LE(at);
  UPPER.setInt32(0, packed & ~3);
  const number = (packed & 2) === 0 ? UPPER.getFloat64(0) : packed >> 2;
  return (packed & 1) === 0 ? number : number / 100;
}

const ERRORS: Readonly<Record<number, string>> = { 0x00: '#NULL!', 0x07: '#DIV/0!', 0x0f: '#VALUE!', 0x17: '#REF!', 0x1d: '#NAME?', 0x24: '#NUM!', 0x2a: '#N/A' };

const boolOrError = (code: number, isError: boolean): CellValue => (isError ? ERRORS[code] ?? '#N/A' : code !== 0);

const NO_NUMBER = 0xffff;
const [TEXT, BOOLEAN, ERROR] = [0, 1, 2];
/** What may stand between a formula and the text that it gives. */
const BETWEEN: ReadonlySet<number> = new Set([RECORD.shared, RECORD.array, RECORD.dataTable, RECORD.continued]);

/** What a formula gave when the file was saved. */
function resultAt(stream: Buffer, at: number, size: number): CellValue {
  const value = at + 6;
  if (stream.readUInt16LE(value + 6) !== NO_NUMBER) return stream.readDoubleLE(value);
  const kind = stream.readUInt8(value);
  if (kind === BOOLEAN || kind === ERROR) return boolOrError(stream.readUInt8(value + 2), kind === ERROR);
  if (kind !== TEXT) return null;
  for (let next = at + size; next + HEAD <= stream.length; next += HEAD + stream.readUInt16LE(next + 2)) {
    const type = stream.readUInt16LE(next);
    if (type === RECORD.string) return new Pieces(stream, next + HEAD, stream.readUInt16LE(next + 2)).text();
    if (!BETWEEN.has(type)) return null;
  }
  return null;
}
