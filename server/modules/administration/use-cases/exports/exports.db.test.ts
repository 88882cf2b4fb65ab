import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { readXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportAuditEntries as auditRoute } from '#contract/administration/audit.ts';
import { exportEventDeliveries as deliveriesRoute } from '#contract/administration/job.ts';
import { aboutLabels } from '#contract/administration/shared.ts';
import type { Download } from '#contract/kernel.ts';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import { ensureHolidays } from '#platform/calendar/read.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { administration } from '../../index.ts';
import { world, type World } from '../../testing/world.ts';
import { exportAuditEntries } from './export-audit-entries.ts';
import { exportHolidays } from './export-holidays.ts';
import { exportEventDeliveries, exportJobs } from './export-jobs.ts';
import { exportOrgUnits } from './export-org-units.ts';
import { exportParameters, exportRules } from './export-parameters.ts';
import { exportUsers } from './export-users.ts';

let kit: TestKit;
let given: World;
let clerkId: Id<'AppUser'>;
let ctx: Ctx;
beforeEach(async () => {
  kit = await testKit([administration]);
  given = await world(kit.kit);
  clerkId = await given.user('zhoumin', ['bureau-clerk', { role: 'township-officer', at: '河口镇' }]);
  await given.user('anquan', ['security-administrator']);
  ctx = given.as(await given.user('guanli', ['system-administrator']), 'system-administrator');
});
afterEach(() => kit.stop());

/** Header and rows; the last line of an export says as of when, by whom and when. */
async function sheetOf(download: Download): Promise<{ header: unknown[]; rows: unknown[][]; note: unknown }> {
  if (!(download.content instanceof Readable)) throw new Error('a download is a stream');
  const { sheets } = await readXlsx(await buffer(download.content));
  const [header = [], ...rows] = sheets[0]?.rows ?? [];
  return { header, rows: rows.slice(0, -1), note: rows.at(-1)?.[0] };
}

const asked = <Q>(query: Q) => ({ params: {}, query, body: {} });
const lastAction = () => kit.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select(['action', 'after']).orderBy('entryNo', 'desc').limit(1).executeTakeFirstOrThrow());

describe('every list of the administration pages', () => {
  test('users: exactly who is filtered, with the posts in force, and the export is recorded', async () => {
    const { header, rows, note } = await sheetOf(await exportUsers(ctx, asked({ role: 'township-officer' })));
    expect(header.slice(0, 5)).toEqual(['姓名', '账号', '状态', '在任岗位', '所在单位']);
    expect(rows.map((row) => row.slice(0, 5))).toEqual([['zhoumin', 'zhoumin', '在用', '住建局经办人（云川县）、乡镇街道经办人（河口镇）', '云川县、河口镇']]);
    expect(rows[0]?.[8]).toBeInstanceOf(Date);
    expect(note).toMatch(/^说明：数据截至.*由测试人于/);
    expect(await lastAction()).toMatchObject({ action: 'user.export', after: { rows: 1, query: { role: 'township-officer' } } });
  });

  test('bodies: in the order of the tree, what fits and what it hangs on, codes as text', async () => {
    const all = await sheetOf(await exportOrgUnits(ctx, asked({})));
    expect(all.header).toEqual(['名称', '类别', '具体类型', '上级', '代码', '地址', '状态']);
    expect(all.rows.length).toBe(6 + 10);
    const { rows } = await sheetOf(await exportOrgUnits(ctx, asked({ q: '东门' })));
    expect(rows.map((row) => row.slice(0, 5))).toEqual([['城关街道', '乡镇街道', '街道', '云川县', '990101001'], ['东门社区', '社区（村）', '社区', '城关街道', '990101001001']]);
  });

  test('entries: by day and person, the number a number and the time a time of the clock in China', async () => {
    const { rows } = await sheetOf(await exportAuditEntries(ctx, asked(auditRoute.query.parse({ action: 'county.add' }))));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.slice(2, 6)).toEqual(['系统', expect.toSatisfy((value) => value === null || value === ''), '建立县级区划', '机构']);
    expect(typeof rows[0]?.[0]).toBe('number');
    const at = rows[0]?.[1];
    expect(at instanceof Date && Math.abs(at.getTime() - (Date.parse(kit.kit.clock.now()) + 8 * 3_600_000)) < 60_000).toBe(true);
    const nothing = await sheetOf(await exportAuditEntries(ctx, asked(auditRoute.query.parse({ to: '2020-01-01' }))));
    expect(nothing.rows).toEqual([]);
  });

  test('parameters: a row per value with its dates and basis, the one in force marked', async () => {
    const { header, rows } = await sheetOf(await exportParameters(ctx, asked({ about: 'committee', on: localDate('2026-03-01') })));
    expect(header).toEqual(['用于', '参数', '值', '截至当日有效', '自', '至（含当日）', '来源', '设置人', '依据', '待核实', '撤回理由']);
    expect(rows.length).toBeGreaterThan(2);
    expect(new Set(rows.map((row) => row[0]))).toEqual(new Set([aboutLabels.committee]));
    expect(rows.some((row) => row[3] === '是' && row[4] instanceof Date)).toBe(true);
  });

  test('rules: a row per clause, found by a word of the clause', async () => {
    const all = await sheetOf(await exportRules(ctx, asked({})));
    const some = await sheetOf(await exportRules(ctx, asked({ q: '组建率', about: 'committee' })));
    expect(some.rows.length).toBeGreaterThan(1);
    expect(some.rows.length).toBeLessThan(all.rows.length);
    expect(some.rows.every((row) => row[0] === '业委会')).toBe(true);
  });

  test('holidays: a row per day, off or made up for', async () => {
    await ensureHolidays(kit.kit);
    const { rows } = await sheetOf(await exportHolidays(ctx, asked({})));
    expect(rows.find((row) => row[1] instanceof Date && row[1].toISOString().startsWith('2026-10-01'))).toMatchObject({ 0: 2026, 2: '星期四', 3: '放假' });
    expect(rows.some((row) => row[3] === '调休上班')).toBe(true);
  });

  test('jobs and deliveries: empty lists are a header and a note', async () => {
    expect((await sheetOf(await exportJobs(ctx, asked({})))).header.slice(0, 3)).toEqual(['作业', '状态', '已完成']);
    expect((await sheetOf(await exportEventDeliveries(ctx, asked(deliveriesRoute.query.parse({}))))).rows).toEqual([]);
    expect(await lastAction()).toMatchObject({ action: 'delivery.export', after: { rows: 0 } });
  });

  test('another county’s people are not in the file', async () => {
    const other = { ...ctx, scope: { level: 'county' as const, id: clerkId, countyId: clerkId } };
    expect((await sheetOf(await exportUsers(other, asked({})))).rows).toEqual([]);
  });
});
