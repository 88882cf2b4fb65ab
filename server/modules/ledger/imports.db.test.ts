import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import { everything, type Scope } from '#platform/access/scope.ts';
import { deliverEvent } from '#platform/events/deliver.ts';
import { downloadFile, listLacking } from './use-cases/look-at-batches.ts';
import { mendRow } from './use-cases/mend-row.ts';
import { pickColumns } from './use-cases/pick-columns.ts';
import { downloadRefused } from './use-cases/refused-rows.ts';
import { addDays, todayIn } from '#domain/kernel/local-date.ts';
import { ledgerRetentions } from './retentions.ts';
import { cancelImport, undoOneImport } from './use-cases/settle-batch.ts';
import { uploadLedger } from './use-cases/upload-ledger.ts';
import { sample } from './testing/given-county.ts';
import { givenImports, workbook } from './testing/given-import.ts';

const ESTATES = ['乡镇（街道）', '小区名称', '地址', '总户数', '入住户数', '物业服务企业'];

describe('an import by way of the pages', () => {
  let at: Awaited<ReturnType<typeof givenImports>>;
  beforeAll(async () => { at = await givenImports(); });
  afterAll(() => at.stop());
  const estate = (name: string) => at.as().read((db) => db.selectFrom('registry.estate').selectAll().where('name', '=', name).where('archivedAt', 'is', null).executeTakeFirst());
  const mend = (batchId: Id<'Batch'>, rowNo: number, body: object) => mendRow(at.as(), { params: { batchId, rowNo }, query: {}, body });

  test('nothing is written before it is confirmed; then it is, with one audit entry and one event', async () => {
    const batch = await at.upload('estates', [await workbook([ESTATES, ['城关街道', '甲苑', '一路1号', 100, 60, null], ['城关街道', '乙苑', '一路2号', 50, 10, null]])]);
    expect(batch).toMatchObject({ status: 'preview', counts: { rows: 2, new: 2, refused: 0 } });
    expect(await at.countOf('registry.estate')).toBe(0);
    expect(await at.confirm(batch.id)).toMatchObject({ status: 'committed', can: { undo: true } });
    expect(await at.countOf('registry.estate')).toBe(2);
    expect(await at.countOf("audit.entry where action = 'ledger.import'")).toBe(1);
    expect(await at.countOf("platform.event where name = 'ledger.imported'")).toBe(1);
  });

  test('confirming twice does it once', async () => {
    const batch = await at.upload('estates', [await workbook([ESTATES, ['城关街道', '丙苑', '三路', 10, 1, null]])]);
    await at.confirm(batch.id);
    expect(await at.confirm(batch.id)).toMatchObject({ status: 'committed' });
    expect(await at.countOf("registry.estate where name = '丙苑'")).toBe(1);
  });

  test('a blank cell keeps the old value and warns, an absent column leaves things untouched, a changed one is shown field by field', async () => {
    const batch = await at.upload('estates', [await workbook([['乡镇（街道）', '小区名称', '地址', '总户数'], ['城关街道', '甲苑', null, 120]])]);
    const [row] = await at.rows(batch.id);
    expect(row).toMatchObject({ outcome: 'changed', changes: [{ field: 'unitCount', before: '100', after: '120' }] });
    expect(row?.problems).toMatchObject([{ code: 'blank-kept', severity: 'warn', column: 'C', header: '地址' }]);
    await at.confirm(batch.id);
    expect(await estate('甲苑')).toMatchObject({ address: '一路1号', totalUnits: 120, occupiedUnits: 60 });
  });

  test('what the file lacks is listed and stays', async () => {
    const batch = await at.upload('estates', [await workbook([ESTATES, ['城关街道', '甲苑', '一路1号', 120, 60, null]])]);
    const { rows } = await listLacking(at.as(), { params: { batchId: batch.id }, query: { limit: 50 }, body: {} });
    expect(rows.map(({ name }) => name).toSorted()).toEqual(['丙苑', '乙苑']);
    await at.confirm(batch.id);
    expect(await estate('乙苑')).toBeDefined();
  });

  test('a refused row mended on screen is judged again and the counts follow', async () => {
    const batch = await at.upload('estates', [await workbook([ESTATES, ['城关街道', '丁苑', '四路', '约三百', 10, null], ['不存在镇', '戊苑', '五路', 30, 10, null]])]);
    expect(batch.counts).toMatchObject({ refused: 2, new: 0 });
    const first = await mend(batch.id, 1, { cells: { unitCount: '300' } });
    expect(first.row).toMatchObject({ outcome: 'new', problems: [], cells: expect.arrayContaining([expect.objectContaining({ field: 'unitCount', text: '300', isMended: true })]) });
    expect(first.batch.counts).toMatchObject({ refused: 1, new: 1 });
    const second = await mend(batch.id, 2, { resolution: { townshipId: await at.townshipId('临川街道') } });
    expect(second).toMatchObject({ row: { outcome: 'new', title: '临川街道 · 戊苑' }, batch: { counts: { refused: 0, new: 2 } } });
    await at.confirm(batch.id);
    expect(await estate('丁苑')).toMatchObject({ totalUnits: 300 });
  });

  test('mending a row into what another row says makes it a duplicate', async () => {
    const batch = await at.upload('estates', [await workbook([ESTATES, ['城关街道', '己苑', '六路', 1, 1, null], ['城关街道', '庚苑', '六路', 1, 1, null]])]);
    expect(await mend(batch.id, 2, { cells: { name: '己苑' } })).toMatchObject({ row: { outcome: 'refused', problems: [{ code: 'duplicate' }] }, batch: { counts: { new: 1, refused: 1 } } });
  });

  test('an unknown company may be made together with the import, for all rows that name it', async () => {
    const rows = ['辛苑', '壬苑'].map((name) => ['城关街道', name, '七路', 10, 1, '云川县新来物业服务有限公司']);
    const batch = await at.upload('estates', [await workbook([ESTATES, ...rows])]);
    const [row] = await at.rows(batch.id, { problem: 'company-unknown' });
    expect(row?.offers.createCompany).toBe('云川县新来物业服务有限公司');
    const mended = await mend(batch.id, 1, { resolution: { createCompany: { name: '云川县新来物业服务有限公司' } }, forAllAlike: true });
    expect(mended).toMatchObject({ alsoJudged: 1, batch: { counts: { warned: 0 } } });
    expect(await at.countOf('registry.company')).toBe(0);
    await at.confirm(batch.id);
    expect(await at.countOf('registry.company')).toBe(1);
    expect((await estate('壬苑'))?.companyId).toBe((await estate('辛苑'))?.companyId);
    expect((await estate('壬苑'))?.companyId).not.toBeNull();
  });

  test('an edit between preview and confirmation stops the import, the row is judged again and the user is told', async () => {
    const batch = await at.upload('estates', [await workbook([['乡镇（街道）', '小区名称', '地址'], ['城关街道', '甲苑', '新地址8号']])]);
    await at.as().transact(async (tx) => { tx.auditNothing('somebody else'); await tx.db.updateTable('registry.estate').set((eb) => ({ address: '别人改的地址', version: eb('version', '+', 1) })).where('name', '=', '甲苑').execute(); });
    const stopped = await at.confirm(batch.id);
    expect(stopped).toMatchObject({ status: 'preview', notice: expect.stringContaining('被他人修改') });
    expect((await estate('甲苑'))?.address).toBe('别人改的地址');
    expect((await at.rows(batch.id))[0]?.changes).toEqual([{ field: 'address', title: '地址', before: '别人改的地址', after: '新地址8号' }]);
    expect(await at.confirm(batch.id)).toMatchObject({ status: 'committed' });
    expect((await estate('甲苑'))?.address).toBe('新地址8号');
  });

  test('an undo puts changed records back and takes new ones away; those edited since stay and are named', async () => {
    const batch = await at.upload('estates', [await workbook([ESTATES, ['城关街道', '甲苑', '撤销前', 120, 60, null], ['城关街道', '乙苑', '撤销前', 50, 10, null], ['城关街道', '癸苑', '撤销前', 5, 1, null]])]);
    await at.confirm(batch.id);
    at.clock.set('2026-11-20T03:00:00.000Z');
    await at.as().transact(async (tx) => { tx.auditNothing('somebody else'); await tx.db.updateTable('registry.estate').set((eb) => ({ note: '后来补记', version: eb('version', '+', 1) })).where('name', '=', '乙苑').execute(); });
    const undo = (dryRun: boolean) => undoOneImport(at.as(), { params: { batchId: batch.id }, query: {}, body: { reason: '选错了文件', dryRun } });
    const trial = await undo(true);
    expect(trial).toMatchObject({ restored: 1, removed: 1, leftCount: 1, left: [{ kind: '小区', name: '城关街道 · 乙苑' }], batch: { status: 'committed' } });
    expect((await estate('甲苑'))?.address).toBe('撤销前');
    expect(await undo(false)).toMatchObject({ restored: 1, removed: 1, leftCount: 1, batch: { status: 'undone' } });
    expect([(await estate('甲苑'))?.address, (await estate('乙苑'))?.address, await estate('癸苑')]).toEqual(['新地址8号', '撤销前', undefined]);
    await expect(undo(false)).rejects.toThrow('已经撤销');
  });

  test('refused rows come down as a workbook with 原因, and come in again once mended', async () => {
    const batch = await at.upload('estates', [await workbook([[...ESTATES, '自编号'], ['城关街道', '子苑', '八路', '约十', 1, null, 'A-7']])]);
    const download = await downloadRefused(at.as(), { params: { batchId: batch.id }, query: {}, body: {} });
    const path = await workbook([['x']], { name: '退回.xlsx' });
    await pipeline(download.content as Readable, createWriteStream(path));
    const again = await at.upload('estates', [path]);
    expect(again.counts).toMatchObject({ rows: 1, refused: 1 });
    expect(again.sheets[0]?.columns.map(({ header }) => header)).toEqual([...ESTATES.map((header) => header.replace('（', '(').replace('）', ')')), '自编号', '原行号', '原因']);
    const reason = again.sheets[0]?.columns.find(({ header }) => header === '原因')?.samples[0];
    expect(reason).toContain('不是数字');
  });

  test('the original file is kept byte for byte', async () => {
    const path = await workbook([ESTATES, ['城关街道', '丑苑', '九路', 1, 1, null]]);
    const batch = await at.upload('estates', [path]);
    const { content } = await downloadFile(at.as(), { params: { batchId: batch.id, fileNo: 1 }, query: {}, body: {} });
    const bytes = async (stream: Readable) => { const pieces: Buffer[] = []; for await (const piece of stream) pieces.push(piece as Buffer); return Buffer.concat(pieces); };
    expect((await bytes(content as Readable)).equals(await bytes(createReadStream(path)))).toBe(true);
  });

  test('a cancelled batch keeps no rows', async () => {
    const batch = await at.upload('estates', [await workbook([ESTATES, ['城关街道', '寅苑', '九路', 1, 1, null]])]);
    expect(await cancelImport(at.as(), { params: { batchId: batch.id }, query: {}, body: {} })).toMatchObject({ status: 'cancelled' });
    expect(await at.rows(batch.id)).toEqual([]);
  });

  test('a batch that nobody confirmed within its days is given up and keeps no rows; one day earlier it still waits', async () => {
    const batch = await at.upload('estates', [await workbook([ESTATES, ['城关街道', '寅苑二', '九路', 1, 1, null]])]);
    const [unconfirmed] = ledgerRetentions.filter(({ kind }) => kind === 'ledger.unconfirmed');
    const { countyId, createdAt } = await at.as().read((db) => db.selectFrom('ledger.batch').select(['countyId', 'createdAt']).where('id', '=', batch.id).executeTakeFirstOrThrow());
    const purge = (day: number) => at.as().transact(async (tx) => { tx.auditNothing('each given up has its own entry'); return unconfirmed?.purge(tx, countyId, addDays(todayIn(createdAt), day), at.as().kit); });
    await purge(90);
    expect([(await at.rows(batch.id)).length, (await statusOf(batch.id)).status]).toEqual([1, 'preview']);
    await purge(91);
    expect([await at.rows(batch.id), await statusOf(batch.id)]).toEqual([[], { status: 'cancelled', notice: '上传后很久没有确认，已自动放弃；需要的请重新上传' }]);
    expect(await purge(91)).toBe(0);
  });
  const statusOf = (id: Id<'Batch'>) => at.as().read((db) => db.selectFrom('ledger.batch').select(['status', 'notice']).where('id', '=', id).executeTakeFirstOrThrow());

  test('a header in words nobody foresaw waits for the user, and is known the next time', async () => {
    const odd = async (name: string) => workbook([['片儿', '院落叫啥', '多少家'], ['城关街道', name, 12], ['城关街道', `${name}东`, 13], ['城关街道', `${name}西`, 14]]);
    const batch = await at.upload('estates', [await odd('卯苑')]);
    expect(batch).toMatchObject({ status: 'mapping', can: { map: true } });
    await pickColumns(at.as(), { params: { batchId: batch.id }, query: {}, body: { sheets: [{ fileNo: 1, sheet: '台账', headerRows: [1], firstRow: 2, columns: { township: 0, name: 1, unitCount: 2 }, headers: {}, constants: {}, townshipFrom: 'column' }] } });
    await at.work();
    expect(await at.look(batch.id)).toMatchObject({ status: 'preview', counts: { rows: 3, new: 3 } });
    expect(await at.upload('estates', [await odd('辰苑')])).toMatchObject({ status: 'preview', counts: { rows: 3, new: 3 } });
  });

  test('a township touches its own estates only, and leaves companies to the county', async () => {
    const id = await at.townshipId('临川街道');
    const scope: Scope = { level: 'township', id, countyId: at.countyId };
    const batch = await at.upload('estates', [await workbook([ESTATES, ['城关街道', '甲苑', '越界', 1, 1, null], ['临川街道', '巳苑', '本地', 10, 1, null]])], {}, scope);
    expect(batch.counts).toMatchObject({ refused: 1, new: 1 });
    expect((await at.rows(batch.id, { outcome: 'refused' }))[0]?.problems).toMatchObject([{ code: 'out-of-scope' }]);
    expect(await at.confirm(batch.id, scope)).toMatchObject({ status: 'committed' });
    expect((await estate('巳苑'))?.townshipId).toBe(id);
    await expect(at.upload('companies', [sample('物业服务企业台账.xlsx')], {}, scope)).rejects.toThrow('县住建局');
  });

  test('a reading that dies again and again is given up with a sentence', async () => {
    const uploads = [await at.stored(await workbook([ESTATES, ['城关街道', '午苑', '十路', 1, 1, null]]))];
    const { id } = await uploadLedger(at.as(uploads), { params: {}, query: {}, body: { kind: 'estates' } });
    await at.kit.database.write(everything, (db) => db.updateTable('platform.job').set({ status: 'running', attempts: 5 }).where('status', '=', 'waiting').execute());
    await at.work();
    expect(await at.look(id)).toMatchObject({ status: 'failed', failure: expect.stringContaining('多次中断'), can: { cancel: true } });
  });

  test('a wrong file gets a sentence and stores nothing', async () => {
    const batches = await at.countOf('ledger.batch');
    const path = await workbook([['x']]);
    const wrong = async (name: string, content: string | Buffer) => { const made = join(dirname(path), name); await writeFile(made, content); return made; };
    const cases: [string, RegExp][] = [
      [await wrong('空.xlsx', ''), /空的/], [await wrong('文字.xlsx', '你好,世界'), /CSV|不是 Excel/], [await wrong('断.xlsx', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200)])), /损坏/],
      [sample('从业人员名册.xlsx'), /看起来像|没有找到/],
    ];
    for (const [file, sentence] of cases) await expect(at.upload('estates', [file])).rejects.toThrow(sentence);
    expect(await at.countOf('ledger.batch')).toBe(batches);
  });
});

describe('owners come with their purpose', () => {
  let at: Awaited<ReturnType<typeof givenImports>>;
  const UNITS = ['小区', '楼栋', '单元', '房号', '建筑面积(㎡)', '产权人', '证件号', '联系电话', '共有人', '登记依据'];
  beforeAll(async () => {
    at = await givenImports();
    const batch = await at.upload('estates', [await workbook([ESTATES, ['城关街道', '甲苑', '一路', 10, 5, null], ['城关街道', '同名苑', '一路', 10, 5, null], ['临川街道', '同名苑', '一路', 10, 5, null]])]);
    await at.confirm(batch.id);
  });
  afterAll(() => at.stop());

  test('without a purpose, a document and a day of deletion the upload is refused', async () => {
    await expect(at.upload('units', [sample('房屋业主名册.xlsx')], { purpose: '', document: '', deleteOn: undefined })).rejects.toThrow('使用目的');
  });

  test('personal numbers are covered on the page and sealed in the database', async () => {
    const batch = await at.upload('units', [await workbook([UNITS, ['甲苑', '1栋', '1单元', '101', 88.5, '张三', '990101199007230768', '13900001111', '李四', '不动产登记簿'], ['甲苑', '1栋', '1单元', '102', 90, '王五', '990101199007230769', '13900002222', null, '不动产登记簿']])]);
    const [good, bad] = await at.rows(batch.id);
    expect(good?.cells.find(({ field }) => field === 'ownerIdNumber')?.text).toBe('**************0768');
    expect(bad?.problems[0]?.message).not.toContain('990101199007230769');
    expect(await at.countOf("ledger.batch_row where raw::text || fields::text || problems::text like '%99010119900723076%' or raw::text like '%1390000%'")).toBe(0);
    await at.confirm(batch.id);
    expect(await at.countOf("registry.owner where purpose_id is not null")).toBe(2);
    expect(await at.countOf("registry.owner_purpose where document = '云住建函〔2026〕1号'")).toBe(1);
  });

  test('after the import its numbers stay in the registry alone; the rows are shown without them, the refused one can still be mended', async () => {
    const batch = await at.upload('units', [await workbook([UNITS, ['甲苑', '1栋', '1单元', '103', 88.5, '钱七', '990101199007230768', '13900001111', null, '不动产登记簿'], ['甲苑', '1栋', '1单元', '104', 90, '王五', '990101199007230769', '13900002222', null, '不动产登记簿']])]);
    await at.confirm(batch.id);
    const events = await at.kit.database.read(everything, (db) => db.selectFrom('platform.event').select('id').where('key', 'like', `${batch.id}%`).execute());
    for (const { id } of [...events, ...events]) await deliverEvent(at.kit, id, 'ledger');
    expect(await at.countOf(`ledger.batch_row where batch_id = '${batch.id}' and outcome = 'new' and (sealed is not null or fields <> '{}')`)).toBe(0);
    const [good, bad] = await at.rows(batch.id);
    expect(good?.cells.find(({ field }) => field === 'ownerIdNumber')?.text).toBe('导入后此处不再保存');
    expect(good?.cells.find(({ field }) => field === 'ownerName')?.text).toBe('钱七');
    expect(bad?.cells.find(({ field }) => field === 'ownerIdNumber')?.text).toBe('**************0769');
    expect(await at.countOf("registry.owner where name = '钱七' and id_cipher is not null and phone_cipher is not null")).toBe(1);
  });

  test('an estate whose name stands in two townships is asked about, and settled for all its rows at once', async () => {
    const batch = await at.upload('units', [await workbook([UNITS, ...['201', '202', '203'].map((room) => ['同名苑', '1栋', '1单元', room, 80, '赵六', null, '13900003333', null, '测绘成果'])])]);
    expect(batch.counts).toMatchObject({ refused: 3 });
    const [row] = await at.rows(batch.id);
    expect(row?.problems).toMatchObject([{ code: 'estate-ambiguous' }]);
    const choice = row?.offers.estates.find(({ detail }) => detail === '临川街道');
    const mended = await mendRow(at.as(), { params: { batchId: batch.id, rowNo: 1 }, query: {}, body: { resolution: { estateId: makeId<'Estate'>(choice?.id ?? '') }, forAllAlike: true } });
    expect(mended).toMatchObject({ alsoJudged: 2, batch: { counts: { new: 3, refused: 0 } } });
  });

  test('a sale is told as a change of owner, and an undo gives the former owner back', async () => {
    const batch = await at.upload('units', [await workbook([UNITS, ['甲苑', '1号楼', '一单元', '101室', 88.5, '钱七', '990101198208068790', '13900004444', null, '不动产登记簿']])]);
    expect((await at.rows(batch.id))[0]).toMatchObject({ outcome: 'changed', changes: [{ field: 'ownerName', before: '张三', after: '钱七' }] });
    at.clock.set('2026-11-20T04:00:00.000Z');
    await at.confirm(batch.id);
    const owners = () => at.as().read((db) => db.selectFrom('registry.ownership as s').innerJoin('registry.owner as o', 'o.id', 's.ownerId').innerJoin('registry.unit as u', 'u.id', 's.unitId').select('o.name').where('u.room', '=', '101').where('s.validTo', 'is', null).where('s.supersededAt', 'is', null).where('s.kind', '=', 'owner').execute());
    expect(await owners()).toEqual([{ name: '钱七' }]);
    at.clock.set('2026-11-20T05:00:00.000Z');
    await undoOneImport(at.as(), { params: { batchId: batch.id }, query: {}, body: { reason: '名册有误' } });
    expect(await owners()).toEqual([{ name: '张三' }]);
  });

  test('the same number under another name corrects the name: no sale, the co-owner stays, and the same file again changes nothing', async () => {
    const file = await workbook([UNITS, ['甲苑', '1栋', '1单元', '101', 88.5, '张山', '990101199007230768', '13900001111', '李四', '不动产登记簿']]);
    const holders = () => at.as().read((db) => db.selectFrom('registry.ownership as s').innerJoin('registry.owner as o', 'o.id', 's.ownerId').innerJoin('registry.unit as u', 'u.id', 's.unitId').select(['o.id', 'o.name', 's.kind']).where('u.room', '=', '101').where('s.validTo', 'is', null).where('s.supersededAt', 'is', null).orderBy('s.kind', 'desc').execute());
    const before = await holders();
    expect(before.map(({ name }) => name)).toEqual(['张三', '李四']);
    const batch = await at.upload('units', [file]);
    expect((await at.rows(batch.id))[0]).toMatchObject({ outcome: 'changed', changes: [{ field: 'ownerName', before: '张三', after: '张山' }] });
    at.clock.set('2026-11-20T06:00:00.000Z');
    await at.confirm(batch.id);
    expect(await holders()).toEqual(before.map((holder) => (holder.name === '张三' ? { ...holder, name: '张山' } : holder)));
    expect((await at.upload('units', [await workbook([UNITS, ['甲苑', '1栋', '1单元', '101', 88.5, '张山', '990101199007230768', '13900001111', '李四', '不动产登记簿']])])).counts).toMatchObject({ unchanged: 1, changed: 0 });
  });
});
