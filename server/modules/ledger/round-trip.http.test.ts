import type { FastifyInstance } from 'fastify';
import { writeFile } from 'node:fs/promises';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import type { LedgerKind } from '#domain/ledger/types.ts';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { COOKIE, CSRF_HEADER } from '#platform/http/session.ts';
import { hashPassword } from '#platform/identity/password.ts';
import { signIn } from '#platform/identity/sessions.ts';
import { newId } from '#platform/ids.ts';
import { importFromFile } from './index.ts';
import { workbook } from './testing/given-import.ts';
import { givenCounty, sample } from './testing/given-county.ts';

const OWNERS = { purpose: '业主身份核对', document: '云住建函〔2025〕1号', deleteOn: '2027-06-30' };
const kinds: readonly [LedgerKind, string, string][] = [
  ['companies', '物业服务企业台账.xlsx', 'companies'], ['estates', '住宅小区台账.xlsx', 'estates'], ['practitioners', '从业人员名册.xlsx', 'practitioners'], ['units', '房屋业主名册.xlsx', 'units'],
];

describe('what was exported comes in again without a change', () => {
  let county: Awaited<ReturnType<typeof givenCounty>>;
  let app: FastifyInstance;
  let headers: Record<string, string>;
  let folder = '';
  const load = (kind: LedgerKind, path: string, dryRun = false) => importFromFile(county.kit, { kind, path, countyCode: '990101', dryRun, ...OWNERS });

  beforeAll(async () => {
    county = await givenCounty();
    folder = await mkdtemp(join(tmpdir(), 'shanzhi-export-'));
    for (const [kind, file] of kinds) await load(kind, sample(file));
    app = await buildServer(county.kit, { logLevel: 'silent' });
    const userId = newId<'AppUser'>();
    const countyId = county.countyId as Id<'OrgUnit'>;
    await county.kit.database.write(everything, async (db) => {
      await db.insertInto('platform.appUser').values({ id: userId, countyId, login: 'clerk', name: '经办', passwordHash: await hashPassword('quiet-river-42') }).execute();
      await db.insertInto('platform.userGrant').values({ id: newId<'UserGrant'>(), userId, countyId, role: 'bureau-clerk', level: 'county', scopeId: countyId, startedOn: localDate('2020-01-01') }).execute();
    });
    const { token, session } = await signIn(county.kit, { login: 'clerk', password: 'quiet-river-42', ip: '127.0.0.1', userAgent: 'test' });
    headers = { cookie: `${COOKIE}=${token}`, [CSRF_HEADER]: session.csrfToken };
  });
  afterAll(async () => { await app.close(); await county.stop(); });

  for (const [kind, , path] of kinds) {
    test(kind, async () => {
      const answer = await app.inject({ method: 'GET', url: `/api/${path}/export`, headers });
      expect(answer.statusCode).toBe(200);
      const file = join(folder, `${path}.xlsx`);
      await writeFile(file, answer.rawPayload);
      const again = await load(kind, file, true);
      expect({ new: again.new, changed: again.changed, refused: again.refused, problems: again.problems.filter(({ severity }) => severity === 'error').slice(0, 3) }).toEqual({ new: 0, changed: 0, refused: 0, problems: [] });
      expect(again.unchanged).toBeGreaterThan(0);
    });
  }

  const unchanged = async (kind: LedgerKind, url: string): Promise<number> => {
    const answer = await app.inject({ method: 'GET', url: `/api/${url}`, headers });
    expect([url, answer.statusCode]).toEqual([url, 200]);
    const file = join(folder, `${newId()}.xlsx`);
    await writeFile(file, answer.rawPayload);
    const again = await load(kind, file, true);
    expect({ url, new: again.new, changed: again.changed, refused: again.refused, problems: again.problems.filter(({ severity }) => severity === 'error') }).toEqual({ url, new: 0, changed: 0, refused: 0, problems: [] });
    return again.unchanged;
  };

  test('companies and people as other offices write them, narrowed by every condition of their lists', async () => {
    const companies = await workbook([
      ['企业名称', '统一社会信用代码', '成立日期', '注册资本（万元）', '法定代表人', '电话', '联系人', '固定电话', '项目数', '从业人数', '备注'],
      ['丁香物业(集团)有限公司', '', '2009年', 1000.5, '张三', '13900000061', '李四', '0571-88001234-801', 12, '约120', '外地企业，=SUM(A1)'],
      ['丁香物业（集团）有限公司云川分公司', '91990101MA1A00001X', '二〇一八年五月', '500万', '王五（兼）', '13900000062、13900000063', '', '', '/', 0, ''],
      ['丁香家政服务部', '', '', '', '', '', '', '', '', '', ''],
    ]);
    expect((await load('companies', companies)).new).toBe(3);
    const people = await workbook([
      ['公司名称', '岗位', '姓名', '身份证号', '手机号码1', '手机号码2', '服务项目', '上岗时间', '持证情况'],
      ['丁香物业(集团)有限公司', '项目经理', '孙一', '11010519491231002X', '13900000071', '13900000072', '', '2020.1', 'JS2015-001'],
      ['丁香物业(集团)有限公司', '水吧服务生（夜班）', '孙三（退休返聘）', '', '', '', '', '43831', ''],
      ['丁香家政服务部', '', '孙四', '', '13900000074', '', '', '', ''],
    ]);
    expect((await load('practitioners', people)).new).toBe(3);
    const { rows } = (await app.inject({ method: 'GET', url: `/api/companies?q=${encodeURIComponent('丁香物业')}`, headers })).json<{ rows: { id: string; name: string }[] }>();
    const company = rows.find(({ name }) => !name.endsWith('分公司'));
    expect(await unchanged('companies', `companies/export?q=${encodeURIComponent('丁香')}`)).toBe(3);
    expect(await unchanged('practitioners', `practitioners/export?q=${encodeURIComponent('孙')}`)).toBeGreaterThanOrEqual(3);
    expect(await unchanged('practitioners', `practitioners/export?companyId=${company?.id ?? ''}`)).toBe(2);
    expect(await unchanged('practitioners', 'practitioners/export?post=estate-manager')).toBeGreaterThan(1);
    expect(await unchanged('practitioners', 'practitioners/export?post=other')).toBeGreaterThanOrEqual(1);
  });
});
