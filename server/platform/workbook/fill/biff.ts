/** A record of the old binary format: its kind and its bytes. */
export interface BiffRecord { type: number; data: Buffer }

/** The kinds that matter here. */
export const BIFF = {
  formula: 0x0006, eof: 0x000a, note: 0x001c, selection: 0x001d, lbl: 0x0018, horizontalBreaks: 0x001b, filePass: 0x002f, boundSheet: 0x0085, mulRk: 0x00bd, mulBlank: 0x00be, rString: 0x00d6, dbCell: 0x00d7, mergeCells: 0x00e5,
  drawing: 0x00ec, labelSst: 0x00fd, conditional: 0x01b0, link: 0x01b8, validation: 0x01be, dimensions: 0x0200, blank: 0x0201, number: 0x0203, label: 0x0204, boolErr: 0x0205, string: 0x0207, row: 0x0208, index: 0x020b, rk: 0x027e, array: 0x0221, shared: 0x04bc, bof: 0x0809, externSheet: 0x0017, supBook: 0x01ae, conditionalRule: 0x01b1, dataTable: 0x0236, linkTip: 0x0800, conditional12: 0x0879,
} as const;

const cellKinds: ReadonlySet<number> = new Set([BIFF.formula, BIFF.rString, BIFF.labelSst, BIFF.blank, BIFF.number, BIFF.label, BIFF.boolErr, BIFF.rk]);

/** 单元格记录: does the record hold one cell (row, column and format first)? */
export const isCell = ({ type }: BiffRecord): boolean => cellKinds.has(type);
export const rowOf = ({ data }: BiffRecord): number => data.readUInt16LE(0);
export const columnOf = ({ data }: BiffRecord): number => data.readUInt16LE(2);
export const formatOf = ({ data }: BiffRecord): number => data.readUInt16LE(4);

/** 拆记录: the stream as records; what follows the last whole one is kept apart. */
export function recordsOf(stream: Buffer): { records: BiffRecord[]; rest: Buffer } {
  const records: BiffRecord[] = [];
  let at = 0;
  while (at + 4 <= stream.length) {
    const type = stream.readUInt16LE(at);
    const size = stream.readUInt16LE(at + 2);
    if ((type === 0 && size === 0) || at + 4 + size > stream.length) break;
    records.push({ type, data: Buffer.from(stream.subarray(at + 4, at + 4 + size)) });
    at += 4 + size;
  }
  return { records, rest: stream.subarray(at) };
}

/** 合成流. */
export function streamOf(records: readonly BiffRecord[], rest: Buffer): Buffer {
  return Buffer.concat([...records.flatMap(({ type, data }) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(type, 0);
    head.writeUInt16LE(data.length, 2);
    return [head, data];
  }), rest]);
}

function cellHead(row: number, column: number, format: number, more: number): Buffer {
  const data = Buffer.alloc(6 + more);
  data.writeUInt16LE(row, 0);
  data.writeUInt16LE(column, 2);
  data.writeUInt16LE(format, 4);
  return data;
}

/** 数值单元格. */
export function numberCell(row: number, column: number, format: number, value: number): BiffRecord {
  const data = cellHead(row, column, format, 8);
  data.writeDoubleLE(value, 6);
  return { type: BIFF.number, data };
}

/** 文本单元格: UTF-16, at most 255 characters as the record allows. */
export function textCell(row: number, column: number, format: number, text: string): BiffRecord {
  const letters = Buffer.from(text.slice(0, 255), 'utf16le');
  const data = Buffer.concat([cellHead(row, column, format, 3), letters]);
  data.writeUInt16LE(letters.length / 2, 6);
  data.writeUInt8(1, 8);
  return { type: BIFF.label, data };
}

/** 空单元格. */
export const blankCell = (row: number, column: number, format: number): BiffRecord => ({ type: BIFF.blank, data: cellHead(row, column, format, 0) });

/** 展开: MULBLANK and MULRK as one record for each cell. */
export function oneByOne(record: BiffRecord): BiffRecord[] {
  if (record.type !== BIFF.mulBlank && record.type !== BIFF.mulRk) return [record];
  const row = rowOf(record);
  const first = columnOf(record);
  const size = record.type === BIFF.mulBlank ? 2 : 6;
  return Array.from({ length: (record.data.length - 6) / size }, (_, at) => {
    const piece = record.data.subarray(4 + at * size, 4 + (at + 1) * size);
    if (size === 2) return blankCell(row, first + at, piece.readUInt16LE(0));
    const data = cellHead(row, first + at, piece.readUInt16LE(0), 4);
    piece.copy(data, 6, 2);
    return { type: BIFF.rk, data };
  });
}
