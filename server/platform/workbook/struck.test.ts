import { CFB } from '@e965/xlsx';
import { afterAll, describe, expect, test } from 'vitest';
import { recordsOf, streamOf, type BiffRecord } from './fill/biff.ts';
import { readAll, oldFormatOf, temporaryFolder, xlsxOf } from './workbook.fixture.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

const [FONT, XF, BOUND_SHEET, LABEL_SST, NUMBER, RK] = [0x0031, 0x00e0, 0x0085, 0x00fd, 0x0203, 0x027e];

/** Crosses out the cells of one row (from 0) of a plain .xls: a crossed-out font and a format that uses it come in, and the row's cells take it. */
function crossedOut(bytes: Buffer, row: number): Buffer {
  const container = CFB.read(bytes, { type: 'buffer' });
  const entry = CFB.find(container, '/Workbook');
  if (entry === null) throw new Error('no workbook in it');
  const { records, rest } = recordsOf(Buffer.from(entry.content));
  const fonts = records.filter(({ type }) => type === FONT);
  const formats = records.filter(({ type }) => type === XF);
  const [font, format] = [fonts.at(-1), formats.at(-1)];
  if (font === undefined || format === undefined) throw new Error('no font in it');
  const struckFont: BiffRecord = { type: FONT, data: Buffer.from(font.data) };
  struckFont.data.writeUInt16LE(struckFont.data.readUInt16LE(2) | 0x0008, 2);
  const struckFormat: BiffRecord = { type: XF, data: Buffer.from(format.data) };
  struckFormat.data.writeUInt16LE(fonts.length >= 4 ? fonts.length + 1 : fonts.length, 0);
  const all = records.flatMap((record) => [record, ...(record === font ? [struckFont] : []), ...(record === format ? [struckFormat] : [])]);
  const added = 8 + struckFont.data.length + struckFormat.data.length;
  for (const { type, data } of all) {
    if (type === BOUND_SHEET) data.writeUInt32LE(data.readUInt32LE(0) + added, 0);
    if ([LABEL_SST, NUMBER, RK, 0x0204].includes(type) && data.readUInt16LE(0) === row) data.writeUInt16LE(formats.length, 4);
  }
  const stream = streamOf(all, rest);
  entry.content = stream;
  entry.size = stream.length;
  const out: unknown = CFB.write(container, { type: 'buffer' });
  if (!Buffer.isBuffer(out)) throw new Error('not written');
  return out;
}

describe('what is crossed out', () => {
  test('in an .xlsx: by the cell’s font, or by every run of its text; not where a part is', async () => {
    const struck = { style: { font: { strikethrough: true } } };
    const run = (text: string, strikethrough: boolean) => ({ text, font: { strikethrough } });
    const path = await folder.put('a.xlsx', await xlsxOf([{
      name: '表', rows: [['名称', '户数'], ['甲', 1], ['乙', 2], ['丙', 3], ['丁', 4]],
      cells: new Map([
        ['1,0', { value: '甲', ...struck }], ['1,1', { value: 1, ...struck }],
        ['2,0', { value: '乙苑', type: 'richText', richText: [run('乙', true), run('苑', true)] }],
        ['3,0', { value: '丙苑', type: 'richText', richText: [run('丙', true), run('苑', false)] }],
      ]),
    }]));
    const [sheet] = await readAll(path, 'xlsx');
    expect(sheet?.rows.map(({ row, struck: crossed }) => [row, crossed ?? null])).toEqual([[1, null], [2, [0, 1]], [3, [0]], [4, null], [5, null]]);
    expect(sheet?.rows.map(({ cells }) => cells[0])).toEqual(['名称', '甲', '乙苑', '丙苑', '丁']);
  });

  test('in an .xls: by the cell’s font, on its own sheet only', async () => {
    const table = [['名称', '户数'], ['甲', 1], ['乙', 2]];
    const bytes = oldFormatOf({ 表一: table, 表二: [['名称'], [], [], ['丙']] }, 'biff8');
    const path = await folder.put('b.xls', crossedOut(bytes, 1));
    const [first, second] = await readAll(path, 'xls');
    expect(first?.rows.map(({ cells, struck }) => [cells[0], struck ?? null])).toEqual([['名称', null], ['甲', [0, 1]], ['乙', null]]);
    expect(second?.rows.every(({ struck }) => struck === undefined)).toBe(true);
    const plain = await readAll(await folder.put('c.xls', bytes), 'xls');
    expect(plain.flatMap(({ rows }) => rows).every(({ struck }) => struck === undefined)).toBe(true);
  });
});
