/** 记录种类 of the old binary format (BIFF8) that hold what a table says. */
export const RECORD = {
  formula: 0x0006, eof: 0x000a, date1904: 0x0022, filePass: 0x002f, font: 0x0031, continued: 0x003c, boundSheet: 0x0085, mulRk: 0x00bd, rString: 0x00d6, xf: 0x00e0, merges: 0x00e5, sharedStrings: 0x00fc, labelSst: 0x00fd,
  number: 0x0203, label: 0x0204, boolErr: 0x0205, string: 0x0207, row: 0x0208, array: 0x0221, dataTable: 0x0236, rk: 0x027e, format: 0x041e, shared: 0x04bc, bof: 0x0809,
} as const;

/** Of the four bytes before a record's own: its kind and its size. */
export const HEAD = 4;

/**
 * 逐条记录 of one part of the stream, which begins at `from`; what is nested in it (charts) is left out. `visit` gets the kind, where the record's own bytes begin, and how many they are.
 * @throws RangeError where the stream ends within a record: a table that was cut off must not pass for a short one
 */
export function eachRecord(stream: Buffer, from: number, visit: (type: number, at: number, size: number) => void): void {
  let depth = 0;
  for (let at = from; at + HEAD <= stream.length;) {
    const [type, size] = [stream.readUInt16LE(at), stream.readUInt16LE(at + 2)];
    const end = at + HEAD + size;
    if (end > stream.length) throw new RangeError('the stream ends within a record');
    if (type === RECORD.bof) depth += 1;
    if (type === RECORD.eof) depth -= 1;
    if (depth === 0) return;
    if (depth === 1) visit(type, at + HEAD, size);
    at = end;
  }
}
