import { WorkbookRefusal } from '../refusal.ts';

/** 引用 in a formula's tokens: where its rows and columns stand in the buffer. `sheet` is the index of the EXTERNSHEET entry of a reference to a named sheet, null for the formula's own. */
export interface TokenRef { readonly tokens: Buffer; readonly sheet: number | null; /** Offsets of the rows (one or two) and of the columns with their flags. */ readonly rows: readonly number[]; readonly columns: readonly number[]; /** Offsets count from the cell the formula stands in, where the reference is relative. */ readonly isOffset: boolean }

/** Bytes that follow each plain token; null stands for one whose length is told by itself. */
const PLAIN: Readonly<Record<number, number>> = { 0x01: 4, 0x02: 4, 0x1c: 1, 0x1d: 1, 0x1e: 2, 0x1f: 8 };
/** Bytes that follow each token that comes in three classes, by its first form. */
const CLASSED: Readonly<Record<number, number>> = { 0x20: 7, 0x21: 2, 0x22: 3, 0x23: 4, 0x24: 4, 0x25: 8, 0x26: 6, 0x27: 6, 0x28: 6, 0x29: 2, 0x2a: 4, 0x2b: 8, 0x2c: 4, 0x2d: 8, 0x39: 6, 0x3a: 6, 0x3b: 10, 0x3c: 6, 0x3d: 10 };
const RELATIVE_ROW = 0x8000;

/** The tokens' first form: value and array classes are the same token. */
export const baseOf = (token: number): number => (token < 0x20 ? token : (token & 0x1f) | 0x20);

/** 逐个引用 of a BIFF8 formula, in its order. @throws WorkbookRefusal broken-workbook at a token whose length is not known */
export function* refsIn(tokens: Buffer): Generator<TokenRef, void, undefined> {
  let at = 0;
  while (at < tokens.length) {
    const base = baseOf(tokens.readUInt8(at));
    const body = at + 1;
    if (base === 0x24 || base === 0x2c) yield { tokens, sheet: null, rows: [body], columns: [body + 2], isOffset: base === 0x2c };
    if (base === 0x25 || base === 0x2d) yield { tokens, sheet: null, rows: [body, body + 2], columns: [body + 4, body + 6], isOffset: base === 0x2d };
    if (base === 0x3a) yield { tokens, sheet: tokens.readUInt16LE(body), rows: [body + 2], columns: [body + 4], isOffset: false };
    if (base === 0x3b) yield { tokens, sheet: tokens.readUInt16LE(body), rows: [body + 2, body + 4], columns: [body + 6, body + 8], isOffset: false };
    at = body + lengthOf(tokens, at, base);
  }
}

function lengthOf(tokens: Buffer, at: number, base: number): number {
  if (base >= 0x03 && base <= 0x16) return 0;
  if (base === 0x17) return 2 + tokens.readUInt8(at + 1) * ((tokens.readUInt8(at + 2) & 1) === 1 ? 2 : 1);
  if (base === 0x19) return 3 + ((tokens.readUInt8(at + 1) & 4) === 4 ? (tokens.readUInt16LE(at + 2) + 1) * 2 : 0);
  const length = base < 0x20 ? PLAIN[base] : CLASSED[base];
  if (length === undefined) throw new WorkbookRefusal('broken-workbook', '这张旧格式（.xls）的表里有不认识的公式，增行后可能算错。请在 Excel 或 WPS 中另存为 xlsx，再重新上传标记。');
  return length;
}

/** Does this end of the reference go with the cell it stands in when that is copied? */
export const isRowRelative = ({ tokens, columns }: TokenRef, end: number): boolean => (tokens.readUInt16LE(columns[end] ?? 0) & RELATIVE_ROW) !== 0;

/** 共享公式展开 for one of its cells: offsets become the rows and columns they stand for. */
export function ownTokens(shared: Buffer, row: number, column: number): Buffer {
  const tokens = Buffer.from(shared);
  for (const { rows, columns, isOffset } of refsIn(Buffer.from(shared))) {
    if (!isOffset) continue;
    for (const [end, at] of rows.entries()) {
      const flags = tokens.readUInt16LE(columns[end] ?? 0);
      if ((flags & RELATIVE_ROW) !== 0) tokens.writeUInt16LE((tokens.readUInt16LE(at) + row) & 0xffff, at);
      if ((flags & 0x4000) !== 0) tokens.writeUInt16LE((flags & 0xc000) | ((flags + column) & 0xff), columns[end] ?? 0);
    }
    const token = (rows[0] ?? 1) - 1;
    tokens.writeUInt8(tokens.readUInt8(token) - 8, token);   // 0x2c, 0x2d and their classes → 0x24, 0x25
  }
  return tokens;
}
