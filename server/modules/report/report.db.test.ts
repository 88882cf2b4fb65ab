import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Output } from '#contract/define-route.ts';
import type { getReportForm } from '#contract/report.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { truth } from '#modules/ledger/testing/given-county.ts';
import { readBlank } from '#platform/workbook/fill/read-blank.ts';
import { xlsxOf } from '#platform/workbook/workbook.fixture.ts';
import { blankBytes, blanks, givenReports, ledgerDay, none, type Given } from './testing/given-reports.ts';
import { getOneForm, listForms } from './use-cases/look-at-forms.ts';
import { downloadFilling, previewFilling, previewRows } from './use-cases/preview.ts';
import { archiveForm, saveMarks } from './use-cases/save-marks.ts';
import { saveTypedCells } from './use-cases/save-typed-cells.ts';
import { downloadSending, getOneSending, listSendings, sendingRows, sendReport } from './use-cases/send.ts';
import { uploadForm } from './use-cases/upload-form.ts';

let given: Given;
beforeAll(async () => { given = await givenReports(); });
afterAll(() => given.stop());

type Detail = Output<typeof getReportForm>;
type Marks = Answer<typeof getReportForm>['marks'];
const upload = async (name: string, bytes?: Buffer) => uploadForm(given.clerk({ uploads: await given.uploaded(name, bytes ?? await blankBytes(name)) }), { ...none, body: {} });
const save = (form: Detail, marks: Marks, more: { title?: string; version?: number } = {}) => saveMarks(given.clerk({ ifMatch: more.version ?? form.version }), { ...none, params: { formId: form.id }, body: { title: more.title ?? form.title, reportedTo: '市住建局', marks } });
const marked = async (name: string) => { const form = await upload(name); return save(form, form.suggestions); };
const look = (form: { id: Detail['id'] }, on = ledgerDay) => previewFilling(given.clerk(), { ...none, params: { formId: form.id }, query: { on } });
const bytesOf = async (content: unknown): Promise<Buffer> => { const chunks: Buffer[] = []; for await (const chunk of content as AsyncIterable<Buffer>) chunks.push(Buffer.from(chunk)); return Buffer.concat(chunks); };
const read = (bytes: Uint8Array, address: string) => { const [, column = '', row = ''] = /^([A-Z])(\d+)$/.exec(address) ?? []; return readBlank(bytes)[0]?.cells.find((cell) => cell.row === Number(row) && cell.column === column.charCodeAt(0) - 65); };

describe('a city’s monthly table', () => {
  let form: Detail;
  test('is suggested in full and fills with our numbers at the day; its own formulas add up', async () => {
    form = await marked(blanks.monthly);
    expect(form).toMatchObject({ title: '全市住宅物业管理工作情况月报表', markCount: form.marks.length });
    const filling = await look(form);
    const shown = new Map(filling.cells.map((cell) => [cell.address, cell.shown]));
    const expected = await truth();
    const sum = (row: number) => Number(shown.get(`E${row}`)) + Number(shown.get(`F${row}`));
    expect([sum(6), sum(10), sum(12), sum(14)]).toEqual([expected.estates.valid, expected.estates.units, expected.estates.withCommittee, expected.estates.expired]);
    expect([shown.get('D15'), shown.get('D16'), shown.get('A3')]).toEqual([String(expected.companies.valid), String(expected.practitioners.valid), expect.stringContaining('填报单位（盖章）：云川县')]);
    const text = (address: string) => filling.sheets[0]?.cells.find((cell) => `${String.fromCharCode(65 + cell.column)}${cell.row}` === address)?.text;
    expect([text('D6'), text('D13'), text('E3')]).toEqual(['173', '50.87', '截至日期：2025年6月30日']);
    expect(filling.cells.find(({ address }) => address === 'E13')?.definition).toContain('÷住宅小区总数');
    const { rows } = await previewRows(given.clerk(), { ...none, params: { formId: form.id }, query: { on: ledgerDay, sheet: 0, cell: 'E6' } });
    expect(rows).toHaveLength(Number(shown.get('E6')));
  });

  test('what was sent is frozen with file, hash, 口径 and rows, and is the same bytes for ever', async () => {
    const seen = await look(form);
    const body = { on: ledgerDay, digest: seen.digest, reportedTo: '市住建局', signer: '李局', phone: '0571-1' };
    await expect(sendReport(given.leader(), { params: { formId: form.id }, query: {}, body: { ...body, digest: 'a'.repeat(64) } })).rejects.toMatchObject({ code: 'state.stale' });
    const sent = await sendReport(given.leader(), { params: { formId: form.id }, query: {}, body });
    const file = async () => bytesOf((await downloadSending(given.clerk(), { ...none, params: { sendingId: sent.id } })).content);
    const bytes = await file();
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sent.fileHash);
    expect([read(bytes, 'D6'), read(bytes, 'A19')?.text]).toEqual([expect.objectContaining({ formula: 'E6+F6', number: 173 }), expect.stringMatching(/单位负责人：李局.*填表人：周敏.*联系电话：0571-1/)]);

    const estates = await given.clerk().transact(async (tx) => {
      const [gone] = await tx.db.updateTable('registry.estate').set({ archivedAt: given.clock.now(), archivedReason: '测试' }).where('id', '=', (eb) => eb.selectFrom('registry.estate').select('id').where('townshipId', '=', given.townshipId).orderBy('id').limit(1)).returning(['id', 'name']).execute();
      tx.auditNothing('test');
      return gone;
    });
    const frozen = await getOneSending(given.clerk(), { ...none, params: { sendingId: sent.id } });
    const rows = await sendingRows(given.clerk(), { ...none, params: { sendingId: sent.id }, query: { sheet: 0, cell: 'E6' } });
    expect([frozen.signer, frozen.cells.find(({ address }) => address === 'E6')?.shown, rows.rows.map(({ id }) => id).includes(estates?.id ?? '')]).toEqual(['李局', String(rows.rows.length), true]);
    expect((await file()).equals(bytes)).toBe(true);
    await expect(given.kit.database.write(given.clerk().scope, (db) => db.updateTable('report.sending').set({ signer: '别人' }).execute())).rejects.toThrow(/permission denied/u);

    // The difference from last time names the cell, the numbers and who went.
    const again = await look(form);
    const change = again.differences.find(({ address }) => address === 'E6');
    expect(change).toMatchObject({ before: String(rows.rows.length), after: String(rows.rows.length - 1), came: [], went: [{ id: estates?.id, name: estates?.name }] });
    expect(again.previous).toMatchObject({ id: sent.id });
    await expect(sendReport(given.leader(), { params: { formId: form.id }, query: {}, body })).rejects.toMatchObject({ code: 'state.stale' });

    // A correction is a new sending that names what it corrects and why.
    const correcting = { ...body, digest: again.digest, correctsId: sent.id };
    await expect(sendReport(given.leader(), { params: { formId: form.id }, query: {}, body: correcting })).rejects.toMatchObject({ code: 'input.invalid' });
    const corrected = await sendReport(given.leader(), { params: { formId: form.id }, query: {}, body: { ...correcting, correction: '小区已归档' } });
    const list = await listSendings(given.clerk(), { ...none, query: { limit: 50, formId: form.id } });
    expect(list.rows.map(({ id, correctsId, correctedById }) => ({ id, correctsId, correctedById }))).toEqual([{ id: corrected.id, correctsId: sent.id, correctedById: null }, { id: sent.id, correctsId: null, correctedById: corrected.id }]);
    expect(list.total).toBe(2);
  });

  test('next month’s blank is known again by its shape: a renamed sheet and another month keep the marks', async () => {
    const cells = async (title: string, name: string) => Buffer.from(await xlsxOf([{ name, rows: [[title], ['小区总数', null, '个'], ['电梯数', null, '台']] }]));
    const first = await upload('统计表10月.xlsx', await cells('2026年10月统计表', '10月'));
    const withMark = await save(first, [{ kind: 'figure', sheet: 0, cell: 'b2', figure: 'estates.total', filter: {}, day: 'report', unit: '个', decimals: 0 }]);
    const second = await upload('统计表11月.xlsx', await cells('2026年11月统计表', '11月'));
    expect([second.id, second.isRecognised, second.notices, second.fileName, second.version]).toEqual([first.id, true, ['工作表“10月”改名为“11月”，标记照旧'], '统计表11月.xlsx', withMark.version + 1]);
    expect((await look(second)).cells[0]).toMatchObject({ address: 'B2', shown: '172' });
  });

  test('a formula cannot be marked, a merge takes the mark at its upper left, a stale page is refused, nothing is filled for a day to come', async () => {
    const text = (cell: string): Marks => [{ kind: 'text', sheet: 0, cell, template: '{填表人}' }];
    await expect(save(form, text('D6'))).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('这是公式') });
    await expect(save(form, [{ kind: 'text', sheet: 0, cell: 'A1', template: '{文号}' }])).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(save(form, text('A1'), { version: form.version - 1 })).rejects.toMatchObject({ code: 'state.stale' });
    expect((await save(form, text('H3'))).marks).toMatchObject([{ cell: 'E3' }]);
    await expect(look(form, localDate('2027-01-01'))).rejects.toMatchObject({ code: 'input.invalid' });
  });
});

test('an old .xls fills by the printed townships and comes back as .xls', async () => {
  const form = await marked(blanks.old);
  const file = await downloadFilling(given.clerk(), { ...none, params: { formId: form.id }, query: { on: localDate('2025-07-31') } });
  const bytes = await bytesOf(file.content instanceof Buffer ? [file.content] : file.content);
  expect([file.fileName, file.mediaType]).toEqual(['试填_创城办统计表_截至2025-07-31.xls', 'application/vnd.ms-excel']);
  const column = (letter: string) => Array.from({ length: 12 }, (_, at) => Number(read(bytes, `${letter}${4 + at}`)?.text ?? 0)).reduce((sum, value) => sum + value, 0);
  expect([column('C'), read(bytes, 'C16')?.number, column('E'), read(bytes, 'E16')?.number]).toEqual([172, 172, column('E'), column('E')]);
  expect(read(bytes, 'A17')?.text).toContain('数据截至上月末');
});

test('a list by estate grows before its note; phones are in the file and masked on the screen', async () => {
  await given.clerk().transact(async (tx) => {
    await tx.db.updateTable('registry.estate').set({ managerName: '王强', managerPhoneCipher: given.kit.vault.seal('13800001234') }).where('id', '=', (eb) => eb.selectFrom('registry.estate').select('id').where('archivedAt', 'is', null).orderBy('id').limit(1)).execute();
    tx.auditNothing('test');
  });
  const form = await marked(blanks.list);
  const filling = await look(form);
  const file = await downloadFilling(given.clerk(), { ...none, params: { formId: form.id }, query: { on: ledgerDay } });
  const bytes = await bytesOf(file.content instanceof Buffer ? [file.content] : file.content);
  expect([read(bytes, 'A175')?.text, read(bytes, 'A174')?.text, read(bytes, 'B3')?.text]).toEqual(['（可自行增行）', '172', '城关街道']);
  const phones = filling.cells.filter(({ address }) => address.startsWith('H'));
  const masked = phones.find(({ shown }) => shown === '王强 138****1234');
  // Ids and digests may by chance hold eleven digits that look like a number.
  expect(JSON.stringify(filling).replaceAll(/[\da-f]{8}-[\da-f-]{27}|[\da-f]{64}/g, '')).not.toMatch(/\D1[3-9]\d{9}\D/);
  expect(readBlank(bytes)[0]?.cells.find(({ row, column }) => column === 7 && `H${row}` === masked?.address)?.text).toBe('王强 13800001234');
});

test('a cell that is typed at each filling takes what was typed, freezes it when sent, and begins with it the next time', async () => {
  const uploads = await given.uploaded('填写.xlsx', Buffer.from(await xlsxOf([{ name: '表', rows: [['填写试表'], ['小区总数', null], ['填表人：', null], ['整改笔数', null]] }])));
  const made = await uploadForm(given.clerk({ uploads }), { ...none, body: {} });
  const asks: Marks = [{ kind: 'figure', sheet: 0, cell: 'B2', figure: 'estates.total', filter: {}, day: 'report', unit: '个', decimals: 0 }, { kind: 'ask', sheet: 0, cell: 'A3', label: '填表人', template: '填表人：{填写}' }, { kind: 'ask', sheet: 0, cell: 'B4', label: '整改笔数', template: '{填写}' }];
  await expect(save(made, [{ kind: 'ask', sheet: 0, cell: 'A3', label: '填表人', template: '填表人：' }])).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('{填写}') });
  const form = await save(made, asks);
  expect((await look(form)).warnings).toEqual(expect.arrayContaining(['A3 填表人：还没有填写', 'B4 整改笔数：还没有填写']));
  const typed = (typedCells: { sheet: number; cell: string; text: string }[], version: number) => saveTypedCells(given.clerk({ ifMatch: version }), { ...none, params: { formId: form.id }, body: { typedCells } });
  await expect(typed([{ sheet: 0, cell: 'B2', text: '9' }], form.version)).rejects.toMatchObject({ code: 'input.invalid' });
  const kept = await typed([{ sheet: 0, cell: 'a3', text: '周敏' }, { sheet: 0, cell: 'B4', text: '12' }], form.version);
  expect(kept.typedCells).toEqual([{ sheet: 0, cell: 'A3', text: '周敏' }, { sheet: 0, cell: 'B4', text: '12' }]);
  expect(JSON.stringify(kept.history)).not.toContain('周敏：');
  await expect(typed([], form.version)).rejects.toMatchObject({ code: 'state.stale' });
  const seen = await look(form);
  const sent = await sendReport(given.leader(), { params: { formId: form.id }, query: {}, body: { on: ledgerDay, digest: seen.digest, reportedTo: '市住建局', signer: '李局' } });
  const bytes = await bytesOf((await downloadSending(given.clerk(), { ...none, params: { sendingId: sent.id } })).content);
  expect([read(bytes, 'A3')?.text, read(bytes, 'B4')?.number]).toEqual(['填表人：周敏', 12]);

  // Next time it is there already; typed anew, the preview of before is no longer what would be sent, and the difference names the cell.
  expect((await look(form)).cells.find(({ address }) => address === 'A3')?.shown).toBe('填表人：周敏');
  const before = await look(form);
  await typed([{ sheet: 0, cell: 'A3', text: '周敏' }, { sheet: 0, cell: 'B4', text: '15' }], kept.version);
  await expect(sendReport(given.leader(), { params: { formId: form.id }, query: {}, body: { on: ledgerDay, digest: before.digest, reportedTo: '市住建局', signer: '李局' } })).rejects.toMatchObject({ code: 'state.stale' });
  expect((await look(form)).differences.find(({ address }) => address === 'B4')).toMatchObject({ title: '整改笔数', before: '12', after: '15' });
});

test('every number and every line of a list opens the records behind it, in the preview and in what was sent; only texts have none', async () => {
  for (const name of Object.values(blanks)) {
    const bare = await save(await upload(name), []);
    const form = await save(bare, bare.suggestions);
    const seen = await look(form);
    const open = seen.cells.filter(({ kind, reason }) => (kind === 'figure' && reason === null) || kind === 'field');
    expect([name, open.length > 5]).toEqual([name, true]);
    // A field of a line is about that line's record; a number about as many as it counts.
    for (const cell of open) if (cell.kind === 'field') expect([cell.address, cell.rowCount > 0]).toEqual([cell.address, true]);
    const sample = [open[0], open.at(-1), open[Math.floor(open.length / 2)]].filter((cell) => cell !== undefined);
    const sent = await sendReport(given.leader(), { params: { formId: form.id }, query: {}, body: { on: ledgerDay, digest: seen.digest, reportedTo: '市住建局', signer: '李局' } });
    for (const { address, sheet, rowCount, kind, title } of sample) {
      const query = { sheet, cell: address };
      const { rows } = await previewRows(given.clerk(), { ...none, params: { formId: form.id }, query: { on: ledgerDay, ...query } });
      expect([name, address, rows.length]).toEqual([name, address, rowCount]);
      expect((await sendingRows(given.clerk(), { ...none, params: { sendingId: sent.id }, query })).rows).toEqual(rows);
      if (kind === 'field') expect(title).toContain(rows[0]?.name ?? '-');
    }
  }
});

test('a township fills its own scope and its form is nobody else’s; what is no workbook is refused with a sentence', async () => {
  const uploads = await given.uploaded('镇表.xlsx', Buffer.from(await xlsxOf([{ name: '表', rows: [['街道统计表'], ['小区总数', null], ['从业人员数', null]] }])));
  const made = await uploadForm(given.township({ uploads }), { ...none, body: {} });
  const figure = (cell: string, id: string, unit: '个' | '人') => ({ kind: 'figure', sheet: 0, cell, figure: id, filter: {}, day: 'report', unit, decimals: 0 } as const);
  await saveMarks(given.township({ ifMatch: made.version }), { ...none, params: { formId: made.id }, body: { title: '街道统计表', reportedTo: null, marks: [figure('B2', 'estates.total', '个'), figure('B3', 'practitioners.total', '人')] } });
  const own = await previewFilling(given.township(), { ...none, params: { formId: made.id }, query: { on: ledgerDay } });
  const all = await previewFilling(given.clerk(), { ...none, params: { formId: made.id }, query: { on: ledgerDay } });
  expect([Number(own.cells[0]?.shown) < 172, own.cells[1]?.shown, all.cells[0]?.shown === own.cells[0]?.shown]).toEqual([true, '—', true]);
  expect(own.warnings.join()).toContain('不分乡镇');
  expect((await listForms(given.township(), { ...none, query: { limit: 50 } })).rows.map(({ id }) => id)).toEqual([made.id]);
  await expect(upload('a.xlsx', Buffer.from('%PDF-1.7 not a workbook'))).rejects.toMatchObject({ code: 'workbook.refused', message: expect.stringContaining('PDF') });
  await archiveForm(given.township({ ifMatch: made.version + 1 }), { ...none, params: { formId: made.id }, body: { reason: '不再报送' } });
  await expect(getOneForm(given.township(), { ...none, params: { formId: made.id } })).resolves.toMatchObject({ can: { mark: '已归档，不能再填报' } });
});
