import { HEAD, RECORD } from './biff-records.ts';

const [WIDE, EXTENDED, RICH] = [1, 4, 8];
const RUN_BYTES = 4;

/** 记录及其续记录: the bytes of a record and of those that continue it, read one after the other. Where a text is cut, its rest begins with a byte that says anew how wide its characters are. */
export class Pieces {
  private readonly stream: Buffer;
  private at: number;
  private end: number;

  /** `at` is where the record's own bytes begin. */
  constructor(stream: Buffer, at: number, size: number) {
    this.stream = stream;
    this.at = at;
    this.end = at + size;
  }

  /** Is nothing left? Goes on to the record that continues this one where this one is over. */
  isOver(): boolean { return this.at >= this.end && !this.goOn(); }

  /** @throws RangeError when it is cut off */
  u8(): number {
    if (this.isOver()) throw new RangeError('a record is cut off');
    this.at += 1;
    return this.stream.readUInt8(this.at - 1);
  }

  u16(): number { return this.u8() | this.u8() << 8; }
  u32(): number { return this.u16() + this.u16() * 0x1_0000; }

  /** 一段文字 with its head; how it is drawn and how it is spoken are passed over. @throws RangeError when it is cut off */
  text(): string {
    const length = this.u16();
    const flags = this.u8();
    const runs = (flags & RICH) === 0 ? 0 : this.u16();
    const more = (flags & EXTENDED) === 0 ? 0 : this.u32();
    const text = this.characters(length, (flags & WIDE) !== 0);
    this.pass(runs * RUN_BYTES + more);
    return text;
  }

  private characters(length: number, isWideFirst: boolean): string {
    let text = '';
    let isWide = isWideFirst;
    for (let left = length; left > 0;) {
      if (this.at >= this.end) isWide = (this.u8() & WIDE) !== 0;
      const width = isWide ? 2 : 1;
      const now = Math.min(left, Math.floor((this.end - this.at) / width));
      if (now === 0) throw new RangeError('a character is cut in two');
      text += this.stream.toString(isWide ? 'utf16le' : 'latin1', this.at, this.at + now * width);
      this.at += now * width;
      left -= now;
    }
    return text;
  }

  private pass(bytes: number): void {
    for (let left = bytes; left > 0;) {
      if (this.isOver()) throw new RangeError('a text is cut off');
      const now = Math.min(left, this.end - this.at);
      this.at += now;
      left -= now;
    }
  }

  /** On to the record that continues this one. */
  private goOn(): boolean {
    while (this.end + HEAD <= this.stream.length && this.stream.readUInt16LE(this.end) === RECORD.continued) {
      this.at = this.end + HEAD;
      this.end = Math.min(this.at + this.stream.readUInt16LE(this.end + 2), this.stream.length);
      if (this.at < this.end) return true;
    }
    return false;
  }
}
