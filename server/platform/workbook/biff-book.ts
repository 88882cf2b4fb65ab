import type { WorkbookLimits } from './limits.ts';
import { isDateFormat } from './number-format.ts';
import { eachRecord, HEAD, RECORD } from './biff-records.ts';
import { Pieces } from './biff-text.ts';
import { WorkbookRefusal } from './refusal.ts';
import type { CellStyle } from './xlsx-parts.ts';

/** 旧格式工作簿: its stream, where each sheet begins in it, its texts, and how its numbers become days. */
export interface BiffBook {
  readonly stream: Buffer;
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly at: number }[];
  readonly strings: readonly string[];
  readonly styles: readonly CellStyle[];
  readonly is1904: boolean;
}

const BIFF8 = 0x0600;
const STRIKE_OUT = 0x0008;
/** There is no font of this number: those behind it are counted one too high. */
const NO_FONT = 4;
const WORKSHEET = 0;
const HIDDEN = 3;
const MOST_SHEETS = 1024;

/**
 * 打开旧格式工作簿: everything but its rows. Null where the stream is not of Excel 97 or later, or its sheets do not begin where it says.
 * @throws WorkbookRefusal password, out-of-memory; RangeError where it is cut off
 */
export function openBiffBook(stream: Buffer, limits: Pick<WorkbookLimits, 'stringChars'>): BiffBook | null {
  if (!beginsAt(stream, 0)) return null;
  const sheets: { name: string; hidden: boolean; at: number }[] = [];
  const struckFonts: boolean[] = [];
  const codes = new Map<number, string>();
  const formats: { font: number; id: number }[] = [];
  let strings: string[] = [];
  let is1904 = false;
  eachRecord(stream, 0, (type, at, size) => {
    if (type === RECORD.filePass) throw new WorkbookRefusal('password');
    else if (type === RECORD.date1904 && size >= 2) is1904 = stream.readUInt16LE(at) === 1;
    else if (type === RECORD.font && size >= 4) struckFonts.push((stream.readUInt16LE(at + 2) & STRIKE_OUT) !== 0);
    else if (type === RECORD.format && size >= 5) codes.set(stream.readUInt16LE(at), new Pieces(stream, at + 2, size - 2).text());
    else if (type === RECORD.xf && size >= 4) formats.push({ font: stream.readUInt16LE(at), id: stream.readUInt16LE(at + 2) });
    else if (type === RECORD.boundSheet && size >= 8 && stream.readUInt8(at + 5) === WORKSHEET) sheets.push({ name: nameAt(stream, at, size), hidden: (stream.readUInt8(at + 4) & HIDDEN) !== 0, at: stream.readUInt32LE(at) });
    else if (type === RECORD.sharedStrings) strings = sharedStrings(new Pieces(stream, at, size), limits);
  });
  // Each sheet is walked through: that one place is many sheets is no workbook's way.
  if (sheets.length > MOST_SHEETS || new Set(sheets.map(({ at }) => at)).size < sheets.length || !sheets.every(({ at }) => beginsAt(stream, at))) return null;
  const isStruck = (font: number) => struckFonts[font > NO_FONT ? font - 1 : font] === true;
  return { stream, sheets, strings, is1904, styles: formats.map(({ font, id }) => ({ isDate: isDateFormat(id, codes.get(id)), isStruck: isStruck(font) })) };
}

function beginsAt(stream: Buffer, at: number): boolean {
  return at + HEAD + 4 <= stream.length && stream.readUInt16LE(at) === RECORD.bof && stream.readUInt16LE(at + HEAD) === BIFF8;
}

/** The name of a sheet in UTF-16, or in single bytes of its lower half. */
function nameAt(stream: Buffer, at: number, size: number): string {
  const [length, isWide] = [stream.readUInt8(at + 6), (stream.readUInt8(at + 7) & 1) !== 0];
  return stream.toString(isWide ? 'utf16le' : 'latin1', at + 8, Math.min(at + 8 + length * (isWide ? 2 : 1), at + size));
}

/** A table that ends early lacks the rest: a cell that asks for one of them says so. */
function sharedStrings(pieces: Pieces, { stringChars }: Pick<WorkbookLimits, 'stringChars'>): string[] {
  pieces.u32();
  const count = pieces.u32();
  const strings: string[] = [];
  let chars = 0;
  while (strings.length < count && !pieces.isOver()) {
    const text = pieces.text();
    chars += text.length;
    if (chars > stringChars) throw new WorkbookRefusal('out-of-memory');
    strings.push(text);
  }
  return strings;
}
