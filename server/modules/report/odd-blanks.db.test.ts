import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Output } from '#contract/define-route.ts';
import type { getReportForm } from '#contract/report.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { addressOf } from '#domain/report/address.ts';
import { readBlank } from '#platform/workbook/fill/read-blank.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import { givenReports, ledgerDay, none, type Given } from './testing/given-reports.ts';
import { oddBlank, shortList, twoLevels, type OddSheet } from './testing/odd-blanks.ts';
import { getCatalogue, getOneForm } from './use-cases/look-at-forms.ts';
import { downloadFilling, previewFilling } from './use-cases/preview.ts';
import { saveMarks } from './use-cases/save-marks.ts';
import { getOneSending, sendReport } from './use-cases/send.ts';
import { uploadForm } from './use-cases/upload-form.ts';

let given: Given;
let names: string[];
beforeAll(async () => {
  given = await givenReports();
  names = await systemContext(given.kit).read(async (db) => (await db.selectFrom('platform.orgUnit').select('name').where('kind', '=', 'township').orderBy('sortNo').orderBy('code').execute()).map(({ name }) => name));
});
afterAll(() => given.stop());

type Detail = Output<typeof getReportForm>;
type Marks = Answer<typeof getReportForm>['marks'];
type Format = 'xlsx' | 'xls';
/** Sheets of ours as .xlsx, or one of the files beside them; a word that differs keeps the two from being one form. */
async function upload(name: string, sheets: readonly OddSheet[] | 'two-levels.xls' | 'short-list.xls') {
  const [ending, bytes] = typeof sheets === 'string' ? ['xls', await readFile(new URL(`testing/${sheets}`, import.meta.url))] as const : ['xlsx', oddBlank(sheets)] as const;
  return uploadForm(given.clerk({ uploads: await given.uploaded(`${name}.${ending}`, bytes) }), { ...none, body: {} });
}
const save = (form: Detail, marks: Marks) => saveMarks(given.clerk({ ifMatch: form.version }), { ...none, params: { formId: form.id }, body: { title: form.title, reportedTo: '市住建局', marks } });
const preview = (form: { id: Detail['id'] }) => previewFilling(given.clerk(), { ...none, params: { formId: form.id }, query: { on: ledgerDay } });
async function filled(form: { id: Detail['id'] }) {
  const { content } = await downloadFilling(given.clerk(), { ...none, params: { formId: form.id }, query: { on: ledgerDay } });
  const bytes = content instanceof Readable ? await buffer(content) : content instanceof Uint8Array ? content : new Uint8Array();
  const cells = readBlank(bytes).map(({ cells: all }) => new Map(all.map((cell) => [addressOf(cell), cell])));
  return { bytes, text: (address: string, sheet = 0) => cells[sheet]?.get(address)?.text ?? '', number: (address: string, sheet = 0) => cells[sheet]?.get(address)?.number ?? null };
}
const percent = { format: '0.00%' } as const;

describe.each<Format>(['xlsx', 'xls'])('a city’s table of townships with two levels of headers, as %s', (format) => {
  test('is suggested by itself: names in any order and spelling, the unit of the line above, percent and date cells, the sum at the top by its formula', async () => {
    const printed = names;
    const form = await upload('两级表头', format === 'xlsx' ? [twoLevels(names, '注：本表按季度填报。')] : 'two-levels.xls');
    const saved = await save(form, form.suggestions);
    const list = saved.marks.find((mark) => mark.kind === 'list');
    expect(list).toMatchObject({ by: 'township', firstRow: 6, lastRow: 5 + printed.length, matches: 'A' });
    expect(list?.kind === 'list' ? list.columns.map((column) => [column.column, column.content === 'figure' ? [column.figure, column.unit] : '']) : []).toEqual([
      ['B', ['estates.total', '个']], ['C', ['estates.with-company', '个']], ['D', ['committees.formed', '个']], ['E', ['committees.none', '个']], ['F', ['area.total', '万平方米']], ['G', ['estates.coverage', '%']],
    ]);
    const { warnings } = await preview(saved);
    expect(warnings.filter((words) => /印/.test(words))).toEqual([]);
    const sheet = await filled(saved);
    expect([sheet.number('B5'), sheet.text('G2')]).toEqual([173, '2026年11月20日']);
    const rows = printed.map((_, at) => 6 + at);
    expect(rows.reduce((total, row) => total + (sheet.number(`B${row}`) ?? 0), 0)).toBe(173);
    // The share is its hundredth in the file and reads as a percentage.
    const coverage = rows.map((row) => sheet.number(`G${row}`)).filter((share) => share !== null);
    expect([coverage.length > 5, coverage.every((share) => share >= 0 && share <= 1), sheet.text('G5')]).toEqual([true, true, expect.stringMatching(/^\d{1,3}\.\d\d%$/)]);
    expect(sheet.number('G5')).toBeCloseTo((sheet.number('C5') ?? 0) / 173, 3);
    expect((sheet.number('F5') ?? 0) < 5_000).toBe(true);
    expect(sheet.number('G2')).toBe(46_346);
  });
});

test('a blank that lacks a township, prints one that is not ours, and has 小计 and 合计 without formulas says all of it and fills what it can', async () => {
  const [first = '', second = '', third = '', fourth = '', ...left] = names;
  const form = await upload('缺漏', [{ name: '表', rows: [['各地小区情况'], ['单位', '小区数（个）', '电梯（部）'], [first, null, null], [second, null, null], ['城区小计', null, null], [third, null, null], ['旧名镇', null, null], [fourth, null, null], ['合  计', null, null]] }]);
  const list = form.suggestions.find((mark) => mark.kind === 'list');
  expect(list).toMatchObject({ firstRow: 3, lastRow: 8, columns: [{ column: 'B', figure: 'estates.total' }, { column: 'C', figure: 'lifts.total', unit: '台' }] });
  const saved = await save(form, form.suggestions);
  const { warnings, cells } = await preview(saved);
  expect(warnings).toEqual(expect.arrayContaining(['表中印着、本县台账里没有的乡镇街道：A7“旧名镇”，该行没有填；是本县乡镇街道的另一个叫法的，请在标记页点这一列，写明是哪一个', '小计 A5 没有公式，系统不知道它合计哪几行，没有填', expect.stringMatching(new RegExp(`^本县有、表中没有印的乡镇街道：.*${left[0] ?? ''}（\\d+ 个小区）`))]));
  expect([cells.some(({ address }) => /^[BC](?:5|7)$/.test(address)), cells.find(({ address }) => address === 'B9')?.shown]).toEqual([false, '173']);

  // Said once, it is known in this blank and in the next one that prints it, and who said it is on record.
  const own = (await getCatalogue(given.clerk())).townships.find(({ name }) => name === left[0]);
  if (own === undefined || list?.kind !== 'list') throw new Error('the county has more than four townships, and the list was found');
  const saying = (townshipId: Id<'OrgUnit'>, version = saved.version) => saveMarks(given.clerk({ ifMatch: version }), { ...none, params: { formId: saved.id }, body: { title: saved.title, reportedTo: null, marks: [{ ...list, names: [{ printed: '旧名镇', townshipId }] }] } });
  await expect(saying(newId<'OrgUnit'>())).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('“旧名镇”所选的乡镇街道已撤销或不在管辖范围内') });
  const said = await saying(own.id);
  const again = await preview(said);
  expect(again.warnings.filter((warning) => warning.includes('旧名镇'))).toEqual([]);
  expect(again.cells.filter(({ address }) => /^[BC]7$/.test(address)).map(({ title }) => title.split(' ')[0])).toEqual([own.name, own.name]);
  const told = await getOneForm(given.clerk(), { ...none, params: { formId: said.id } });
  expect(told.history[0]?.changes).toContainEqual(expect.objectContaining({ title: '印着的乡镇名', after: `“旧名镇”是${own.name}` }));
  const other = await upload('别的表', [{ name: '表', rows: [['别的表'], ['单位', '小区数（个）'], [first, null], [second, null], ['旧名镇', null]] }]);
  expect((await getCatalogue(given.clerk())).townships.find(({ id }) => id === own.id)?.otherNames).toEqual(['旧名镇']);
  expect((await preview(await save(other, other.suggestions))).cells.filter(({ address }) => address === 'B5').map(({ title }) => title.split(' ')[0])).toEqual([own.name]);
});

describe.each<Format>(['xlsx', 'xls'])('a list that grows, as %s', (format) => {
  test('pushes its sum, its notes and its signature down; and what stands below is no difference from last time', async () => {
    const form = await upload('名单', format === 'xlsx' ? [shortList('序码')] : 'short-list.xls');
    const [list] = form.suggestions.filter((mark) => mark.kind === 'list');
    const rows: Marks = list === undefined || list.kind !== 'list' ? [{ kind: 'list', sheet: 0, by: 'estate', firstRow: 4, lastRow: 5, matches: null, filter: {}, columns: ['serial', 'name', 'township', 'units', 'areaM2'].map((field, at) => ({ column: 'ABCDE'.charAt(at), content: 'field' as const, field })) }] : [list];
    const texts: Marks = form.suggestions.filter((mark) => mark.kind === 'text');
    expect(texts.map((mark) => (mark.kind === 'text' ? mark.cell : ''))).toEqual(['A7', 'A8']);
    const saved = await save(form, [...rows, ...texts]);
    const first = await preview(saved);
    const count = first.cells.filter(({ title }) => title.endsWith('小区名称')).length;
    const moved = (row: number) => row + count - 2;
    const sheet = await filled(saved);
    expect([count > 100, sheet.text(`A${moved(6)}`), sheet.text(`A${moved(8)}`)]).toEqual([true, '合计', expect.stringMatching(/^填报日期：2025年|^填报日期：2026年/)]);
    expect(sheet.number(`D${moved(6)}`)).toBe(Array.from({ length: count }, (_, at) => sheet.number(`D${4 + at}`) ?? 0).reduce((total, one) => total + one, 0));
    expect(readBlank(sheet.bytes)[0]?.heights[2]).toBe(0);
    const sent = await sendReport(given.leader(), { params: { formId: saved.id }, query: {}, body: { on: ledgerDay, digest: first.digest, reportedTo: '市住建局', signer: '李局', phone: '' } });
    // One estate less: the sum, the note and the signature stand a row higher, and only that estate's line is told.
    const gone = await given.clerk().transact(async (tx) => {
      const row = await tx.db.selectFrom('registry.estate').select(['id', 'name']).where('archivedAt', 'is', null).where('totalUnits', 'is not', null).orderBy('id').limit(1).executeTakeFirstOrThrow();
      await tx.db.updateTable('registry.estate').set({ archivedAt: given.clock.now(), archivedReason: '测试' }).where('id', '=', row.id).execute();
      tx.auditNothing('test');
      return row;
    });
    const again = await preview(saved);
    expect(again.differences.some(({ title, before }) => title === '文字' && before === null)).toBe(false);
    const told = again.differences.filter(({ title }) => !title.endsWith('序号') && title !== '文字');
    expect([told.length > 0, told.every(({ title, after }) => title.startsWith(gone.name) && after === null)]).toEqual([true, true]);
    expect((await getOneSending(given.clerk(), { ...none, params: { sendingId: sent.id } })).cells.length).toBe(first.cells.length);
    await given.clerk().transact(async (tx) => { await tx.db.updateTable('registry.estate').set({ archivedAt: null, archivedReason: null }).where('id', '=', gone.id).execute(); tx.auditNothing('test'); });
  });
});

test('a workbook of several sheets, one of them hidden, keeps its hidden rows and its print area; figures of urban and rural, a percent row and a rural column fill', async () => {
  const form = await upload('多表', [
    { name: '封面', rows: [['物业管理情况'], ['填报单位：'], ['填报日期', { format: 'yyyy-mm-dd' }]] },
    { name: '数据', printArea: '$A$1:$D$7', hiddenRows: [7], merges: ['A1:D1'], rows: [['物业基本情况统计'], ['指标', '城区', '乡镇', '合计'], ['小区总数（个）', null, null, '=B3+C3'], ['有物业服务企业的（个）', null, null, '=B4+C4'], ['物业服务覆盖率', percent, percent, percent], ['总户数（万户）', null, null, '=B6+C6'], ['隐藏', '1', '2', '3']] },
    { name: '字典', isHidden: true, rows: [['城关街道'], ['云岭镇'], ['青河乡']] },
  ]);
  const saved = await save(form, form.suggestions);
  const sheet = await filled(saved);
  expect([sheet.number('D3', 1), sheet.number('B5', 1), sheet.text('D5', 1), (sheet.number('D6', 1) ?? 0) < 100]).toEqual([173, expect.closeTo((sheet.number('B4', 1) ?? 0) / (sheet.number('B3', 1) ?? 1), 3), expect.stringMatching(/%$/), true]);
  expect([sheet.text('A2').length > '填报单位：'.length, sheet.number('B3'), sheet.text('B3')]).toEqual([true, expect.any(Number), '2026-11-20']);
  const after = readBlank(sheet.bytes);
  expect([after.map(({ isHidden }) => isHidden), after[1]?.heights[6], after[2]?.cells.map(({ text }) => text)]).toEqual([[false, false, true], 0, ['城关街道', '云岭镇', '青河乡']]);
});

test('a province’s table with the townships across the top fills each of them, sub-items, a percent row and areas in 万㎡', async () => {
  const across = names.slice(0, 5);
  const none5 = across.map(() => null);
  const form = await upload('横排', [{ name: 'Sheet1', merges: ['A1:H1', 'A3:A4', 'B3:B4', 'C3:H3'], rows: [
    ['全省物业管理覆盖情况季度统计表'], ['填报单位：', null, null, null, '填表日期：    年  月  日'], ['指标名称', '计量单位', '各地情况'], [null, null, '合计', ...across],
    ['一、住宅小区总数', '个', '=SUM(D5:H5)', ...none5], ['    其中：实施物业管理的小区', '个', '=SUM(D6:H6)', ...none5], ['二、物业服务覆盖率', '%', percent, ...across.map(() => percent)], ['三、总建筑面积', '万㎡', null, ...none5], ['单位负责人：            填表人：            联系电话：'],
  ] }]);
  const sheet = await filled(await save(form, form.suggestions));
  const row = (at: number) => 'DEFGH'.split('').map((column) => sheet.number(`${column}${at}`) ?? Number.NaN);
  expect([sheet.number('C5'), sheet.number('C6')]).toEqual([row(5), row(6)].map((values) => values.reduce((total, one) => total + one, 0)));
  row(7).forEach((share, at) => expect(share).toBeCloseTo((row(6)[at] ?? 0) / (row(5)[at] ?? 1), 3));
  expect([row(8).every((area) => area > 0 && area < 1_000), sheet.text('E2'), sheet.text('C7')]).toEqual([true, '填表日期：2026年11月20日', expect.stringMatching(/^\d+\.\d\d%$/)]);
});

test('a form kept from before looks were read gets them from its file when it is first opened, once, and keeps its marks and version', async () => {
  const form = await upload('样子', [{ name: '表', rows: [['甲表'], ['小区总数', null]] }]);
  const saved = await save(form, [{ kind: 'figure', sheet: 0, cell: 'B2', figure: 'estates.total', filter: {}, day: 'report', unit: '个', decimals: 0 }]);
  const kept = () => systemContext(given.kit).read((db) => db.selectFrom('report.form').select('sheets').where('id', '=', saved.id).executeTakeFirstOrThrow());
  await systemContext(given.kit).transact(async (tx) => {
    const bare = saved.sheets.map(({ looks: _looks, spans: _spans, ...sheet }) => sheet);
    await tx.db.updateTable('report.form').set({ sheets: JSON.stringify(bare) }).where('id', '=', saved.id).execute();
    tx.auditNothing('test: as it was kept before');
  });
  const opened = await getOneForm(given.leader(), { ...none, params: { formId: saved.id } });
  expect([opened.sheets, opened.marks, opened.version]).toEqual([saved.sheets, saved.marks, saved.version]);
  expect((await kept()).sheets).toMatchObject([{ looks: expect.any(Array), spans: expect.any(Array) }]);

  // What was sent before is frozen: it is shown with the looks of its own file, and stays as it is.
  const { digest } = await preview(saved);
  const sent = await sendReport(given.leader(), { params: { formId: saved.id }, query: {}, body: { on: ledgerDay, digest, reportedTo: '市住建局', signer: '李局', phone: '' } });
  const seen = () => getOneSending(given.clerk(), { ...none, params: { sendingId: sent.id } });
  const before = await seen();
  const owner = new pg.Client({ connectionString: given.ownerUrl });
  await owner.connect();
  await owner.query("alter table report.sending disable trigger user");
  const { rows: [row] } = await owner.query("update report.sending set sheets = (select jsonb_agg(s - 'looks' - 'spans') from jsonb_array_elements(sheets) s) where id = $1 returning sheets", [sent.id]);
  await owner.query("alter table report.sending enable trigger user");
  await owner.end();
  expect([Object.keys(row.sheets[0]).includes('looks'), (await seen()).sheets]).toEqual([false, before.sheets]);
});
