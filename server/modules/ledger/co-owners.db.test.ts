import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import type { Download } from '#contract/kernel.ts';
import { textOf } from '#domain/ledger/cells/cell.ts';
import { newId } from '#platform/ids.ts';
import { readAll, temporaryFolder, xlsxOf } from '#platform/workbook/workbook.fixture.ts';
import { undoOneImport } from './use-cases/settle-batch.ts';
import { downloadRefused } from './use-cases/refused-rows.ts';
import { mendRow } from './use-cases/mend-row.ts';
import { givenImports, workbook } from './testing/given-import.ts';

interface Held { readonly name: string; readonly kind: string; readonly share: string | null; readonly validFrom: string | null; readonly validTo: string | null; readonly hasNumber: boolean }

describe('a ledger’s owners, as rows tell them', () => {
  let at: Awaited<ReturnType<typeof givenImports>>;
  const folder = temporaryFolder();
  beforeAll(async () => {
    at = await givenImports();
    await at.confirm((await at.upload('estates', [await workbook([['乡镇', '小区名称'], ['城关街道', '共有苑']])])).id);
  });
  afterAll(async () => { await at.stop(); await (await folder).remove(); });
  type Cell = string | number | null;
  const units = async (rows: Cell[][]) => at.upload('units', [await workbook(rows)]);
  /** A workbook in which the homes' cells are merged over the rows of their owners. */
  const merged = async (rows: Cell[][], from: number, to: number) => {
    const bytes = await xlsxOf([{ name: '共有苑', rows, merges: [0, 1, 2].map((column) => ({ startRow: from, startCol: column, endRow: to, endCol: column })) }]);
    return at.upload('units', [await (await folder).put(`合并${from}-${to}-${rows.length}.xlsx`, bytes)]);
  };
  const held = async (room: string) => (await at.as().read((db) => sql<Held>`
    select o.name, s.kind, s.share_part || '/' || s.share_whole as share, s.valid_from::text, s.valid_to::text, o.id_index is not null as has_number
      from registry.ownership s join registry.owner o on o.id = s.owner_id join registry.unit u on u.id = s.unit_id
     where u.room = ${room} and u.archived_at is null and s.superseded_at is null order by s.valid_from nulls first, s.kind desc, o.name`.execute(db))).rows;

  const header = ['楼栋', '房号', '面积', '产权人', '身份证号', '份额', '登记日期'];
  const couple: Cell[][] = [header, ['1', '201', 90, '张三', '', '60%', '2019-03-04'], [null, null, null, '李四', '11010519491231002X', '40%', '']];

  test('owners under a merged room come in as one home with shares and numbers; the same file again changes nothing; an undo takes it back', async () => {
    const batch = await merged(couple, 1, 2);
    expect(batch.counts).toMatchObject({ rows: 1, new: 1, refused: 0 });
    await at.confirm(batch.id);
    expect(await held('201')).toEqual([
      { name: '张三', kind: 'owner', share: '3/5', validFrom: '2019-03-04', validTo: null, hasNumber: false },
      { name: '李四', kind: 'co-owner', share: '2/5', validFrom: '2019-03-04', validTo: null, hasNumber: true },
    ]);
    expect((await merged(couple, 1, 2)).counts).toMatchObject({ unchanged: 1 });
    const again = await merged([header, ['1', '201', 90, '张三', '', '50%', ''], [null, null, null, '李四', '', '50%', '']], 1, 2);
    expect((await at.rows(again.id))[0]?.changes.map(({ field }) => field)).toEqual(['coOwners', 'share']);
    await at.confirm(again.id);
    const today = at.as().today;
    expect((await held('201')).map(({ name, share, validFrom, validTo }) => [name, share, validFrom, validTo])).toEqual([['张三', '3/5', '2019-03-04', today], ['李四', '2/5', '2019-03-04', today], ['张三', '1/2', today, null], ['李四', '1/2', today, null]]);
    await undoOneImport(at.as(), { params: { batchId: again.id }, query: {}, body: { reason: '传错了' } });
    expect((await held('201')).map(({ share, validTo }) => [share, validTo])).toEqual([['3/5', null], ['2/5', null]]);
  });

  test('a share that was not known is filled in, without a change of hands', async () => {
    await at.confirm((await units([['小区', ...header], ['共有苑', '1', '202', 90, '王五', '', '', '2018-01-01']])).id);
    await at.confirm((await units([['小区', ...header], ['共有苑', '1', '202', 90, '王五', '', '100%', '']])).id);
    expect(await held('202')).toEqual([{ name: '王五', kind: 'owner', share: '1/1', validFrom: '2018-01-01', validTo: null, hasNumber: false }]);
  });

  test('a day of registration fills a start that is not known, and no other: another day is told with both', async () => {
    const row = (day: string) => units([['小区', ...header], ['共有苑', '1', '203', 90, '赵六', '', '', day]]);
    await at.confirm((await row('')).id);
    const later = await row('2020年5月6日');
    expect((await at.rows(later.id))[0]).toMatchObject({ outcome: 'changed', changes: [{ title: '产权自何日起', before: null, after: '2020-05-06' }] });
    await at.confirm(later.id);
    expect(await held('203')).toEqual([{ name: '赵六', kind: 'owner', share: null, validFrom: '2020-05-06', validTo: null, hasNumber: false }]);
    expect((await row('2020-05-06')).counts).toMatchObject({ unchanged: 1, warned: 0 });
    const other = await row('2021-01-01');
    expect(other.counts).toMatchObject({ unchanged: 1, warned: 1 });
    const [problem] = (await at.rows(other.id))[0]?.problems ?? [];
    expect(problem).toMatchObject({ code: 'start-differs', severity: 'warn' });
    expect(problem?.message).toMatch(/2021-01-01.*2020-05-06/);
    await undoOneImport(at.as(), { params: { batchId: later.id }, query: {}, body: { reason: '传错了' } });
    expect((await held('203'))[0]?.validFrom).toBeNull();
  });

  test('a new co-owner and the owner’s day of registration in one row: the owner holds from that day, both from today', async () => {
    await at.confirm((await units([['小区', ...header], ['共有苑', '1', '204', 90, '孙七', '', '', '']])).id);
    const rows: Cell[][] = [['小区', ...header, '共有人'], ['共有苑', '1', '204', 90, '孙七', '', '', '2015-02-03', '周八']];
    await at.confirm((await units(rows)).id);
    const today = at.as().today;
    expect((await held('204')).map(({ name, validFrom, validTo }) => [name, validFrom, validTo])).toEqual([['孙七', '2015-02-03', today], ['孙七', today, null], ['周八', today, null]]);
  });

  test('a villa is its building’s only home, unless the books know rooms in that building', async () => {
    const villas = await units([['小区', ...header], ['共有苑', '9幢', '', 320, '吴九', '', '', ''], ['共有苑', '1', '', 90, '郑十', '', '', '']]);
    expect((await at.rows(villas.id)).map(({ outcome, problems }) => [outcome, problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)])).toEqual([['new', []], ['refused', ['required-missing']]]);
    await at.confirm(villas.id);
    expect((await held('整栋')).map(({ name }) => name)).toEqual(['吴九']);
  });

  test('a crossed-out row is listed as refused and not missing; the clerk may take it all the same', async () => {
    const style = { font: { strikethrough: true } };
    const bytes = await xlsxOf([{ name: '共有苑', rows: [header, ['2', '301', 80, '冯一'], ['2', '302', 80, '陈二']], cells: new Map(['2', '301', 80, '冯一'].map((value, column) => [`1,${column}`, { value, style }])) }]);
    const batch = await at.upload('units', [await (await folder).put('划去.xlsx', bytes)]);
    expect(batch.counts).toMatchObject({ rows: 2, new: 1, refused: 1 });
    expect(batch.problems).toContainEqual({ code: 'row-struck', severity: 'error', title: '加了删除线，作废', rows: 1 });
    const [row] = await at.rows(batch.id, { outcome: 'refused' });
    const { row: taken } = await mendRow(at.as(), { params: { batchId: batch.id, rowNo: row?.rowNo ?? 0 }, query: {}, body: { cells: {} } });
    expect(taken).toMatchObject({ outcome: 'new', problems: [] });
  });

  test('a home that is refused is downloaded with each co-owner below it, numbers and telephones too; mended in Excel it comes in without typing anything again', async () => {
    const head = ['楼栋', '房号', '面积', '产权人', '身份证号', '电话'];
    const rows: Cell[][] = [head, ['7', '701', '待测', '张三', '110105194912310021', '13900000001'], [null, null, null, '李四', '11010519491231002X', '13900000002'], [null, null, null, '王五', 'E1234567', '13900000003、0571-88001234'], ['7', '702', 80, '赵六', '', '']];
    const bytes = await xlsxOf([{ name: '共有苑', rows, merges: [0, 1, 2].map((column) => ({ startRow: 1, startCol: column, endRow: 3, endCol: column })) }]);
    const batch = await at.upload('units', [await (await folder).put('退回.xlsx', bytes)]);
    expect(batch.counts).toMatchObject({ rows: 2, new: 1, refused: 1 });
    const told = await sheetOf(await downloadRefused(at.as(), { params: { batchId: batch.id }, query: {}, body: {} }));
    expect(told.map((line) => line.slice(0, -2))).toEqual([
      ['小区', ...head, '份额'], ['共有苑', '7', '701', '待测', '张三', '110105194912310021', '13900000001', '共同共有'],
      ['', '', '', '', '李四', '11010519491231002X', '13900000002', '共同共有'], ['', '', '', '', '王五', 'E1234567', '13900000003、0571-88001234', '共同共有'],
    ]);
    expect(told.map((line) => line.at(-2))).toEqual(['原行号', '共有苑 第2行', '共有苑 第3行', '共有苑 第4行']);
    const mended = told.map((line) => line.map((cell) => (cell === '待测' ? '90' : cell === '110105194912310021' ? '990101194912310036' : cell)));
    const again = await at.upload('units', [await workbook(mended)]);
    expect([again.counts.rows, again.counts.new, again.counts.refused, (await at.rows(again.id)).flatMap(({ problems }) => problems.map(({ code }) => code))]).toEqual([1, 1, 0, []]);
    await at.confirm(again.id);
    expect((await held('701')).map(({ name, kind, hasNumber }) => [name, kind, hasNumber])).toEqual([['张三', 'owner', true], ['李四', 'co-owner', true], ['王五', 'co-owner', true]]);
    expect((await at.upload('units', [await (await folder).put('原样.xlsx', bytes)])).counts).toMatchObject({ refused: 1 });
  });

  test('the fault of a co-owner’s row is told beside that row; names mended on screen stand in one cell, and the rows below are gone', async () => {
    const head = ['楼栋', '房号', '产权人', '身份证号'];
    const bytes = await xlsxOf([{ name: '共有苑', rows: [head, ['8', '801', '张三', ''], [null, null, '李四', '110105194912310021']], merges: [0, 1].map((column) => ({ startRow: 1, startCol: column, endRow: 2, endCol: column })) }]);
    const batch = await at.upload('units', [await (await folder).put('共有人有误.xlsx', bytes)]);
    const download = async () => sheetOf(await downloadRefused(at.as(), { params: { batchId: batch.id }, query: {}, body: {} }));
    const told = await download();
    expect(told.map((line) => [line[3], line[4], line.at(-1)?.includes('校验位不符') ?? false])).toEqual([['产权人', '身份证号', false], ['张三', '', false], ['李四', '110105194912310021', true]]);
    const [row] = await at.rows(batch.id, { outcome: 'refused' });
    await mendRow(at.as(), { params: { batchId: batch.id, rowNo: row?.rowNo ?? 0 }, query: {}, body: { cells: { coOwners: '李斯', building: '', room: '' } } });
    expect((await download()).map((line) => line.slice(0, -2))).toEqual([['小区', ...head, '共有人'], ['共有苑', '', '', '张三', '', '李斯']]);
  });

  /** The lines of a downloaded sheet as texts, without the note at its end. */
  const sheetOf = async ({ content }: Download): Promise<string[][]> => {
    const path = await (await folder).put(`下载${newId()}.xlsx`, await buffer(content as Readable));
    const [sheet] = await readAll(path, 'xlsx');
    const lines = (sheet?.rows ?? []).slice(0, -1).map(({ cells }) => cells.map(textOf));
    return lines.map((line) => [...line, ...Array.from({ length: (lines[0]?.length ?? 0) - line.length }, () => '')]);
  };
});
