import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import { world as worldOn, type World } from '#modules/administration/testing/world.ts';
import { countyScope, everything, nothing, type Scope } from '../access/scope.ts';
import type { Db } from '../db/types.ts';
import { makeContext, systemContext } from '../make-context.ts';
import { testKit, type TestKit } from '../testing/kit.ts';
import { notify, settle, type Recipient } from './notify.ts';

let given: TestKit;
let world: World;
beforeAll(async () => {
  given = await testKit([]);
  world = await worldOn(given.kit);
});
afterAll(() => given.stop());

let serial = 0;
/** Tells in a transaction of its own and answers who was told. */
async function tell(to: readonly Recipient[], scope: Scope = everything): Promise<string[]> {
  const id = `tell-${serial += 1}`;
  await systemContext(given.kit, { scope }).transact(async (tx) => {
    tx.auditNothing('test');
    await notify(tx, { kind: 'handover.waiting', to, subject: ['HandOver', id], text: '有一件工作交接等您签字。', path: '/hand-overs' });
  });
  const rows = await given.kit.database.read(everything, (db) => db.selectFrom('platform.notice as n').innerJoin('platform.noticeReceipt as r', 'r.noticeId', 'n.id')
    .innerJoin('platform.appUser as u', 'u.id', 'r.userId').select('u.login').where('n.subjectId', '=', id).orderBy('u.login').execute());
  return rows.map((row) => row.login);
}

const as = <T>(person: Id<'AppUser'> | null, work: (db: Db) => Promise<T>) => makeContext(given.kit, { actor: { userId: person, name: '某人', grantId: null, role: null, sessionId: null }, scope: countyScope(world.countyId), requestId: 'x', ip: null })
  .transact(async (tx) => {
    tx.auditNothing('test');
    if (person) await sql`select set_config('shanzhi.person_id', ${person}, true)`.execute(tx.db);
    return work(tx.db);
  });

test('everyone with an active post at the body whose role holds the permission is told, once, whoever else names them', async () => {
  const [leader] = await Promise.all([world.user('leader', ['bureau-leader']), world.user('clerk', ['bureau-clerk']), world.user('east', [{ role: 'township-officer', at: '城关街道' }])]);
  const issuers = { orgUnitId: world.countyId, permission: 'paper.issue' } as const;
  expect(await tell([issuers, { userId: leader }])).toEqual(['leader']);
  expect(await tell([{ orgUnitId: world.countyId, permission: 'paper.read' }])).toEqual(['clerk', 'leader']);
  expect(await tell([{ orgUnitId: world.unit('城关街道'), permission: 'paper.issue' }, issuers])).toEqual(['east', 'leader']);
  expect(await tell([])).toEqual([]);
});

test('a township, a link without an account and the system tell alike', async () => {
  const person = await world.user('person');
  for (const scope of [nothing, { level: 'township', id: world.unit('河口镇'), countyId: world.countyId } as const, everything]) expect(await tell([{ userId: person }], scope)).toEqual(['person']);
});

test('a post that ended, one not yet begun and a disabled user are not told', async () => {
  const at = '西苑社区';
  const [ended, later, disabled] = await Promise.all(['ended', 'later', 'disabled', 'there'].map((login) => world.user(login, [{ role: 'neighbourhood-officer', at }])));
  await given.kit.database.write(everything, async (db) => {
    await db.updateTable('platform.userGrant').set({ endedAt: given.clock.now() }).where('userId', '=', ended ?? newId<'AppUser'>()).execute();
    await db.updateTable('platform.userGrant').set({ startedOn: localDate('2026-11-21') }).where('userId', '=', later ?? newId<'AppUser'>()).execute();
    await db.updateTable('platform.appUser').set({ disabledAt: given.clock.now() }).where('id', '=', disabled ?? newId<'AppUser'>()).execute();
  });
  expect(await tell([{ orgUnitId: world.unit(at), permission: 'paper.issue' }, { userId: disabled ?? '' }])).toEqual(['there']);
});

test('a kind cannot be told by a permission that its list does not name: whoever chooses what to be mailed would not be offered it', async () => {
  await expect(systemContext(given.kit).transact(async (tx) => {
    tx.auditNothing('test');
    await notify(tx, { kind: 'paper.waiting', to: [{ orgUnitId: world.countyId, permission: 'paper.read' }], subject: ['Paper', 'x'], text: '有一件文书待签发。', path: '/papers' });
  })).rejects.toThrow('paper.waiting is told by paper.read');
});

test('what rolls back told nobody', async () => {
  const person = await world.user('rolled');
  await expect(systemContext(given.kit).transact(async (tx) => {
    await notify(tx, { kind: 'job.failed', to: [{ userId: person }], subject: ['Job', 'rolled'], text: '作业失败。', path: '/jobs' });
    throw new Error('no');
  })).rejects.toThrow('no');
  expect(await given.kit.database.read(everything, (db) => db.selectFrom('platform.notice').select('id').where('subjectId', '=', 'rolled').execute())).toEqual([]);
});

test('the second lock: only the person sees, reads and marks a receipt; the county sees none, and nobody writes one by hand', async () => {
  const [mine, other] = [await world.user('mine'), await world.user('other')];
  await tell([{ userId: mine }, { userId: other }]);
  await tell([{ userId: other }]);
  const seen = (db: Db) => db.selectFrom('platform.noticeReceipt').select('userId').execute();
  expect(await as(mine, seen)).toEqual([{ userId: mine }]);
  expect(await as(null, seen)).toEqual([]);
  expect(await as(mine, (db) => db.selectFrom('platform.notice').select('id').execute())).toHaveLength(1);
  expect(await as(null, (db) => db.selectFrom('platform.notice').select('id').execute())).toEqual([]);
  const marked = await as(mine, (db) => db.updateTable('platform.noticeReceipt').set({ readAt: given.clock.now() }).returning('userId').execute());
  expect(marked).toEqual([{ userId: mine }]);
  await expect(as(mine, (db) => sql`insert into platform.notice_receipt select ${mine}, id, county_id, null, created_at from platform.notice`.execute(db))).rejects.toThrow(/permission denied/);
});

test('who did it is not told, though the body is; what is settled waits for nobody any more', async () => {
  const [first, second] = [await world.user('first', [{ role: 'township-officer', at: '河口镇' }]), await world.user('second', [{ role: 'township-officer', at: '河口镇' }])];
  const message = { kind: 'paper.waiting', to: [{ orgUnitId: world.unit('河口镇'), permission: 'paper.issue' }], subject: ['Paper', 'settled'], text: '一件文书待签发。', path: '/papers' } as const;
  const receipts = () => given.kit.database.read(everything, (db) => db.selectFrom('platform.noticeReceipt as r').innerJoin('platform.notice as n', 'n.id', 'r.noticeId').select(['r.userId', 'r.readAt']).where('n.subjectId', '=', 'settled').orderBy('r.userId').execute());
  const run = (work: (tx: Parameters<typeof notify>[0]) => Promise<void>) => systemContext(given.kit, { scope: nothing }).transact(async (tx) => { tx.auditNothing('test'); await work(tx); });
  await run((tx) => notify(tx, { ...message, except: first }));
  expect(await receipts()).toEqual([{ userId: second, readAt: null }]);
  await run((tx) => settle(tx, { kind: 'job.failed', subject: message.subject }));
  expect(await receipts()).toEqual([{ userId: second, readAt: null }]);
  await run((tx) => settle(tx, message));
  expect(await receipts()).toEqual([{ userId: second, readAt: given.clock.now() }]);
});
