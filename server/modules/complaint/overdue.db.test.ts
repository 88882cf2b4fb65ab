import { afterAll, beforeAll, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { obligation } from '#modules/obligation/index.ts';
import { complaint } from './index.ts';
import { frozenOverdue } from './overdue.ts';
import { hall, type Hall } from './testing/hall.ts';
import { listComplaints } from './use-cases/look.ts';
import { getOverdue, keepOverdue } from './use-cases/overdue.ts';
import { registerComplaint } from './use-cases/receive.ts';

let world: Hall;
beforeAll(async () => {
  world = await hall([complaint, obligation]);
  // Four of one kind and one of another, received weeks ago; one of today, which is in time.
  for (const [category, receivedOn] of [['F04', '2026-10-12'], ['F04', '2026-10-12'], ['F04', '2026-10-13'], ['F05', '2026-10-12'], ['A02', '2026-10-12'], ['A02', '2026-11-20']] as const) {
    await registerComplaint(world.who('community'), { ...nobody, body: {
      origin: 'counter', originNo: '', originDueOn: null, receivedOn: localDate(receivedOn), estateId: world.estateId, spot: '', category, body: '楼道堵了很久没有人管', ownerCount: 1, isEmergency: false, emergencyTo: '', isAnonymous: true, isForFamily: false, name: '', phone: '', mail: '', letter: null,
    } });
  }
});
afterAll(() => world.stop());
const nobody = { params: {}, query: {}, body: {} };

test('each line is what the list shows under its condition, the total too, in the county and in a township', async () => {
  for (const [who, by] of [['clerk', 'category'], ['clerk', 'township'], ['clerk', 'company'], ['township', 'category'], ['other', 'company']] as const) {
    const { lines, total } = await getOverdue(world.who(who), { ...nobody, query: { by } });
    const listed = async (query: object) => (await listComplaints(world.who(who), { ...nobody, query: { limit: 1, lamp: 'red', ...query } })).total;
    for (const { key, count } of lines) expect([by, key, await listed(by === 'category' ? { group: key } : by === 'township' ? { townshipId: key } : key === 'none' ? { lacks: 'company' } : { servingId: key })]).toEqual([by, key, count]);
    expect([who, by, total, await listed({})]).toEqual([who, by, who === 'other' ? 0 : 5, total]);
  }
});

test('kept for publishing, what is small is told together; only a body of the whole county keeps it, and nobody changes it', async () => {
  const { id } = await keepOverdue(world.who('clerk'), { ...nobody, body: { by: 'category' } });
  const kept = await world.who('clerk').read((db) => frozenOverdue(db, world.who('clerk'), id));
  // The one complaint of its kind is not told, nor can it be worked out: nine other kinds have none.
  expect(kept).toMatchObject({ by: 'category', asOfOn: '2026-11-20', least: 3, told: { lines: [], others: { lines: 10, count: 5 }, total: 5 } });
  for (const who of ['township', 'enforcer', 'company'] as const) await expect(keepOverdue(world.who(who), { ...nobody, body: { by: 'category' } })).rejects.toMatchObject({ code: 'access.denied' });
  await expect(world.who('other').read((db) => frozenOverdue(db, world.who('other'), id))).rejects.toMatchObject({ code: 'not-found' });
  await expect(world.who('clerk').transact(async (tx) => { await tx.db.updateTable('complaint.overdueReading').set({ least: 4 }).where('id', '=', id).execute(); tx.auditNothing('test'); })).rejects.toThrow(/permission denied/u);
});
