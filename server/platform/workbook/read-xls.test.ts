import { CFB } from '@e965/xlsx';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { biff5Of } from './biff5.fixture.ts';
import { biff8Of } from './biff8.fixture.ts';
import { RECORD } from './biff-records.ts';
import { recordsOf, streamOf, type BiffRecord } from './fill/biff.ts';
import { workbookLimits } from './limits.ts';
import { inspectUpload } from './open.ts';
import { readXls } from './read-xls.ts';
import { readWorkbook } from './read.ts';
import { oldFormatOf, readAll, temporaryFolder } from './workbook.fixture.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

/** The same file with its records changed; where sheets begin is put right by `moved`. */
function changed(bytes: Buffer, change: (records: BiffRecord[]) => BiffRecord[], moved = 0): Buffer {
  const container = CFB.read(bytes, { type: 'buffer' });
  const entry = CFB.find(container, '/Workbook');
  if (entry === null) throw new Error('no workbook in it');
  const { records, rest } = recordsOf(Buffer.from(entry.content));
  const all = change(records);
  for (const { type, data } of all) if (type === RECORD.boundSheet) data.writeUInt32LE(data.readUInt32LE(0) + moved, 0);
  const stream = streamOf(all, rest);
  entry.content = stream;
  entry.size = stream.length;
  const written: Buffer = CFB.write(container, { type: 'buffer' });
  return Buffer.from(written);
}

const cellsOf = async (name: string, bytes: Buffer) => (await readAll(await folder.put(name, bytes), 'xls'))[0]?.rows.map(({ row, cells }) => [row, ...cells]);

describe('an .xls is read row by row', () => {
  test('a sheet filled to its last row, sixteen columns wide, is read with half of the memory that the reading thread may take', async () => {
    const wide = (at: number) => Array.from({ length: 16 }, (_, column) => (column % 4 === 0 ? at * 16 + column + 0.5 : column % 4 === 1 ? `第${at}户${column}` : column % 4 === 2 ? `33010619${at}${column}` : '住宅'));
    function* rows() { for (let at = 0; at < 65_536; at += 1) yield wide(at); }
    const path = await folder.put('full.xls', biff8Of('名册', rows()));
    let count = 0;
    let last: unknown = null;
    for await (const part of readWorkbook(path, 'xls', { limits: { ...workbookLimits, heapMb: workbookLimits.heapMb / 2 } })) {
      if (part.kind === 'sheet') { expect(part.sheet).toMatchObject({ name: '名册', rowCount: 65_536 }); continue; }
      count += part.rows.length;
      last = part.rows.at(-1);
    }
    expect([count, last]).toEqual([65_536, { sheet: '名册', row: 65_536, cells: wide(65_535) }]);
  });

  test('whatever is written comes back, by whichever writer, texts cut in two by their records included', async () => {
    const text = fc.string({ unit: fc.constantFrom('甲', '乙', 'a', '1', ' ', 'é'), minLength: 1, maxLength: 40 });
    const cell = fc.oneof(text, fc.integer({ min: -600_000_000, max: 600_000_000 }), fc.double({ min: 0.001, max: 1e12, noNaN: true }), fc.integer({ min: -100_000, max: 100_000 }).map((value) => value / 100));
    await fc.assert(fc.asyncProperty(fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 400 }), fc.boolean(), async (rows, isShared) => {
      const bytes = isShared ? biff8Of('表', rows) : oldFormatOf({ 表: rows }, 'biff8');
      const expected = rows.map((row, at) => [at + 1, ...row]).filter(([, ...cells]) => cells.some((value) => typeof value !== 'string' || value.trim() !== ''));
      const path = await folder.put('any.xls', bytes);
      const found: unknown[] = [];
      for await (const part of readXls(path, {}, workbookLimits)) if (part.kind === 'rows') found.push(...part.rows.map((one) => [one.row, ...one.cells]));
      expect(found).toEqual(expected);
    }));
  });

  test('rows that do not stand in order come in order, and the last of two records of one cell counts', async () => {
    const bytes = changed(biff8Of('表', [['甲', 1], ['乙', 2], ['丙', 3]]), (records) => {
      const at = records.findIndex(({ type }) => type === RECORD.labelSst);
      const cells = records.slice(at, at + 6);
      const again = Buffer.from(cells[1]?.data ?? Buffer.alloc(14));
      again.writeDoubleLE(9, 6);
      return [...records.slice(0, at), ...cells.slice(4), ...cells.slice(2, 4), ...cells.slice(0, 2), { type: RECORD.number, data: again }, ...records.slice(at + 6)];
    });
    expect(await cellsOf('order.xls', bytes)).toEqual([[1, '甲', 9], [2, '乙', 2], [3, '丙', 3]]);
  });

  test('what formulas gave is read, their texts and faults too', async () => {
    const result = (row: number, ...value: readonly number[]): BiffRecord => ({ type: RECORD.formula, data: Buffer.from([row, 0, 1, 0, 0, 0, ...value, 0, 0, 0, 0, 0, 0, 0, 0]) });
    const text: BiffRecord = { type: RECORD.string, data: Buffer.concat([Buffer.from([2, 0, 1]), Buffer.from('好的', 'utf16le')]) };
    const bytes = changed(biff8Of('表', [['文'], ['真'], ['错'], ['数'], ['空']]), (records) => {
      const end = records.length - 1;
      return [...records.slice(0, end), result(0, 0, 0, 0, 0, 0, 0, 0xff, 0xff), text, result(1, 1, 0, 1, 0, 0, 0, 0xff, 0xff), result(2, 2, 0, 0x17, 0, 0, 0, 0xff, 0xff), result(3, 0, 0, 0, 0, 0, 0, 0x45, 0x40), result(4, 3, 0, 0, 0, 0, 0, 0xff, 0xff), ...records.slice(end)];
    });
    expect(await cellsOf('formulas.xls', bytes)).toEqual([[1, '文', '好的'], [2, '真', true], [3, '错', '#REF!'], [4, '数', 42], [5, '空']]);
  });

  test('one that asks for a password, or was cut off, is refused with a sentence', async () => {
    const plain = biff8Of('表', Array.from({ length: 500 }, (_, at) => [`甲${at}`, at]));
    const locked = changed(plain, ([first, ...others]) => [...(first === undefined ? [] : [first]), { type: RECORD.filePass, data: Buffer.alloc(6) }, ...others], 10);
    await expect(cellsOf('locked.xls', locked)).rejects.toMatchObject({ code: 'password' });
    const short = changed(plain, (records) => records.map((record, at) => (at === records.length - 1 ? { type: RECORD.number, data: record.data } : record)));
    const container = CFB.read(short, { type: 'buffer' });
    const entry = CFB.find(container, '/Workbook');
    if (entry === null) throw new Error('no workbook in it');
    entry.content = Buffer.from(entry.content).subarray(0, -9);
    entry.size = entry.content.length;
    const cut: Buffer = CFB.write(container, { type: 'buffer' });
    await expect(cellsOf('cut.xls', Buffer.from(cut))).rejects.toMatchObject({ code: 'broken-workbook' });
  });

  test('one from before Excel 97 is held in memory whole: beyond what may be, it is refused with what to do', async () => {
    const path = await folder.put('old.xls', biff5Of('台账', Array.from({ length: 400 }, () => ['企业名称', '电话', '甲物业公司'])));
    const read = async (oldXlsBytes: number) => { let count = 0; for await (const part of readWorkbook(path, 'xls', { limits: { ...workbookLimits, oldXlsBytes } })) if (part.kind === 'rows') count += part.rows.length; return count; };
    await expect(read(8_000)).rejects.toMatchObject({ code: 'too-large', message: expect.stringMatching(/很早以前的格式.*另存为 xlsx/) });
    await expect(read(workbookLimits.oldXlsBytes)).resolves.toBe(400);
    expect(await inspectUpload(path, 'old.xls', { ...workbookLimits, xlsBytes: 8_000 })).toMatchObject({ ok: false, code: 'too-large', message: expect.stringMatching(/另存为 xlsx/) });
  });
});
