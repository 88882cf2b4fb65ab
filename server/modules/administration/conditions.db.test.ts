import { afterAll, beforeAll, expect, test } from 'vitest';
import { modules } from '#server/main/modules.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { world, type World } from './testing/world.ts';
import { getAuditEntry, listAuditEntries } from './use-cases/audit.ts';
import { exportAuditEntries } from './use-cases/exports/export-audit-entries.ts';
import { exportUsers } from './use-cases/exports/export-users.ts';

let kit: TestKit;
let given: World;
beforeAll(async () => {
  kit = await testKit(modules);
  given = await world(kit.kit);
});
afterAll(() => kit.stop());

test('what an export was narrowed by stands in its entry as the list’s filters say it, bodies and people by name', async () => {
  const [security, auditor] = [await given.user('security', ['security-administrator']), await given.user('审计员', ['audit-administrator'])];
  const reader = given.as(auditor, 'audit-administrator');
  await exportUsers(given.as(security, 'security-administrator'), { params: {}, query: { role: 'township-officer', orgUnitId: given.unit('河口镇') }, body: {} });
  await exportAuditEntries(reader, { params: {}, query: { action: 'user.export', actorId: security }, body: {} });
  await exportAuditEntries(reader, { params: {}, query: {}, body: {} });
  const { rows } = await listAuditEntries(reader, { params: {}, query: { limit: 3 }, body: {} });
  const told = await Promise.all(rows.map(async ({ id }) => (await getAuditEntry(reader, { params: { entryId: id }, query: {}, body: {} })).changes.find(({ field }) => field === '筛选条件')?.after));
  expect(told).toEqual(['没有限定', '操作：导出用户；操作人：security', '角色：乡镇街道经办人；所在单位：河口镇']);
});
