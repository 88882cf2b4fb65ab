import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instant } from '#domain/kernel/brand.ts';
import { instantOf } from '#domain/kernel/local-date.ts';
import { everything } from '#platform/access/scope.ts';
import { publishedHead } from '#platform/audit/seal.ts';
import { signIn } from '#platform/identity/sessions.ts';
import { recordSignIn } from '#platform/identity/sign-in-record.ts';
import { systemContext } from '#platform/make-context.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { administrationRetentions } from './retentions.ts';
import { schedules } from './schedules.ts';
import { PASSWORD, world, type World } from './testing/world.ts';

let kit: TestKit;
let given: World;
beforeEach(async () => { kit = await testKit([]); given = await world(kit.kit); });
afterEach(() => kit.stop());

const run = async (name: string) => {
  const schedule = schedules.find((each) => each.name === name);
  if (!schedule) throw new Error(`no schedule ${name}`);
  await schedule.run(systemContext(kit.kit));
};
/** What a night does: the sweep, and the county's own 到期删除. */
const night = async () => {
  await run('identity-sweep');
  const ctx = systemContext(kit.kit);
  for (const { purge } of administrationRetentions) await ctx.transact(async (tx) => { tx.auditNothing('test'); await purge(tx, given.countyId, ctx.today, kit.kit); });
};
const count = (table: 'platform.session' | 'platform.signInGuard') => kit.kit.database.read(everything, async (db) => (await db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n);

test('entries are sealed in the background, and every night the result and the head are filed with the county’s auditors', async () => {
  await run('audit-seal');
  const head = await publishedHead(kit.kit);
  expect(head?.sealNo).toBe(1);
  await run('audit-verify');
  const filed = await kit.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select(['countyId', 'after']).where('action', '=', 'audit.verify').execute());
  expect(filed).toEqual([{ countyId: given.countyId, after: { ok: true, checked: 1, firstBad: null, sealNo: 1, chainHead: head?.hash } }]);
});

test('sessions that ended a month ago and old failures are swept away, younger ones stay', async () => {
  await given.user('wang');
  await signIn(kit.kit, { login: 'wang', password: PASSWORD, ip: '10.0.0.1', userAgent: '' });
  await expect(signIn(kit.kit, { login: 'wang', password: 'wrong', ip: '10.0.0.1', userAgent: '' })).rejects.toMatchObject({ code: 'session.wrong-password' });
  await night();
  expect([await count('platform.session'), await count('platform.signInGuard')]).toEqual([1, 2]);
  kit.clock.set('2026-12-25T02:00:00.000Z');
  await night();
  expect([await count('platform.session'), await count('platform.signInGuard')]).toEqual([0, 0]);
});

test('a told answer, kept so that the same request sent again is not done twice, ends after the county’s days', async () => {
  const user = await given.user('zhao');
  await kit.kit.database.write(everything, (db) => db.insertInto('platform.idempotencyKey').values({ userId: user, key: 'old-mark-1', fingerprint: 'x', createdAt: kit.clock.now() }).execute());
  const left = () => kit.kit.database.read(everything, async (db) => (await db.selectFrom('platform.idempotencyKey').select('key').execute()).length);
  kit.clock.set('2026-11-27T02:00:00.000Z');
  await night();
  expect(await left()).toBe(1);
  kit.clock.set('2026-11-28T02:00:00.000Z');
  await night();
  expect(await left()).toBe(0);
});

test('sign-ins are kept for the months the county says, and never less than six, whoever asks', async () => {
  const ago = (months: number) => instantOf(Date.now() - months * 31 * 86_400_000);
  const tried = (at: Instant) => kit.kit.database.write(everything, (db) => recordSignIn(db, { userId: null, countyId: given.countyId, at, ip: '10.0.0.1', userAgent: '', way: 'password', result: 'wrong-password' }));
  const kept = () => kit.kit.database.read(everything, async (db) => (await db.selectFrom('platform.signIn').select('at').orderBy('at').execute()).map(({ at }) => at));
  const [young, half, old] = [ago(5), ago(8), ago(14)];
  for (const at of [young, half, old]) await tried(at);
  kit.clock.set(instantOf(Date.now()));
  await night();
  expect(await kept()).toEqual([half, young]);
  // A clock years ahead, as on a machine whose battery died, sweeps nothing that is younger than six months by the database's own.
  kit.clock.set('2036-01-01T00:00:00.000Z');
  await night();
  expect(await kept()).toEqual([young]);
  await expect(kit.kit.database.write(everything, (db) => db.deleteFrom('platform.signIn').execute())).rejects.toThrow('six months');
  await expect(kit.kit.database.write(everything, (db) => db.updateTable('platform.signIn').set({ ip: '' }).execute())).rejects.toThrow();
  expect(await kept()).toEqual([young]);
});
