import { CFB } from '@e965/xlsx';

/** 划去的单元格 of one sheet: columns (from 0) by Excel's row number (from 1). */
export type StruckCells = ReadonlyMap<number, readonly number[]>;

const [FONT, XF, BOUND_SHEET, BOF, EOF] = [0x0031, 0x00e0, 0x0085, 0x0809, 0x000a];
/** FORMULA, RSTRING, LABELSST, NUMBER, LABEL, BOOLERR, RK: row, column and format stand first. */
const CELLS: ReadonlySet<number> = new Set([0x0006, 0x00d6, 0x00fd, 0x0203, 0x0204, 0x0205, 0x027e]);
const MUL_RK = 0x00bd;
const RK_BYTES = 6;
const STRIKE_OUT = 0x0008;
/** There is no font of this number: those behind it are counted one too high. */
const NO_FONT = 4;
const WIDE = 1;

/**
 * 划去的单元格:which cells of an old binary workbook stand in a font that is crossed out, by sheet. The reader of that format does not tell.
 *
 * Looks at the cells only when some font is crossed out; a stream that cannot be followed tells nothing.
 */
export function struckCells(bytes: Buffer): ReadonlyMap<string, StruckCells> {
  const found = new Map<string, StruckCells>();
  const stream = streamOf(bytes);
  if (stream === null) return found;
  const { sheets, struckFormats } = globalsOf(stream);
  if (struckFormats.size === 0) return found;
  for (const { name, at } of sheets) found.set(name, cellsIn(stream, at, struckFormats));
  return found;
}

function streamOf(bytes: Buffer): Buffer | null {
  try {
    const container = CFB.read(bytes, { type: 'buffer' });
    const entry = CFB.find(container, '/Workbook') ?? CFB.find(container, '/Book');
    return entry === null ? null : Buffer.from(entry.content);
  } catch {
    return null;   // a bare stream of the nineties has no container, and no strike worth a second reader
  }
}

interface Bound { readonly name: string; readonly at: number }

function globalsOf(stream: Buffer): { sheets: Bound[]; struckFormats: ReadonlySet<number> } {
  const sheets: Bound[] = [];
  const fonts: boolean[] = [];
  const formats: number[] = [];
  for (const { type, data } of recordsFrom(stream, 0)) {
    if (type === FONT && data.length >= 4) fonts.push((data.readUInt16LE(2) & STRIKE_OUT) !== 0);
    else if (type === XF && data.length >= 2) formats.push(data.readUInt16LE(0));
    else if (type === BOUND_SHEET && data.length >= 8) sheets.push({ name: nameOf(data), at: data.readUInt32LE(0) });
  }
  const isStruck = (font: number) => fonts[font > NO_FONT ? font - 1 : font] === true;
  return { sheets, struckFormats: new Set(formats.flatMap((font, format) => (isStruck(font) ? [format] : []))) };
}

/** The name of a sheet in UTF-16, or in single bytes of its lower half. */
function nameOf(data: Buffer): string {
  const [length, flags] = [data.readUInt8(6), data.readUInt8(7)];
  return (flags & WIDE) === 0 ? data.toString('latin1', 8, 8 + length) : data.toString('utf16le', 8, 8 + length * 2);
}

function cellsIn(stream: Buffer, from: number, struckFormats: ReadonlySet<number>): StruckCells {
  const rows = new Map<number, number[]>();
  const note = (row: number, column: number, format: number) => {
    if (struckFormats.has(format)) rows.set(row + 1, [...rows.get(row + 1) ?? [], column]);
  };
  for (const { type, data } of recordsFrom(stream, from)) {
    if (CELLS.has(type) && data.length >= 6) note(data.readUInt16LE(0), data.readUInt16LE(2), data.readUInt16LE(4));
    if (type !== MUL_RK) continue;
    for (let at = 4, column = data.readUInt16LE(2); at + RK_BYTES <= data.length; at += RK_BYTES, column += 1) note(data.readUInt16LE(0), column, data.readUInt16LE(at));
  }
  return rows;
}

/** The records of one part of the stream, charts within it left out. */
function* recordsFrom(stream: Buffer, from: number): Generator<{ type: number; data: Buffer }> {
  let depth = 0;
  for (let at = from; at + 4 <= stream.length;) {
    const [type, size] = [stream.readUInt16LE(at), stream.readUInt16LE(at + 2)];
    const end = at + 4 + size;
    if (end > stream.length) return;
    if (type === BOF) depth += 1;
    if (type === EOF) depth -= 1;
    if (depth === 0) return;
    if (depth === 1) yield { type, data: stream.subarray(at + 4, end) };
    at = end;
  }
}
