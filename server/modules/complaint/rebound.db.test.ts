import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupOfEstates, priorOf } from '#domain/complaint/rebound.ts';
import { everything } from '#platform/access/scope.ts';
import { newId } from '#platform/ids.ts';
import { desk, given, type Desk, type Person } from './testing/desk.ts';
import { mergeComplaint } from './use-cases/end.ts';
import { listComplaints } from './use-cases/look.ts';
import { listRechecks } from './use-cases/rechecks.ts';
import { listRebounds } from './use-cases/rebounds.ts';

const { nobody, at } = given;
let world: Desk;
const place = { category: 'F02', body: '顶楼搭建阳光房' } as const;
const rebounds = async (by: Person, query: object = {}) => (await listRebounds(world.who(by), { ...nobody, query: { limit: 50, ...query } })).rows;

/** Three reports, put in order on 2026-09-10, one more afterwards; another was the same as the first and was merged into it. */
beforeAll(async () => {
  world = await desk();
  world.clock.set('2026-09-01T02:00:00.000Z');
  const day = { receivedOn: '2026-09-01' as never };
  const first = await world.registered({ ...place, ...day });
  for (let n = 0; n < 2; n += 1) await world.registered({ ...place, ...day });
  const same = await world.registered({ ...place, ...day });
  await mergeComplaint(world.who('community', same.version), { ...at(same), body: { intoNo: first.no, why: '核对为同一件事' } });
  world.clock.set('2026-09-10T02:00:00.000Z');
  await world.close(await world.reply(await world.assign(await world.accept(await world.look(first.id)), world.eastCommunity), 'community'), 'community');
  world.clock.set('2026-10-01T02:00:00.000Z');
  await world.registered({ ...place, receivedOn: '2026-10-01' as never });
  world.clock.set('2026-11-20T02:00:00.000Z');
});
afterAll(() => world.stop());

describe('the rate after a place was put in order', () => {
  test('counts what was reported in the days before and after, not what was merged, over units and days', async () => {
    const [row, ...more] = await rebounds('clerk');
    expect(more).toEqual([]);
    expect(row).toMatchObject({ estate: '甲苑', category: 'F02', orderedOn: '2026-09-10', units: 10, beforeCount: 3, afterCount: 1, afterDays: 71, beforeExposure: 3_650, afterExposure: 710, beforeFrom: '2025-09-11', verdict: 'unclear' });
    // Alone among its like: ½ report and no time are added. 1.5 / 710 unit-days are 771.13 a year in 1,000 units.
    expect(row?.after).toMatchObject({ alpha: 1.5, beta: 710, mean: 771.13 });
    expect(row?.before).toMatchObject({ alpha: 3.5, beta: 3_650, mean: 350 });
    expect(row?.prior).toContain('同类小区太少');
  });

  test('opens exactly the rows behind each number', async () => {
    const [row] = await rebounds('clerk');
    const behind = async (receivedFrom: string, receivedTo: string) => (await listComplaints(world.who('clerk'), { ...nobody, query: { limit: 50, estateId: world.estateId, category: 'F02', counted: 'true', receivedFrom: receivedFrom as never, receivedTo: receivedTo as never } })).total;
    expect([await behind(row?.beforeFrom ?? '', '2026-09-10'), await behind('2026-09-11', row?.afterTo ?? '')]).toEqual([row?.beforeCount, row?.afterCount]);
  });

  test('is seen within the scope, by a department where it takes part, never by a company', async () => {
    for (const by of ['township', 'community'] as const) expect(await rebounds(by)).toHaveLength(1);
    for (const by of ['other', 'company', 'enforcer'] as const) expect(await rebounds(by)).toEqual([]);
    const raw = await world.who('other').read((db) => sql<{ n: number }>`select count(*)::int as n from complaint.rebound('2026-11-20', 365, 180, 30, array['F02'], null)`.execute(db));
    expect(raw.rows).toEqual([{ n: 0 }]);
    await expect(world.who('clerk').read((db) => sql`select * from complaint.rebound_all(${world.county}::uuid, '2026-11-20', 365, 180, 30, array['F02'])`.execute(db))).rejects.toThrow(/permission denied/u);
  });

  test('what was put in order less than the least days ago, or longer ago than is looked at, says nothing yet', async () => {
    world.clock.set('2026-10-09T02:00:00.000Z');
    expect(await rebounds('clerk')).toEqual([]);
    world.clock.set('2026-10-10T02:00:00.000Z');
    expect(await rebounds('clerk')).toHaveLength(1);
    world.clock.set('2027-03-10T02:00:00.000Z');
    expect(await rebounds('clerk')).toEqual([]);
    world.clock.set('2026-11-20T02:00:00.000Z');
  });

  test('is drawn towards similar estates of the whole county, and is the same whoever looks', async () => {
    const counts = [[2, 0], [0, 4], [6, 9]] as const;
    await world.kit.database.write(everything, async (db) => {
      for (const [n, [before, after]] of counts.entries()) {
        const estateId = newId<'Estate'>();
        await db.insertInto('registry.estate').values({ id: estateId, countyId: world.county, townshipId: world.west, neighbourhoodId: world.westCommunity, name: `同类苑${n}`, matchKey: `同类苑${n}`, managementKind: 'company', totalUnits: 100, occupiedUnits: 50 }).execute();
        const put = (received: string, closed: string | null, serial: number) => sql`
          insert into complaint.complaint (id, county_id, township_id, neighbourhood_id, estate_id, number_year, number_serial, origin, category_code, pace, body, status, handler_id, first_id, received_at, received_on, closed_at, closed_on, recorded_by_name, created_at, updated_at)
          values (${newId()}, ${world.county}, ${world.west}, ${world.westCommunity}, ${estateId}, 2025, ${n * 100 + serial}, 'counter', 'F02', 'ordinary', '搭建', ${closed === null ? 'handling' : 'closed'}, ${world.westCommunity}, ${world.westCommunity}, now(), ${received}, ${closed === null ? null : '2026-09-10T00:00:00Z'}::timestamptz, ${closed}, 'x', now(), now())`.execute(db);
        await put('2026-09-05', '2026-09-10', 1);
        for (let k = 1; k < before; k += 1) await put('2026-09-05', null, 10 + k);
        for (let k = 0; k < after; k += 1) await put('2026-10-05', null, 50 + k);
      }
    });
    const [all, own] = [await rebounds('clerk'), await rebounds('township')];
    expect([all.length, own.length]).toEqual([4, 1]);
    expect(own[0]).toEqual(all.find(({ estate }) => estate === '甲苑'));
    const prior = priorOf(groupOfEstates(all.map(({ afterCount, afterExposure }) => ({ count: afterCount, exposure: afterExposure }))), 3);
    expect(prior.from).not.toBe('none');
    for (const { after, afterCount, afterExposure } of all) {
      expect(after?.alpha).toBeCloseTo(prior.alpha + afterCount, 8);
      expect(after?.beta).toBeCloseTo(prior.beta + afterExposure, 5);
    }
    expect(all.every(({ groupEstates }) => groupEstates === 4)).toBe(true);
  });

  test('without the number of units nothing is worked out, and it is said what to do', async () => {
    await world.kit.database.write(everything, (db) => db.updateTable('registry.estate').set({ totalUnits: null, occupiedUnits: null }).where('id', '=', world.estateId).execute());
    expect((await rebounds('township'))[0]).toMatchObject({ after: null, ratio: null, verdict: 'unclear', prior: '没有登记总户数，不能计算；请在小区资料里补登' });
  });
});

test('files that wait to be looked at again stand by their day, with how often it was reported since, until somebody looked', async () => {
  const waiting = async (by: Person) => (await listRechecks(world.who(by), { ...nobody, query: { limit: 50 } })).rows;
  const rows = await waiting('community');
  expect(rows).toMatchObject([{ recheckDueOn: '2026-10-10', closedOn: '2026-09-10', reportsSince: 1 }]);
  expect((await waiting('clerk')).map(({ closedOn }) => closedOn ?? '')).toEqual((await waiting('clerk')).map(({ closedOn }) => closedOn ?? '').toSorted((a, b) => (a < b ? -1 : 1)));
  expect(await waiting('fireman')).toEqual([]);
});
