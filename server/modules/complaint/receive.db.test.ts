import { Socket } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addDays } from '#domain/kernel/local-date.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { answerDays } from '#domain/complaint/policy.ts';
import { everything } from '#platform/access/scope.ts';
import { BurstSocket } from '#platform/db/burst-socket.ts';
import { setOverride } from '#platform/parameters/change.ts';
import { desk, type Desk, type Draft } from './testing/desk.ts';

let world: Desk;
beforeAll(async () => { world = await desk(); });
afterAll(() => world.stop());

/** What a receipt asks of PostgreSQL: statements, without the frames of its transactions, and packets, each of which wakes it. */
async function costOf(changed: Partial<Draft>, by: 'community' | 'township' = 'community') {
  await world.register(changed, by);
  const before = world.kit.slow.noted();
  const written = [vi.spyOn(Socket.prototype, '_write'), vi.spyOn(Socket.prototype, '_writev')];
  await world.register(changed, by);
  const cost = { statements: world.kit.slow.noted() - before, packets: written.reduce((sum, { mock }) => sum + mock.instances.filter((socket: unknown) => socket instanceof BurstSocket).length, 0) };
  for (const each of written) each.mockRestore();
  return cost;
}

test('a receipt with number, steps, duties, receipt link, event and audit entry asks little of the database, and in few packets', async () => {
  const { statements, packets } = await costOf({ category: 'A01' });
  expect(statements).toBeLessThanOrEqual(16);
  // The opening with what it looks up first; the number; what is read beside it; everything that is written; what travels with the commit.
  expect(packets).toBeLessThanOrEqual(6);
});

test('one that may have come back asks once more, for what was closed before', async () => {
  const { statements, packets } = await costOf({ category: 'F04' });
  expect(statements).toBeLessThanOrEqual(17);
  expect(packets).toBeLessThanOrEqual(8);
});

test('nothing is remembered from one receipt to the next: a number of days that is set holds from the next one on', async () => {
  const dueOf = async () => (await world.kit.database.read(everything, (db) => db.selectFrom('obligation.obligation').select(['openedOn', 'dueOn']).where('dutyId', '=', 'complaint.answer').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()));
  await world.register({ category: 'A01' });
  const before = await dueOf();
  const clerk = world.who('clerk');
  await clerk.transact((tx) => setOverride(clerk, tx, answerDays.ordinary, { value: 30, effectiveFrom: localDate('2026-01-01'), basis: '试住建〔2026〕1号' }));
  await world.register({ category: 'A01' });
  const after = await dueOf();
  expect(after.openedOn).toBe(before.openedOn);
  expect((after.dueOn ?? '') > addDays(before.dueOn ?? before.openedOn, 14)).toBe(true);
});
