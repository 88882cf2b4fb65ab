import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { everything, nothing } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { systemContext } from '#platform/make-context.ts';
import { testWorld, type World } from '#modules/registry/testing/world.ts';
import { obligation } from './index.ts';
import { recordFact } from './record-fact.ts';
import { factOf, sample } from './testing/sample.ts';
import type { Fact } from './fact.ts';

let world: World;
beforeEach(async () => { world = await testWorld([sample, obligation]); });
afterEach(() => world.stop());

const told = (event: string, on: string, more: Partial<Fact> = {}, ctx: Ctx = systemContext(world.kit)) => ctx.transact(async (tx) => { tx.auditNothing('test'); return recordFact(tx, factOf(world, event, on, more)); });
const rows = () => world.kit.database.read(everything, (db) => db.selectFrom('obligation.obligation').selectAll().orderBy('openedOn').orderBy('id').execute());
const entries = () => world.kit.database.read(everything, (db) => db.selectFrom('obligation.entry').select(['kind', 'event', 'holderName']).orderBy('id').execute());

describe('recordFact', () => {
  test('opens what the fact opens, with its day, its holder and its place, and answers the next due day', async () => {
    expect(await told('sample.received', '2026-02-13')).toMatchObject({ nextDueOn: '2026-02-14' });
    expect(await rows()).toMatchObject([{ dutyId: 'sample.accept', state: 'open', openedOn: '2026-02-13', dueOn: '2026-02-14', holderKind: 'neighbourhood', holderOrgId: world.eastCommunity, holderName: '东一社区', townshipId: world.east, endsAt: '2026-02-14T16:00:00.000Z', nextAt: '2026-02-13T16:00:00.000Z', isProvisional: false }]);
  });

  test('discharges one and opens the next by the same fact', async () => {
    await told('sample.received', '2026-03-02');
    expect(await told('sample.accepted', '2026-03-03')).toMatchObject({ nextDueOn: '2026-03-10' });
    expect(await rows()).toMatchObject([{ dutyId: 'sample.accept', state: 'discharged', endedOn: '2026-03-03', isLate: false, nextAt: null }, { dutyId: 'sample.answer', state: 'open', holderKind: 'handler', holderOrgId: world.east, holderName: '东街道' }]);
  });

  test('told twice, a fact is one fact', async () => {
    for (let time = 0; time < 2; time += 1) { await told('sample.received', '2026-03-02'); await told('sample.accepted', '2026-03-03'); await told('sample.asked', '2026-03-04'); }
    expect((await entries()).map(({ kind, event }) => `${kind} ${event}`)).toEqual(['opened sample.received', 'discharged sample.accepted', 'opened sample.accepted', 'suspended sample.asked']);
  });

  test('stops, runs on, is handed over, done, disputed: the row says what the clock says', async () => {
    await told('sample.accepted', '2026-03-02');
    expect(await told('sample.asked', '2026-03-04')).toMatchObject({ nextDueOn: null });
    expect(await rows()).toMatchObject([{ state: 'suspended', dueOn: null, nextAt: null }]);
    expect(await told('sample.told', '2026-03-05')).toMatchObject({ nextDueOn: '2026-03-10' });
    expect(await told('sample.transferred', '2026-03-06', { holders: { handler: { orgUnitId: world.west } } })).toMatchObject({ nextDueOn: '2026-03-10' });
    expect(await rows()).toMatchObject([{ holderOrgId: world.west, holderName: '西街道', townshipId: world.east }]);
    expect(await told('sample.answered', '2026-03-09')).toMatchObject({ nextDueOn: null });
    expect(await told('sample.disputed', '2026-03-20')).toMatchObject({ nextDueOn: '2026-03-23' });
    expect(await rows()).toMatchObject([{ state: 'open', endedOn: null, dueOn: '2026-03-23' }]);
  });

  test('what is open is not opened a second time; what was done is opened anew', async () => {
    await told('sample.received', '2026-03-02');
    await told('sample.received', '2026-03-03');
    expect(await rows()).toHaveLength(1);
    await told('sample.accepted', '2026-03-04');
    await told('sample.received', '2026-03-05');
    expect((await rows()).filter(({ dutyId }) => dutyId === 'sample.accept')).toHaveLength(2);
  });

  test('a fact known late counts from its own day', async () => {
    await told('sample.accepted', '2026-03-02');
    await told('sample.told', '2026-03-06');
    await told('sample.asked', '2026-03-04');
    expect(await rows()).toMatchObject([{ state: 'open', dueOn: '2026-03-11' }]);
  });

  test('a category mended later does not move the day of receipt', async () => {
    await told('sample.accepted', '2026-03-06', { since: { at: factOf(world, 'x', '2026-03-02').at, on: factOf(world, 'x', '2026-03-02').on } });
    expect(await rows()).toMatchObject([{ openedOn: '2026-03-02', dueOn: '2026-03-09' }]);
  });

  test('the holder follows the facts, and a fact nobody can answer for is refused whole', async () => {
    await told('sample.accepted', '2026-03-02', { facts: { isUrgent: true }, holders: {} });
    expect(await rows()).toMatchObject([{ holderKind: 'township', holderOrgId: world.east }]);
    await expect(told('sample.accepted', '2026-03-03', { subject: ['Estate', 'two'], holders: {} })).rejects.toThrow('no handler to hold it');
    expect(await rows()).toHaveLength(1);
  });

  test('works whatever the caller may see, and leaves the caller’s own scope as it was', async () => {
    const neighbourhood = world.as({ level: 'neighbourhood', id: world.eastCommunity, countyId: world.county }, 'neighbourhood-officer');
    await told('sample.accepted', '2026-03-02', { holders: { handler: { orgUnitId: world.west } } }, neighbourhood);
    const seen = await neighbourhood.transact(async (tx) => {
      tx.auditNothing('test');
      await recordFact(tx, factOf(world, 'sample.received', '2026-03-02', { subject: ['Estate', 'west'], place: { countyId: world.county, townshipId: world.west, neighbourhoodId: world.westCommunity, estateId: null, companyId: null } }));
      return tx.db.selectFrom('obligation.obligation').select(['dutyId']).execute();
    });
    expect(seen).toEqual([{ dutyId: 'sample.answer' }]);
    expect(await world.kit.database.read(nothing, (db) => db.selectFrom('obligation.obligation').select('id').execute())).toEqual([]);
    // Whoever holds it sees it, though it lies in another township.
    expect(await world.kit.database.read({ level: 'township', id: world.west, countyId: world.county }, (db) => db.selectFrom('obligation.obligation').select(['dutyId']).orderBy('dutyId').execute())).toEqual([{ dutyId: 'sample.accept' }, { dutyId: 'sample.answer' }]);
  });

  test('a refused act takes its facts back with it', async () => {
    await expect(systemContext(world.kit).transact(async (tx) => { tx.auditNothing('test'); await recordFact(tx, factOf(world, 'sample.received', '2026-03-02')); throw new Error('refused'); })).rejects.toThrow('refused');
    expect([await rows(), await entries()]).toEqual([[], []]);
  });
});
