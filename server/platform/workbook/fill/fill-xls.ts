import { CFB } from '@e965/xlsx';
import { WorkbookRefusal } from '../refusal.ts';
import { BIFF, blankCell, columnOf, formatOf, isCell, numberCell, oneByOne, recordsOf, rowOf, streamOf, textCell, type BiffRecord } from './biff.ts';
import { growXls } from './biff-grow.ts';
import { asWritten, numberKindsOfXls, type NumberKinds } from './number-kinds.ts';
import { readBlank } from './read-blank.ts';
import { reckonAll } from './reckon-all.ts';
import type { Reckoned } from './formula.ts';
import type { Filling, Writing } from './types.ts';

/** So many characters a label of the old format holds. */
const LONGEST_LABEL = 255;
/** The default cell format of the old format. */
const PLAIN = 15;

/**
 * 填 xls: replaces cell records in the BIFF8 stream in place, each keeping its format, and gives an .xls back.
 * Formulas reckon anew on opening (their flag is set).
 * @throws WorkbookRefusal broken-workbook with a sentence where it cannot be done
 */
export function fillXls(bytes: Buffer, { growth, writings }: Filling): Buffer {
  const values = (filled: Buffer) => reckonAll(readBlank(filled));
  const container = CFB.read(bytes, { type: 'buffer' });
  const entry = container.FileIndex.find(({ name }: { name: string }) => /^(Workbook|Book)$/i.test(name));
  if (entry === undefined) throw new WorkbookRefusal('broken-workbook');
  const parts = substreams(Buffer.from(entry.content));
  for (const one of growth) if (one.count > 0) growXls(parts.globals, parts.sheets, one);
  const kinds = numberKindsOfXls(parts.globals);
  for (const [index, sheet] of parts.sheets.entries()) write(sheet, writings.filter((writing) => writing.sheet === index), kinds);
  const save = () => {
    const content = assembled(parts);
    entry.content = content;
    entry.size = content.length;
    const out: unknown = CFB.write(container, { type: 'buffer' });
    return Buffer.isBuffer(out) ? out : Buffer.from(out instanceof Uint8Array ? out : []);
  };
  const first = save();
  if (!parts.sheets.some((sheet) => sheet.records.some(({ type }) => type === BIFF.formula))) return first;
  refresh(parts, values(first));
  return save();
}

interface Substream { records: BiffRecord[] }
interface Parts { readonly globals: BiffRecord[]; readonly sheets: Substream[]; readonly rest: Buffer }

/** 旧格式的记录 of a file: the workbook's own, and each sheet's. @throws WorkbookRefusal broken-workbook */
export function partsOfXls(bytes: Buffer): { readonly globals: readonly BiffRecord[]; readonly sheets: readonly { readonly records: readonly BiffRecord[] }[] } {
  const entry = CFB.read(bytes, { type: 'buffer' }).FileIndex.find(({ name }: { name: string }) => /^(Workbook|Book)$/i.test(name));
  if (entry === undefined) throw new WorkbookRefusal('broken-workbook');
  return substreams(Buffer.from(entry.content));
}

/** The workbook's globals and its sheets, which stand one behind another in the order of BOUNDSHEET. */
function substreams(stream: Buffer): Parts {
  const { records, rest } = recordsOf(stream);
  const [first] = records;
  if (first?.type !== BIFF.bof || first.data.readUInt16LE(0) !== 0x0600) throw new WorkbookRefusal('broken-workbook', '这是 Excel 95 或更早的文件，请在 Excel 或 WPS 中另存为 xlsx 后再上传。');
  if (records.some(({ type }) => type === BIFF.filePass)) throw new WorkbookRefusal('password');
  const pieces: BiffRecord[][] = [];
  let depth = 0;
  for (const record of records) {
    if (record.type === BIFF.bof) depth += 1;
    if (depth === 1 && record.type === BIFF.bof) pieces.push([]);
    pieces.at(-1)?.push(record);
    if (record.type === BIFF.eof) depth -= 1;
  }
  const [globals = [], ...sheets] = pieces;
  return { globals, rest, sheets: sheets.map((piece) => ({ records: piece.flatMap(oneByOne).filter(({ type }) => type !== BIFF.index && type !== BIFF.dbCell) })) };
}

/** All substreams again, with each sheet's new place in its BOUNDSHEET. */
function assembled({ globals, sheets, rest }: Parts): Buffer {
  const sizeOf = (records: readonly BiffRecord[]) => records.reduce((sum, { data }) => sum + 4 + data.length, 0);
  let at = sizeOf(globals);
  const bound = globals.filter(({ type }) => type === BIFF.boundSheet);
  for (const [index, { records }] of sheets.entries()) {
    bound[index]?.data.writeUInt32LE(at, 0);
    at += sizeOf(records);
  }
  return streamOf([...globals, ...sheets.flatMap(({ records }) => records)], rest);
}

function write(sheet: Substream, writings: readonly Writing[], kinds: NumberKinds): void {
  for (const { row, column, value: asked } of writings) {
    const line = row - 1;
    const at = sheet.records.findIndex((record) => isCell(record) && rowOf(record) === line && columnOf(record) === column);
    const old = sheet.records[at];
    const format = old === undefined ? neighbourFormat(sheet.records, line, column) : formatOf(old);
    const value = asWritten(asked, format, kinds);
    if (value !== null && 'text' in value && value.text.length > LONGEST_LABEL) throw new WorkbookRefusal('broken-workbook', `有一格（第 ${row} 行）要填的文字超过 ${LONGEST_LABEL} 个字，旧格式的 .xls 写不下。请把空表在 Excel 或 WPS 中另存为 xlsx 后再上传，标记会照旧。`);
    const cell = value === null ? blankCell(line, column, format) : 'number' in value ? numberCell(line, column, format, Number(value.number)) : textCell(line, column, format, value.text);
    if (old !== undefined) sheet.records.splice(at, sheet.records[at + 1]?.type === BIFF.string ? 2 : 1, cell);
    else insert(sheet.records, cell);
  }
  widen(sheet.records, writings);
}

/** The look of a cell that is not there yet: as the one above or below it, else as the one at its left. */
function neighbourFormat(records: readonly BiffRecord[], row: number, column: number): number {
  const near = (test: (record: BiffRecord) => boolean) => records.find((record) => isCell(record) && test(record));
  const found = near((one) => columnOf(one) === column && rowOf(one) === row + 1) ?? near((one) => columnOf(one) === column && rowOf(one) === row - 1) ?? records.findLast((one) => isCell(one) && rowOf(one) === row && columnOf(one) < column);
  return found === undefined ? PLAIN : formatOf(found);
}

function insert(records: BiffRecord[], cell: BiffRecord): void {
  const [row, column] = [rowOf(cell), columnOf(cell)];
  const next = records.findIndex((record) => isCell(record) && (rowOf(record) > row || (rowOf(record) === row && columnOf(record) > column)));
  if (next >= 0) { records.splice(next, 0, cell); return; }
  const last = records.findLastIndex((record) => isCell(record) || record.type === BIFF.string);
  const place = last >= 0 ? last : records.findLastIndex(({ type }) => type === BIFF.row || type === BIFF.dimensions);
  records.splice(place + 1, 0, cell);
}

function widen(records: readonly BiffRecord[], writings: readonly Writing[]): void {
  const dimensions = records.find(({ type }) => type === BIFF.dimensions)?.data;
  for (const { row, column } of writings) {
    if (dimensions && dimensions.length >= 12) {
      dimensions.writeUInt32LE(Math.max(dimensions.readUInt32LE(4), row), 4);
      dimensions.writeUInt16LE(Math.max(dimensions.readUInt16LE(10), column + 1), 10);
    }
    const line = records.find((record) => record.type === BIFF.row && rowOf(record) === row - 1)?.data;
    if (line) line.writeUInt16LE(Math.max(line.readUInt16LE(4), column + 1), 4);
  }
}

/** 公式的缓存值 and the flag that makes the office program reckon each formula when the file is opened. */
function refresh({ sheets }: Parts, valueAt: (sheet: number, column: number, row: number) => Reckoned | undefined): void {
  for (const [index, sheet] of sheets.entries()) {
    sheet.records = sheet.records.filter((record, at) => !(record.type === BIFF.string && sheet.records[at - 1]?.type === BIFF.formula));
    for (const record of sheet.records) {
      if (record.type !== BIFF.formula) continue;
      const value = valueAt(index, columnOf(record), rowOf(record) + 1);
      if (typeof value === 'number') record.data.writeDoubleLE(value, 6);
      // An empty text: what is not a number is left to the office program.
      else Buffer.from([3, 0, 0, 0, 0, 0, 0xff, 0xff]).copy(record.data, 6);
      record.data.writeUInt16LE(record.data.readUInt16LE(14) | 1, 14);
    }
  }
}
