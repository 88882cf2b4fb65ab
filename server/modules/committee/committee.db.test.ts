import { afterAll, beforeAll, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { newId } from '#platform/ids.ts';
import { testWorld, type World } from '#modules/registry/testing/world.ts';
import { archiveCommittee } from './use-cases/archive-committee.ts';
import { getCommittee, listCommittees } from './use-cases/list-committees.ts';
import { createCommittee, updateCommittee } from './use-cases/record-committee.ts';

let world: World;
const estateId = newId<'Estate'>();
beforeAll(async () => {
  world = await testWorld();
  await world.clerk().transact(async (tx) => {
    await tx.db.insertInto('registry.estate').values({ id: estateId, countyId: world.county, townshipId: world.east, name: '甲苑', matchKey: '甲苑', managementKind: 'unknown', totalUnits: 100, occupiedUnits: 50 }).execute();
    tx.auditNothing('test estate');
  });
});
afterAll(() => world.stop());

const nobody = { params: {}, query: {}, body: {} };
const term = { name: '甲苑业主委员会', kind: 'committee' as const, status: 'established' as const, sinceOn: localDate('2024-01-01'), untilOn: localDate('2028-12-31'), filedOn: null, endedOn: null };
const listed = async (query: object) => (await listCommittees(world.clerk(), { ...nobody, query: { limit: 50, sort: 'newest', ...query } })).rows.map((row) => row.committeeId);

test('a committee recorded by mistake is archived by the county: it counts nowhere any more, and stays known as of its time', async () => {
  world.clock.set('2026-03-01T02:00:00.000Z');
  const made = await createCommittee(world.clerk(), { ...nobody, params: { estateId }, body: term });
  const path = { ...nobody, params: { committeeId: made.committeeId } };
  const body = { reason: '登记到了别的小区' };
  world.clock.set('2026-11-20T02:00:00.000Z');
  await expect(archiveCommittee(world.township(world.east, made.version), { ...path, body })).rejects.toMatchObject({ code: 'access.denied' });
  await expect(archiveCommittee(world.township(world.west, made.version), { ...path, body })).rejects.toMatchObject({ code: 'not-found' });
  await expect(archiveCommittee(world.clerk(made.version + 1), { ...path, body })).rejects.toMatchObject({ code: 'state.stale' });
  const gone = await archiveCommittee(world.clerk(made.version), { ...path, body });
  expect(gone).toMatchObject({ archivedAt: '2026-11-20T02:00:00.000Z', can: { edit: expect.stringContaining('已归档') } });
  expect((await getCommittee(world.clerk(), { ...path, query: {} })).history).toMatchObject([{ actionText: '归档业委会', reason: '登记到了别的小区' }, { actionText: '登记业委会' }]);
  await expect(updateCommittee(world.clerk(gone.version), { ...path, body: term })).rejects.toMatchObject({ code: 'state.conflict' });
  expect(await listed({})).toEqual([]);
  expect(await listed({ archived: 'true' })).toEqual([made.committeeId]);
  expect(await listed({ knownOn: localDate('2026-04-01') })).toEqual([made.committeeId]);
  expect((await getCommittee(world.clerk(), { ...path, query: { knownOn: localDate('2026-04-01') } })).status).toBe('established');
});
