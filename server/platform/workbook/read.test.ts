import { afterAll, describe, expect, test } from 'vitest';
import { workbookLimits } from './limits.ts';
import { readWorkbook } from './read.ts';
import { readAll, oldFormatOf, temporaryFolder, xlsxOf } from './workbook.fixture.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const day = new Date('2025-01-03T00:00:00.000Z');

describe('reading a workbook', () => {
  test('types, merges, hidden sheets and rows of an .xlsx are kept, with the row numbers of Excel', async () => {
    const path = await folder.put('a.xlsx', await xlsxOf([
      { name: '一', rows: [['标题'], [], ['甲', 12.5, true, day, null, '=1+1']], merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 3 }], rowDefs: new Map([[2, { hidden: true }]]) },
      { name: '二', rows: [['x']], hidden: true },
    ]));
    const [first, second] = await readAll(path, 'xlsx');
    expect(first?.sheet).toMatchObject({ name: '一', hidden: false, merges: [{ top: 1, left: 0, bottom: 1, right: 3 }], hiddenRows: 1 });
    expect(first?.rows.at(-1)).toEqual({ sheet: '一', row: 3, cells: ['甲', 12.5, true, { date: '2025-01-03' }, null, '=1+1'] });
    expect(second?.sheet).toMatchObject({ name: '二', hidden: true });
  });

  test('an .xls gives the same rows as the .xlsx of the same table', async () => {
    const rows = [['姓名', '日期', '数'], ['张三', day, 3], ['李四', null, 4.25]];
    const xlsx = await readAll(await folder.put('b.xlsx', await xlsxOf([{ name: '表', rows }])), 'xlsx');
    const xls = await readAll(await folder.put('b.xls', oldFormatOf({ 表: rows }, 'biff8')), 'xls');
    expect(xls[0]?.rows).toEqual(xlsx[0]?.rows);
  });

  test('an .xls keeps merges and hidden sheets', async () => {
    const path = await folder.put('c.xls', oldFormatOf({ 甲: [['标题', null], ['x', 'y']], 乙: [['z']] }, 'biff8', (book) => {
      const sheet = book.Sheets['甲'];
      if (sheet !== undefined) sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 1 } }];
      book.Workbook = { Sheets: [{ name: '甲', Hidden: 0 }, { name: '乙', Hidden: 1 }] };
    }));
    const [first, second] = await readAll(path, 'xls');
    expect(first?.sheet.merges).toEqual([{ top: 1, left: 0, bottom: 1, right: 1 }]);
    expect(second?.sheet.hidden).toBe(true);
  });

  test('only the first rows of each sheet are read when no more is asked', async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => [at, '甲']);
    const path = await folder.put('d.xlsx', await xlsxOf([{ name: '一', rows }, { name: '二', rows }]));
    const found = await readAll(path, 'xlsx', { rowsPerSheet: 10 });
    expect(found.map(({ rows }) => rows.length)).toEqual([10, 10]);
    expect(found[0]?.sheet.rowCount).toBe(3000);
  });

  test('every row arrives once and in order, however slowly they are taken', async () => {
    const rows = Array.from({ length: 5000 }, (_, at) => [at]);
    const path = await folder.put('e.xlsx', await xlsxOf([{ name: '一', rows }]));
    const seen: unknown[] = [];
    for await (const part of readWorkbook(path, 'xlsx', { batchRows: 100 })) {
      if (part.kind === 'rows') seen.push(...part.rows.map(({ cells }) => cells[0]));
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    expect(seen).toEqual(rows.map(([at]) => at));
  });

  test('aborting ends the reading', async () => {
    const path = await folder.put('f.xlsx', await xlsxOf([{ name: '一', rows: Array.from({ length: 20_000 }, (_, at) => [at]) }]));
    const abort = new AbortController();
    const read = async () => {
      for await (const part of readWorkbook(path, 'xlsx', { batchRows: 50, signal: abort.signal })) if (part.kind === 'rows') abort.abort();
    };
    await expect(read()).rejects.toMatchObject({ code: 'aborted' });
  });

  test('a workbook too large for the reading thread’s memory ends with a sentence, and the next one is read', async () => {
    const path = await folder.put('many.xls', Buffer.from(`<table>${Array.from({ length: 30_000 }, (_, at) => `<tr><td>甲${at}</td><td>乙${at}</td><td>丙${at}</td></tr>`).join('')}</table>`));
    const read = async (heapMb: number) => {
      let count = 0;
      for await (const part of readWorkbook(path, 'html', { limits: { ...workbookLimits, heapMb } })) if (part.kind === 'rows') count += part.rows.length;
      return count;
    };
    await expect(read(8)).rejects.toMatchObject({ code: 'out-of-memory', message: expect.stringMatching(/拆成几个文件/) });
    await expect(read(workbookLimits.heapMb)).resolves.toBe(30_000);
  });

  test('one long text that is named again and again is refused before it fills the memory of whoever reads, with the row', async () => {
    const long = '长'.repeat(30_000);
    const path = await folder.put('long.xlsx', await xlsxOf([{ name: '一', rows: [['名称', '备注'], ['甲', long], ['乙', ...Array.from({ length: 200 }, () => long)]] }]));
    const batches: number[] = [];
    const read = async () => { for await (const part of readWorkbook(path, 'xlsx')) if (part.kind === 'rows') batches.push(part.rows.length); };
    await expect(read()).rejects.toMatchObject({ code: 'too-much-text', message: expect.stringMatching(/“一”表第3行有 601 万字，超过一行 20 万字的上限/) });
    const many = await folder.put('many-long.xlsx', await xlsxOf([{ name: '一', rows: Array.from({ length: 100 }, () => ['甲', long]) }]));
    for await (const part of readWorkbook(many, 'xlsx')) if (part.kind === 'rows') batches.push(part.rows.length);
    expect([batches.length > 5, batches.reduce((sum, count) => sum + count, 0)]).toEqual([true, 100]);
  });

  test('a workbook whose reading says nothing for too long is given up with a sentence, and its thread is ended', async () => {
    const path = await folder.put('slow.xlsx', await xlsxOf([{ name: '一', rows: [[1]] }]));
    const read = async (silenceMs: number) => { for await (const part of readWorkbook(path, 'xlsx', { limits: { ...workbookLimits, silenceMs } })) if (part.kind === 'rows') return part.rows.length; return 0; };
    // No thread begins within a millisecond.
    await expect(read(1)).rejects.toMatchObject({ code: 'too-slow', message: expect.stringMatching(/新建的工作簿/) });
    await expect(read(60_000)).resolves.toBe(1);
  });

  test('rich text, pinyin marks, escapes and entities come out as the text that is seen', async () => {
    const { XmlFeed } = await import('./xml.ts');
    const { StringItem } = await import('./xlsx-parts.ts');
    const item = new StringItem();
    const seen: string[] = [];
    const feed = new XmlFeed({ open: (name) => item.open(name), text: (text) => item.text(text), close(name) { item.close(name); if (name === 'si') seen.push(item.take()); } });
    const xml = '<?xml version="1.0"?><!-- a > b --><x:sst><x:si><x:r><x:rPr a="1>2"/><x:t>甲&amp;</x:t></x:r><x:r><x:t>乙&#x4E19;</x:t></x:r><x:rPh><x:t>jia</x:t></x:rPh></x:si><si><t><![CDATA[<丁>]]>_x000D_</t></si></x:sst>';
    for (const character of xml) feed.feed(character);
    expect(seen).toEqual(['甲&乙丙', '<丁>\r']);
  });
});
