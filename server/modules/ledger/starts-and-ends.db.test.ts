import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { undoOneImport } from './use-cases/settle-batch.ts';
import { oldFormatOf, temporaryFolder } from '#platform/workbook/workbook.fixture.ts';
import { givenImports, workbook } from './testing/given-import.ts';

interface Contract { readonly company: string; readonly startsOn: string | null; readonly terminatedOn: string | null }
interface Holding { readonly name: string; readonly validFrom: string | null; readonly validTo: string | null }

describe('a ledger tells when something begins and ends', () => {
  let at: Awaited<ReturnType<typeof givenImports>>;
  beforeAll(async () => {
    at = await givenImports();
    await bring('companies', [['企业名称', '信用代码'], ['甲物业有限公司', ''], ['乙物业有限公司', '']]);
  });
  afterAll(() => at.stop());
  const bring = async (kind: 'companies' | 'estates' | 'units', rows: (string | number | null)[][]) => at.confirm((await at.upload(kind, [await workbook(rows)])).id);
  const estate = (name: string) => at.as().read((db) => db.selectFrom('registry.estate').selectAll().where('name', '=', name).where('archivedAt', 'is', null).executeTakeFirstOrThrow());
  const contracts = async (name: string) => (await at.as().read((db) => sql<Contract>`
    select c.name as company, k.starts_on::text, k.terminated_on::text from registry.service_contract k join registry.company c on c.id = k.company_id join registry.estate e on e.id = k.estate_id
     where e.name = ${name} and k.superseded_at is null order by k.recorded_at`.execute(db))).rows;
  const holders = async (room: string) => (await at.as().read((db) => sql<Holding>`
    select o.name, s.valid_from::text, s.valid_to::text from registry.ownership s join registry.owner o on o.id = s.owner_id join registry.unit u on u.id = s.unit_id
     where u.room = ${room} and s.superseded_at is null order by s.valid_from nulls first, s.kind desc`.execute(db))).rows;
  const today = () => at.as().today;
  const served = (name: string, company = '甲物业有限公司') => bring('estates', [['乡镇', '小区名称', '物业公司', '合同起始日期'], ['城关街道', name, company, '2023-01-01']]);

  test.each([['业主自管', 'self'], ['无物业', 'unmanaged'], ['准物业', 'quasi'], ['社区托管', 'neighbourhood']])('%s in the place of the company ends the contract on the day of the import, and an undo lets it go on', async (words, kind) => {
    const name = `${words}苑`;
    await served(name);
    const batch = await at.upload('estates', [await workbook([['乡镇', '小区名称', '物业公司'], ['城关街道', name, words]])]);
    const [row] = await at.rows(batch.id);
    expect(row).toMatchObject({ outcome: 'changed' });
    expect(row?.changes).toContainEqual(expect.objectContaining({ title: '物业服务合同终止', before: '甲物业有限公司' }));
    await at.confirm(batch.id);
    expect(await estate(name)).toMatchObject({ companyId: null, managementKind: kind });
    expect(await contracts(name)).toEqual([{ company: '甲物业有限公司', startsOn: '2023-01-01', terminatedOn: today() }]);
    await undoOneImport(at.as(), { params: { batchId: batch.id }, query: {}, body: { reason: '传错了' } });
    expect(await contracts(name)).toEqual([{ company: '甲物业有限公司', startsOn: '2023-01-01', terminatedOn: null }]);
    expect((await estate(name)).companyId).not.toBeNull();
  });

  test('the contract’s end in the ledger is its last day; the same file again changes nothing', async () => {
    await served('到期苑');
    const rows = [['乡镇', '小区名称', '物业公司', '合同到期日期'], ['城关街道', '到期苑', '业主自管', '2025-03-31']];
    await bring('estates', rows);
    expect(await contracts('到期苑')).toEqual([{ company: '甲物业有限公司', startsOn: '2023-01-01', terminatedOn: '2025-04-01' }]);
    expect(await at.upload('estates', [await workbook(rows)])).toMatchObject({ counts: { unchanged: 1 } });
  });

  test('an end in the future is the day of the import: the row says that nobody serves the estate now', async () => {
    await served('早退苑');
    await bring('estates', [['乡镇', '小区名称', '物业公司', '合同到期日期'], ['城关街道', '早退苑', '业主自管', '2099-12-31']]);
    expect(await contracts('早退苑')).toMatchObject([{ terminatedOn: today() }]);
  });

  test('a blank company beside a way of managing without one ends the contract, a blank alone keeps it and warns', async () => {
    await served('空白苑');
    const alone = await at.upload('estates', [await workbook([['乡镇', '小区名称', '物业公司', '总户数'], ['城关街道', '空白苑', '', 10]])]);
    expect((await at.rows(alone.id))[0]?.problems).toMatchObject([{ code: 'blank-kept', severity: 'warn' }]);
    await at.confirm(alone.id);
    expect(await contracts('空白苑')).toMatchObject([{ terminatedOn: null }]);
    await bring('estates', [['乡镇', '小区名称', '物业公司', '管理方式'], ['城关街道', '空白苑', '', '业主自管']]);
    expect(await contracts('空白苑')).toMatchObject([{ terminatedOn: today() }]);
    expect(await estate('空白苑')).toMatchObject({ companyId: null, managementKind: 'self' });
  });

  const header = ['小区', '楼栋', '房号', '面积', '产权人', '交付日期', '登记日期'];

  test('the first owner holds from the day of registration, else of delivery, else as long as anyone knows', async () => {
    await served('起始苑');
    await bring('units', [header, ['起始苑', '1', '101', 90, '甲一', '2012-05-01', '2013-06-01'], ['起始苑', '1', '102', 90, '甲二', '2012-05-01', ''], ['起始苑', '1', '103', 90, '甲三', '', ''], ['起始苑', '1', '104', 90, '甲四', '2099-01-01', '']]);
    expect(await holders('101')).toEqual([{ name: '甲一', validFrom: '2013-06-01', validTo: null }]);
    expect(await holders('102')).toEqual([{ name: '甲二', validFrom: '2012-05-01', validTo: null }]);
    expect(await holders('103')).toEqual([{ name: '甲三', validFrom: null, validTo: null }]);
    expect(await holders('104')).toEqual([{ name: '甲四', validFrom: null, validTo: null }]);
  });

  test('the next owner holds from his registration, else from the day of the import, never from the delivery', async () => {
    await bring('units', [header, ['起始苑', '1', '101', 90, '乙一', '2012-05-01', '2020-02-03'], ['起始苑', '1', '102', 90, '乙二', '2012-05-01', '']]);
    expect(await holders('101')).toEqual([{ name: '甲一', validFrom: '2013-06-01', validTo: '2020-02-03' }, { name: '乙一', validFrom: '2020-02-03', validTo: null }]);
    expect(await holders('102')).toEqual([{ name: '甲二', validFrom: '2012-05-01', validTo: today() }, { name: '乙二', validFrom: today(), validTo: null }]);
  });
});

describe('what the county’s own books make of a name', () => {
  let at: Awaited<ReturnType<typeof givenImports>>;
  beforeAll(async () => { at = await givenImports(); });
  afterAll(() => at.stop());

  test('a township with the county before it or its community behind it, and a community alone', async () => {
    const outcomes = async (rows: string[][]) => (await at.rows((await at.upload('estates', [await workbook(rows)])).id)).map(({ title, outcome }) => [title, outcome]);
    expect(await outcomes([['街道', '小区名称'], ['云川县城关街道', '甲苑'], ['城关街道城关东门社区', '乙苑'], ['城关街', '丁苑']])).toEqual([['城关街道 · 甲苑', 'new'], ['城关街道 · 乙苑', 'new'], ['丁苑', 'refused']]);
    expect(await outcomes([['社区', '小区名称'], ['临川西苑社区', '丙苑'], ['西苑社区', '戊苑']])).toEqual([['临川街道 · 丙苑', 'new'], ['戊苑', 'refused']]);
  });

  test('a township that was merged into another is known by its old name', async () => {
    const [old, next] = [await at.townshipId('临川街道'), await at.townshipId('城关街道')];
    await at.as().transact(async (tx) => { tx.auditNothing('test'); await sql`update platform.org_unit set archived_at = now(), merged_into_id = ${next} where id = ${old}`.execute(tx.db); });
    const batch = await at.upload('estates', [await workbook([['街道', '小区名称'], ['临川街道', '老苑'], ['临川', '旧苑']])]);
    expect((await at.rows(batch.id)).map(({ title, outcome }) => [title, outcome])).toEqual([['城关街道 · 老苑', 'new'], ['城关街道 · 旧苑', 'new']]);
  });

  test('rows that are hidden are read, and the user is told', async () => {
    const folder = await temporaryFolder();
    const bytes = oldFormatOf({ 企业: [['企业名称', '信用代码'], ['丙物业有限公司', ''], ['丁物业有限公司', '']] }, 'xlsx', (book) => { const sheet = book.Sheets['企业']; if (sheet !== undefined) sheet['!rows'] = [{}, { hidden: true }]; });
    const batch = await at.upload('companies', [await folder.put('名录.xlsx', bytes)]);
    expect(batch).toMatchObject({ counts: { rows: 2 }, notice: '“企业”表有1行是隐藏的，也一并读取，请留意。' });
    await folder.remove();
  });

  test('another table on the sheet is not read, and the user is told where it begins', async () => {
    const batch = await at.upload('companies', [await workbook([['企业名称', '信用代码', '法人'], ['甲物业有限公司', '', '张三'], ['企业名称', '退出时间', '退出原因'], ['乙物业有限公司', '2024.5', '合同到期']])]);
    expect(batch).toMatchObject({ counts: { rows: 1 }, notice: '“台账”表第3行起是另一张表，没有读取；需要导入的，请单独放在一张工作表里。' });
  });
});
