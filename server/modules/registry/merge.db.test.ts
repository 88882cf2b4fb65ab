import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { areaCm2, localDate, makeId, type Id } from '#domain/kernel/brand.ts';
import { newId } from '#platform/ids.ts';
import { testWorld, type World } from './testing/world.ts';
import { archiveOwner } from './use-cases/archive-owner.ts';
import { createBuilding } from './use-cases/create-building.ts';
import { getBuilding } from './use-cases/get-building.ts';
import { listBuildings } from './use-cases/list-buildings.ts';
import { getHeads } from './use-cases/get-estate.ts';
import { mergeBuilding } from './use-cases/merge-building.ts';
import { mergeOwner } from './use-cases/merge-owner.ts';
import { mergeUnit } from './use-cases/merge-unit.ts';
import { getOwner } from './use-cases/get-owner.ts';
import { listOwners } from './use-cases/list-owners.ts';
import { transferOwnership } from './use-cases/transfer-ownership.ts';
import { createUnit } from './use-cases/create-unit.ts';
import { getUnit } from './use-cases/get-unit.ts';
import { listUnits } from './use-cases/list-units.ts';
import { updateUnitArea } from './use-cases/update-unit-area.ts';
import { search } from './overview/search/search.ts';

let world: World;
const nobody = { params: {}, query: {}, body: {} };
const page = { limit: 50, sort: 'newest' as const };
const reason = '同一记录登记了两次';
beforeAll(async () => { world = await testWorld(); });
afterAll(() => world.stop());

async function newEstate(name: string): Promise<Id<'Estate'>> {
  const id = newId<'Estate'>();
  await world.clerk().transact(async (tx) => {
    await tx.db.insertInto('registry.estate').values({ id, countyId: world.county, townshipId: world.east, name, matchKey: name, managementKind: 'unknown', totalUnits: 10, occupiedUnits: 5 }).execute();
    tx.auditNothing('test estate');
  });
  return id;
}
const newBuilding = (estateId: Id<'Estate'>, name: string, floors: number | null = null) => createBuilding(world.clerk(), { ...nobody, params: { estateId }, body: { name, floors, liftCount: null } });
const newUnit = (estateId: Id<'Estate'>, buildingId: Id<'Building'>, room: string) =>
  createUnit(world.clerk(), { ...nobody, params: { estateId }, body: { buildingId, entrance: '', room, usage: 'residential', deliveredOn: null, areaCm2: areaCm2(1_000_000), areaSource: 'contract' } });
const give = (unit: { id: Id<'Unit'>; version: number }, name: string, more: { idNumber?: string; phone?: string } = {}) =>
  transferOwnership(world.clerk(unit.version), { ...nobody, params: { unitId: unit.id }, body: { onDate: null, basis: 'register', holders: [{ name, kind: 'owner', ...more }] } });
const holderOf = (unit: { holders: readonly { ownerId: Id<'Owner'> }[] }): Id<'Owner'> => unit.holders[0]?.ownerId ?? makeId('00000000-0000-7000-8000-000000000000');
const see = (ownerId: Id<'Owner'>) => getOwner(world.clerk(), { ...nobody, params: { ownerId }, query: {} });
const merge = (ownerId: Id<'Owner'>, intoId: Id<'Owner'>, version: number) => mergeOwner(world.clerk(version), { ...nobody, params: { ownerId }, body: { intoId, reason } });

describe('owners', () => {
  test('one person recorded twice becomes one: homes, numbers and the count of heads follow, and the other says where it went', async () => {
    const estateId = await newEstate('并业主苑');
    const building = await newBuilding(estateId, '1幢');
    const a = holderOf(await give(await newUnit(estateId, building.id, '101'), '李梅', { idNumber: '990101199007230768' }));
    const b = holderOf(await give(await newUnit(estateId, building.id, '102'), '李梅', { phone: '13700000031' }));
    const heads = async () => (await getHeads(world.clerk(), { ...nobody, params: { estateId }, query: {} })).count;
    expect(await heads()).toBe(2);
    const merged = await merge(b, a, (await see(b)).version);
    expect(merged).toMatchObject({ id: a, unitCount: 2, phone: '137****0031', idNumber: '990***********0768' });
    expect(await heads()).toBe(1);
    expect(await see(b)).toMatchObject({ unitCount: 0, mergedInto: { id: a, name: '李梅' }, can: { edit: expect.stringContaining('已归档') }, history: [{ actionText: '合并', reason }] });
    expect((await listOwners(world.clerk(), { ...nobody, query: { ...page, estateId } })).rows.map((row) => row.id)).toEqual([a]);
  });

  test('two numbers, a shared home, another estate, an old version or another township: refused', async () => {
    const estateId = await newEstate('不并苑');
    const building = await newBuilding(estateId, '1幢');
    const a = holderOf(await give(await newUnit(estateId, building.id, '101'), '李梅', { idNumber: '990101199007230768' }));
    const b = holderOf(await give(await newUnit(estateId, building.id, '102'), '郭明', { idNumber: '990101196709137521' }));
    const shared = await newUnit(estateId, building.id, '103');
    await transferOwnership(world.clerk(shared.version), { ...nobody, params: { unitId: shared.id }, body: { onDate: null, basis: 'register', holders: [{ ownerId: a, kind: 'owner' }, { name: '小李', kind: 'co-owner' }] } });
    const c = (await getUnit(world.clerk(), { ...nobody, params: { unitId: shared.id }, query: {} })).holders.find((line) => line.name === '小李')?.ownerId ?? a;
    const other = await newEstate('另一苑');
    const d = holderOf(await give(await newUnit(other, (await newBuilding(other, '1幢')).id, '101'), '李梅'));
    const version = async (id: Id<'Owner'>) => (await see(id)).version;
    await expect(merge(b, a, await version(b))).rejects.toMatchObject({ code: 'state.conflict', message: expect.stringContaining('证件号不同') });
    await expect(merge(c, a, await version(c))).rejects.toMatchObject({ code: 'state.conflict', message: expect.stringContaining('1幢103室') });
    await expect(merge(d, a, await version(d))).rejects.toMatchObject({ code: 'state.conflict', message: expect.stringContaining('同一小区') });
    await expect(merge(a, a, await version(a))).rejects.toMatchObject({ code: 'state.conflict' });
    await expect(merge(d, a, 99)).rejects.toMatchObject({ code: expect.stringMatching(/^state\./) });
    await expect(mergeOwner(world.township(world.west, 1), { ...nobody, params: { ownerId: a }, body: { intoId: b, reason } })).rejects.toMatchObject({ code: 'owner.not-found' });
    await expect(mergeOwner(world.township(world.east, await version(c)), { ...nobody, params: { ownerId: c }, body: { intoId: b, reason } })).rejects.toMatchObject({ code: 'access.denied' });
  });

  test('who still holds a home is not archived; who has sold is, and what they held stays on record', async () => {
    const estateId = await newEstate('归业主苑');
    const sold = await give(await newUnit(estateId, (await newBuilding(estateId, '1幢')).id, '101'), '周卖');
    const ownerId = holderOf(sold);
    const archive = async () => archiveOwner(world.clerk((await see(ownerId)).version), { ...nobody, params: { ownerId }, body: { reason: '房屋已出售' } });
    await expect(archive()).rejects.toMatchObject({ code: 'state.conflict', message: expect.stringContaining('1幢101室') });
    await transferOwnership(world.clerk(sold.version), { ...nobody, params: { unitId: sold.id }, body: { onDate: localDate('2026-06-01'), basis: 'register', holders: [{ name: '吴买', kind: 'owner' }] } });
    expect((await archive()).archivedAt).not.toBeNull();
    expect((await listOwners(world.clerk(), { ...nobody, query: { ...page, estateId } })).rows.map((row) => row.name)).toEqual(['吴买']);
    expect((await getUnit(world.clerk(), { ...nobody, params: { unitId: sold.id }, query: { on: localDate('2026-05-31') } })).holders.map((line) => line.name)).toEqual(['周卖']);
  });
});

test('one person with the old and the new number is one owner and one head', async () => {
  const estateId = await newEstate('新旧号苑');
  const building = await newBuilding(estateId, '1幢');
  const old = holderOf(await give(await newUnit(estateId, building.id, '101'), '李梅', { idNumber: '990101900723076' }));
  expect(holderOf(await give(await newUnit(estateId, building.id, '102'), '李梅', { idNumber: '990101199007230768' }))).toBe(old);
  expect((await getHeads(world.clerk(), { ...nobody, params: { estateId }, query: {} })).count).toBe(1);
  for (const q of ['990101900723076', '990101199007230768']) expect((await search(world.clerk(), { ...nobody, query: { q, limit: 50 } })).hits.map((hit) => hit.id)).toContain(old);
});

describe('homes and buildings', () => {
  const mergeInto = async (from: Id<'Unit'>, into: Id<'Unit'>) => mergeUnit(world.clerk((await getUnit(world.clerk(), { ...nobody, params: { unitId: from }, query: {} })).version), { ...nobody, params: { unitId: from }, body: { intoId: into, reason } });

  test('a home recorded twice becomes one with the owner and the area that only the other told; before that day both stay known', async () => {
    const estateId = await newEstate('并户苑');
    const building = await newBuilding(estateId, '1幢');
    world.clock.set('2026-03-01T02:00:00.000Z');
    const from = await give(await newUnit(estateId, building.id, '附101'), '郑户');
    await updateUnitArea(world.clerk(from.version), { ...nobody, params: { unitId: from.id }, body: { areaCm2: areaCm2(990_000), areaSource: 'register', validFrom: null } });
    const into = await newUnit(estateId, building.id, '101');
    world.clock.set('2026-11-20T02:00:00.000Z');
    const merged = await mergeInto(from.id, into.id);
    expect(merged).toMatchObject({ id: into.id, areaCm2: 990_000, areaSource: 'register', holders: [{ name: '郑户' }] });
    const gone = await getUnit(world.clerk(), { ...nobody, params: { unitId: from.id }, query: {} });
    expect(gone).toMatchObject({ holders: [], mergedInto: { id: into.id, name: '1幢101室' } });
    expect((await getUnit(world.clerk(), { ...nobody, params: { unitId: from.id }, query: { knownOn: localDate('2026-04-01') } })).holders.map((line) => line.name)).toEqual(['郑户']);
    expect((await listUnits(world.clerk(), { ...nobody, query: { ...page, estateId } })).rows.map((row) => row.id)).toEqual([into.id]);
    expect((await getHeads(world.clerk(), { ...nobody, params: { estateId }, query: {} })).count).toBe(1);
  });

  test('two homes of different owners are not one', async () => {
    const estateId = await newEstate('两户苑');
    const building = await newBuilding(estateId, '1幢');
    const [one, two] = [await give(await newUnit(estateId, building.id, '101'), '甲'), await give(await newUnit(estateId, building.id, '102'), '乙')];
    await expect(mergeInto(one.id, two.id)).rejects.toMatchObject({ code: 'state.conflict', message: expect.stringContaining('产权人不同') });
  });

  test('a building written two ways becomes one; the same room on both sides is settled first', async () => {
    const estateId = await newEstate('并楼苑');
    const [from, into] = [await newBuilding(estateId, '甲楼', 18), await newBuilding(estateId, '3幢')];
    const [moved, twin] = [await newUnit(estateId, from.id, '101'), await newUnit(estateId, from.id, '102')];
    const kept = await newUnit(estateId, into.id, '102');
    const path = { ...nobody, params: { buildingId: from.id }, body: { intoId: into.id, reason } };
    await expect(mergeBuilding(world.clerk(from.version), path)).rejects.toMatchObject({ code: 'state.conflict', message: expect.stringContaining('102') });
    await mergeInto(twin.id, kept.id);
    await expect(mergeBuilding(world.clerk(from.version + 1), path)).rejects.toMatchObject({ code: 'state.stale' });
    const merged = await mergeBuilding(world.clerk(from.version), path);
    expect(merged).toMatchObject({ id: into.id, floors: 18, unitCount: 2 });
    expect((await getUnit(world.clerk(), { ...nobody, params: { unitId: moved.id }, query: {} })).title).toBe('3幢101室');
    expect(await getBuilding(world.clerk(), { ...nobody, params: { buildingId: from.id } })).toMatchObject({ mergedInto: { id: into.id, name: '3幢' }, history: [{ actionText: '合并', reason }, { actionText: '登记' }] });
    expect((await listBuildings(world.clerk(), { ...nobody, params: { estateId } })).rows.map((row) => row.name)).toEqual(['3幢']);
    expect((await search(world.clerk(), { ...nobody, query: { q: '3幢101', limit: 5 } })).hits.map((hit) => hit.id)).toContain(moved.id);
    await expect(getBuilding(world.township(world.west), { ...nobody, params: { buildingId: into.id } })).rejects.toMatchObject({ code: 'not-found' });
  });
});
