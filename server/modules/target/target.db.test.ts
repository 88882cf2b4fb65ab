import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import { newId } from '#platform/ids.ts';
import { readWorkbookText } from '#server/main/testing/workbook-text.ts';
import { testWorld, type World } from '#modules/registry/testing/world.ts';
import { getCommittee, listCommittees } from '#modules/committee/use-cases/list-committees.ts';
import { createCommittee, updateCommittee } from '#modules/committee/use-cases/record-committee.ts';
import { updateMembers } from '#modules/committee/use-cases/update-members.ts';
import { stats } from './stats.ts';
import { exportFormation, exportFormationEstates } from './use-cases/export-formation.ts';
import { getFormation, getFormationEstates } from './use-cases/get-formation.ts';
import { getFormationReading, listFormationReadings, reportFormation } from './use-cases/report-formation.ts';

let world: World;
const estates: Id<'Estate'>[] = [];
beforeAll(async () => {
  world = await testWorld();
  await world.clerk().transact(async (tx) => {
    for (const name of ['甲苑', '乙苑', '丙苑', '丁苑']) {
      const id = newId<'Estate'>();
      estates.push(id);
      await tx.db.insertInto('registry.estate').values({ id, countyId: world.county, townshipId: name === '丁苑' ? world.west : world.east, name, matchKey: name, managementKind: 'unknown', totalUnits: 100, occupiedUnits: name === '丙苑' ? 0 : 50 }).execute();
    }
    tx.auditNothing('test estates');
  });
});
afterAll(() => world.stop());

const nobody = { params: {}, query: {}, body: {} };
const term = (sinceOn: string, untilOn: string | null) => ({ name: '业主委员会', kind: 'committee' as const, status: 'established' as const, sinceOn: localDate(sinceOn), untilOn: untilOn === null ? null : localDate(untilOn), filedOn: null, endedOn: null });
const estate = (at: number): Id<'Estate'> => { const id = estates[at]; if (!id) throw new Error('no such estate'); return id; };

test('the rate counts occupied estates only, shows expired apart, and a reported figure stays as it was reported', async () => {
  const made = await createCommittee(world.clerk(), { ...nobody, params: { estateId: estate(0) }, body: term('2020-01-01', '2025-06-01') });
  await createCommittee(world.clerk(), { ...nobody, params: { estateId: estate(2) }, body: term('2021-01-01', null) });
  const on = localDate('2025-06-30');
  const rate = await getFormation(world.clerk(), { ...nobody, query: { on } });
  expect(rate).toMatchObject({ occupied: 3, withCommittee: 1, expired: 1, rateText: '33.33%', shortOfTarget: 1, reachesTarget: false });
  expect(rate.byTownship.map((row) => [row.township.name, row.withCommittee, row.occupied])).toEqual([['东街道', 1, 2], ['西街道', 0, 1]]);
  expect(rate.lines.map((line) => line.valueText)).toEqual(['48%', '60%', '65%']);
  const reading = await reportFormation(world.clerk(), { ...nobody, body: { on, reportedTo: '市住建局', signer: '李局' } });

  world.clock.set('2026-11-21T02:00:00.000Z');
  await updateCommittee(world.clerk(made.version), { ...nobody, params: { committeeId: made.committeeId }, body: { ...term('2020-01-01', '2025-06-01'), status: 'dissolved', endedOn: localDate('2025-01-01') } });
  expect((await getFormation(world.clerk(), { ...nobody, query: { on } })).withCommittee).toBe(0);
  expect((await getFormation(world.clerk(), { ...nobody, query: { on, knownOn: localDate('2026-11-20') } })).withCommittee).toBe(1);
  const frozen = await getFormationReading(world.clerk(), { ...nobody, params: { readingId: reading.id } });
  expect(frozen).toMatchObject({ part: 1, whole: 3, rateText: '33.33%', signer: '李局' });
  expect(frozen.estates.find((row) => row.estate.id === estate(0))).toMatchObject({ standing: 'counted-expired' });
  expect((await listFormationReadings(world.clerk(), { ...nobody, query: { limit: 50 } })).rows).toHaveLength(1);
  await expect(world.kit.database.write(world.clerk().scope, (db) => db.updateTable('target.reading').set({ part: 2 }).execute())).rejects.toThrow(/permission denied/u);
  await expect(reportFormation(world.township(world.east), { ...nobody, body: { on, reportedTo: '县', signer: '张' } })).rejects.toMatchObject({ code: 'access.denied' });
});

test('what is exported is what the condition lists, of the scope and the day', async () => {
  const query = { on: localDate('2025-06-30') };
  const bytesOf = async ({ content }: Awaited<ReturnType<typeof exportFormation>>) => readWorkbookText(content instanceof Readable ? await buffer(content) : new Uint8Array());
  const { estates, byTownship } = await getFormationEstates(world.clerk(), { ...nobody, query });
  const [townships, missing] = await Promise.all([bytesOf(await exportFormation(world.clerk(), { ...nobody, query })), bytesOf(await exportFormationEstates(world.clerk(), { ...nobody, query: { ...query, standing: 'not-counted' } }))]);
  for (const row of byTownship) expect(townships).toContain(row.township.name);
  for (const row of estates) expect([row.estate.name, missing.includes(row.estate.name)]).toEqual([row.estate.name, row.inDenominator && !row.inNumerator]);
  const own = await bytesOf(await exportFormationEstates(world.township(world.west), { ...nobody, query }));
  expect(estates.filter((row) => own.includes(row.estate.name)).map((row) => row.township.name)).toEqual(['西街道']);
});

test('statistics answer for the scope, on a day', async () => {
  expect(await stats(world.clerk(), { on: localDate('2025-06-30') })).toMatchObject({ estates: 4, occupied: 3, units: 400, unitsRecorded: 0, heads: 0 });
  expect(await stats(world.township(world.west))).toMatchObject({ estates: 1, occupied: 1, units: 100 });
});

test('a committee edited from an old version is refused; members left out end today; a sibling township sees nothing', async () => {
  const made = await createCommittee(world.clerk(), { ...nobody, params: { estateId: estate(1) }, body: term('2024-01-01', '2029-01-01') });
  const member = (name: string, post: 'chair' | 'member', phone: string | null) => ({ name, post, phone, isPartyMember: null, validFrom: null });
  const path = { ...nobody, params: { committeeId: made.committeeId } };
  const named = await updateMembers(world.clerk(made.version), { ...path, body: { members: [member('周主任', 'chair', '13611112222'), member('吴委员', 'member', null)] } });
  await expect(updateCommittee(world.clerk(made.version), { ...path, body: term('2024-01-01', '2028-12-31') })).rejects.toMatchObject({ code: 'state.stale' });
  expect(named).toMatchObject({ chair: '周主任', memberCount: 2, members: [{ name: '周主任', phone: '13611112222' }, { name: '吴委员' }] });
  const edited = await updateCommittee(world.clerk(named.version), { ...path, body: term('2024-01-01', '2028-12-31') });
  await expect(updateCommittee(world.clerk(named.version), { ...path, body: term('2024-01-01', '2028-12-31') })).rejects.toMatchObject({ code: 'state.stale' });
  await expect(updateCommittee(world.clerk(edited.version), { ...path, body: term('2024-01-01', '2023-12-31') })).rejects.toMatchObject({ code: 'input.invalid' });
  const [chair] = named.members;
  world.clock.set('2026-11-25T02:00:00.000Z');
  const kept = { name: '周主任', post: 'chair' as const, isPartyMember: true, validFrom: null, ...(chair ? { id: chair.id } : {}) };
  const after = await updateMembers(world.clerk(edited.version), { ...path, body: { members: [kept] } });
  expect(after.members).toMatchObject([{ name: '周主任', phone: '13611112222', isPartyMember: true }]);
  expect((await getCommittee(world.clerk(), { ...path, query: { on: localDate('2026-11-24') } })).members.map((one) => one.name)).toEqual(['周主任', '吴委员']);
  expect(after.versions).toHaveLength(2);
  await expect(getCommittee(world.township(world.west), { ...path, query: {} })).rejects.toMatchObject({ code: 'not-found' });
  expect((await listCommittees(world.township(world.east), { ...nobody, query: { limit: 50, sort: 'newest', expired: 'false', estateId: estate(1) } })).rows).toHaveLength(1);
});
