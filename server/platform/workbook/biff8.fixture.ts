import { CFB } from '@e965/xlsx';

type Cell = string | number;
const MOST_BYTES = 8224;
const [BOF, EOF, FONT, XF, BOUND_SHEET, SST, CONTINUE, LABEL_SST, NUMBER] = [0x0809, 0x000a, 0x0031, 0x00e0, 0x0085, 0x00fc, 0x003c, 0x00fd, 0x0203];

/** 旧格式工作簿, as Excel 97 saves it: each text once, in a table of its own that is cut into records of 8,224 bytes, in the middle of a text too. Streams what it writes, so that a full sheet takes seconds. */
export function biff8Of(sheet: string, rows: Iterable<readonly Cell[]>): Buffer {
  const texts = new Map<string, number>();
  const cells = new Records();
  let at = 0;
  for (const row of rows) {
    for (const [column, value] of row.entries()) {
      if (value === '') continue;
      if (typeof value === 'number') { cells.open(NUMBER, 14).u16(at).u16(column).u16(0).f64(value); continue; }
      const index = texts.get(value) ?? texts.size;
      texts.set(value, index);
      cells.open(LABEL_SST, 10).u16(at).u16(column).u16(0).u32(index);
    }
    at += 1;
  }
  const strings = shared([...texts.keys()]);
  const globals = (start: number): Buffer => {
    const records = new Records();
    records.open(BOF, 16).u16(0x0600).u16(5).u32(0).u32(0).u32(0);
    records.open(FONT, 16).u16(200).u16(0).u32(0).u32(0).u32(0);
    records.open(XF, 20).u32(0).u32(0).u32(0).u32(0).u32(0);
    records.open(BOUND_SHEET, 8 + sheet.length * 2).u32(start).u16(0).u16(sheet.length | 0x0100).text(sheet);
    return Buffer.concat([records.bytes(), strings, end()]);
  };
  const begin = new Records();
  begin.open(BOF, 16).u16(0x0600).u16(0x10).u32(0).u32(0).u32(0);
  const file = CFB.utils.cfb_new();
  CFB.utils.cfb_add(file, '/Workbook', Buffer.concat([globals(globals(0).length), begin.bytes(), cells.bytes(), end()]));
  const written: Buffer = CFB.write(file, { type: 'buffer' });
  return Buffer.from(written);
}

const end = (): Buffer => { const records = new Records(); records.open(EOF, 0); return records.bytes(); };

/** The table of texts; plain ones take one byte a character, as Excel writes them. */
function shared(texts: readonly string[]): Buffer {
  const records = new Records();
  let piece: Buffer[] = [];
  let size = 8;
  const head = Buffer.alloc(8);
  head.writeUInt32LE(texts.length, 0);
  head.writeUInt32LE(texts.length, 4);
  piece.push(head);
  let type = SST;
  const cut = () => {
    records.open(type, size).raw(piece);
    type = CONTINUE;
    piece = [];
    size = 0;
  };
  const put = (bytes: Buffer) => { piece.push(bytes); size += bytes.length; };
  for (const text of texts) {
    const isWide = /[^ -ÿ]/.test(text);
    const bytes = Buffer.from(text, isWide ? 'utf16le' : 'latin1');
    if (MOST_BYTES - size < 5) cut();
    put(Buffer.from([text.length & 0xff, text.length >> 8, isWide ? 1 : 0]));
    for (let from = 0; from < bytes.length;) {
      const room = (MOST_BYTES - size) & ~1;
      if (room === 0) { cut(); put(Buffer.from([isWide ? 1 : 0])); continue; }
      put(bytes.subarray(from, from + room));
      from += room;
    }
  }
  cut();
  return records.bytes();
}

/** Bytes that grow; each value goes behind the one before. */
class Records {
  private buffer = Buffer.alloc(1 << 16);
  private length = 0;

  open(type: number, size: number): this { return this.u16(type).u16(size); }
  u16(value: number): this { this.room(2); this.length = this.buffer.writeUInt16LE(value, this.length); return this; }
  u32(value: number): this { this.room(4); this.length = this.buffer.writeUInt32LE(value, this.length); return this; }
  f64(value: number): this { this.room(8); this.length = this.buffer.writeDoubleLE(value, this.length); return this; }
  text(value: string): this { return this.raw([Buffer.from(value, 'utf16le')]); }
  raw(pieces: readonly Buffer[]): this {
    for (const piece of pieces) {
      this.room(piece.length);
      this.length += piece.copy(this.buffer, this.length);
    }
    return this;
  }

  bytes(): Buffer { return this.buffer.subarray(0, this.length); }

  private room(more: number): void {
    if (this.length + more <= this.buffer.length) return;
    const larger = Buffer.alloc(this.buffer.length * 2 + more);
    this.buffer.copy(larger);
    this.buffer = larger;
  }
}
