import { CFB } from '@e965/xlsx';

/** GB 2312 bytes of the few characters that tests write. */
const GBK: Readonly<Record<string, readonly number[]>> = {
  企: [0xc6, 0xf3], 业: [0xd2, 0xb5], 名: [0xc3, 0xfb], 称: [0xb3, 0xc6], 电: [0xb5, 0xe7], 话: [0xbb, 0xb0], 甲: [0xbc, 0xd7], 物: [0xce, 0xef], 公: [0xb9, 0xab], 司: [0xcb, 0xbe], 台: [0xcc, 0xa8], 账: [0xd5, 0xcb],
};

const bytesOf = (text: string): Buffer => Buffer.concat(Array.from(text, (character) => Buffer.from(GBK[character] ?? [character.charCodeAt(0)])));

function record(type: number, ...parts: readonly Buffer[]): Buffer {
  const data = Buffer.concat(parts);
  return Buffer.concat([words(type, data.length), data]);
}

const words = (...numbers: readonly number[]): Buffer => Buffer.concat(numbers.map((number) => Buffer.from([number & 0xff, number >> 8])));

/** Excel 95 工作簿:one sheet of texts in code page 936, as Chinese offices of the nineties saved it. */
export function biff5Of(sheet: string, rows: readonly (readonly string[])[]): Buffer {
  const name = bytesOf(sheet);
  const begin = (kind: number) => record(0x0809, words(0x0500, kind, 0x0dbb, 1996));
  const bound = (at: number) => record(0x0085, words(at & 0xffff, at >> 16), Buffer.from([0, 0, name.length]), name);
  const globals = (at: number) => Buffer.concat([begin(5), record(0x0042, words(936)), bound(at), record(0x000a)]);
  const labels = rows.flatMap((cells, row) => cells.map((text, column) => { const bytes = bytesOf(text); return record(0x0204, words(row, column, 0, bytes.length), bytes); }));
  const stream = Buffer.concat([globals(globals(0).length), begin(0x10), ...labels, record(0x000a)]);
  const file = CFB.utils.cfb_new();
  CFB.utils.cfb_add(file, '/Book', stream);
  const written: Buffer = CFB.write(file, { type: 'buffer' });
  return Buffer.from(written);
}
