import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { areaCm2, localDate, makeId, type Id } from '#domain/kernel/brand.ts';
import { newId } from '#platform/ids.ts';
import { countyScope } from '#platform/access/scope.ts';
import { movePlace, tablesNaming } from './move-place.ts';
import { testWorld, type World } from './testing/world.ts';
import { createBuilding } from './use-cases/create-building.ts';
import { getEstate } from './use-cases/get-estate.ts';
import { getOrgUnit } from './use-cases/get-org-unit.ts';
import { listEstates } from './use-cases/list-estates.ts';
import { mergeOrgUnit } from './use-cases/merge-org-unit.ts';
import { createUnit } from './use-cases/create-unit.ts';
import { listUnits } from './use-cases/list-units.ts';

let world: World;
const nobody = { params: {}, query: {}, body: {} };
const page = { limit: 50, sort: 'newest' as const };
const basis = '省政府批复〔2026〕7号';
beforeAll(async () => { world = await testWorld(); });
afterAll(() => world.stop());

const administrator = (ifMatch: number | null = null) => world.as(countyScope(world.county), 'system-administrator', ifMatch);
const put = (work: (db: Parameters<typeof movePlace>[0]) => Promise<unknown>) => world.clerk().transact(async (tx) => { await work(tx.db); tx.auditNothing('test'); });
async function body(kind: 'township' | 'neighbourhood', name: string, parent: Id<'OrgUnit'>): Promise<Id<'OrgUnit'>> {
  const id = newId<'OrgUnit'>();
  await put((db) => db.insertInto('platform.orgUnit').values({ id, countyId: world.county, townshipId: kind === 'township' ? id : parent, neighbourhoodId: kind === 'township' ? null : id, parentId: parent, kind, subkind: null, code: null, name, matchKey: name, address: null, archivedAt: null }).execute());
  return id;
}
async function estateIn(townshipId: Id<'OrgUnit'>, name: string, neighbourhoodId: Id<'OrgUnit'> | null = null): Promise<Id<'Estate'>> {
  const id = newId<'Estate'>();
  await put((db) => db.insertInto('registry.estate').values({ id, countyId: world.county, townshipId, neighbourhoodId, name, matchKey: name, managementKind: 'unknown', totalUnits: 10, occupiedUnits: 5 }).execute());
  return id;
}
const see = (id: Id<'OrgUnit'>) => getOrgUnit(administrator(), { ...nobody, params: { orgUnitId: id } });
const merge = async (from: Id<'OrgUnit'>, into: Id<'OrgUnit'>, onDate = '2026-01-01', version?: number) =>
  mergeOrgUnit(administrator(version ?? (await see(from)).version), { ...nobody, params: { orgUnitId: from }, body: { intoId: into, onDate: localDate(onDate), basis } });
async function post(townshipId: Id<'OrgUnit'>, user: Id<'AppUser'>): Promise<Id<'UserGrant'>> {
  const id = newId<'UserGrant'>();
  await put((db) => db.insertInto('platform.userGrant').values({ id, userId: user, countyId: world.county, role: 'township-officer', orgUnitId: townshipId, level: 'township', scopeId: townshipId, title: null, startedOn: localDate('2025-01-01') }).execute());
  return id;
}
async function person(login: string): Promise<Id<'AppUser'>> {
  const id = newId<'AppUser'>();
  await put((db) => db.insertInto('platform.appUser').values({ id, countyId: world.county, login, name: login, passwordHash: '-' }).execute());
  return id;
}
const grant = (id: Id<'UserGrant'>) => world.clerk().read((db) => db.selectFrom('platform.userGrant').select(['scopeId', 'orgUnitId', 'endedAt']).where('id', '=', id).executeTakeFirstOrThrow());

describe('two townships become one', () => {
  test('estates with all below them, communities and posts are the other’s; the old one ends and says where it went', async () => {
    const [north, south] = [await body('township', '北镇', world.county), await body('township', '南街道', world.county)];
    const community = await body('neighbourhood', '北一社区', north);
    const estateId = await estateIn(north, '北苑', community);
    const building = await createBuilding(world.clerk(), { ...nobody, params: { estateId }, body: { name: '1幢', floors: null, liftCount: null } });
    await createUnit(world.clerk(), { ...nobody, params: { estateId }, body: { buildingId: building.id, entrance: '', room: '101', usage: 'residential', deliveredOn: null, areaCm2: areaCm2(1_000_000), areaSource: 'contract' } });
    const [one, both] = [await person('one'), await person('both')];
    const [moves, ends, stays] = [await post(north, one), await post(north, both), await post(south, both)];
    const southern = world.township(south);
    expect((await listUnits(southern, { ...nobody, query: { ...page, estateId } })).rows).toEqual([]);

    const into = await merge(north, south);
    expect(into).toMatchObject({ id: south, estateCount: 1, neighbourhoods: [{ id: community, name: '北一社区' }], lineage: [{ from: { id: north, name: '北镇' }, to: { id: south }, onDate: '2026-01-01', basis, estates: 1, neighbourhoods: 1, posts: 2 }] });
    expect((await see(south)).history[0]).toMatchObject({ actionText: '合并', reason: basis });
    expect((await listUnits(southern, { ...nobody, query: { ...page, estateId } })).rows.map(({ title }) => title)).toEqual(['1幢101室']);
    expect((await listEstates(world.township(north), { ...nobody, query: page })).rows).toEqual([]);
    expect((await getEstate(southern, { ...nobody, params: { estateId }, query: {} })).history[0]).toMatchObject({ actionText: '更换归属', reason: expect.stringContaining('北镇并入南街道') });
    expect(await see(north)).toMatchObject({ archivedAt: expect.any(String), mergedInto: { id: south, name: '南街道' }, estateCount: 0, can: { merge: '已经撤销' } });
    expect(await see(community)).toMatchObject({ parentId: south });
    expect(await grant(moves)).toMatchObject({ scopeId: south, orgUnitId: south, endedAt: null });
    expect((await grant(ends)).endedAt).not.toBeNull();
    expect(await grant(stays)).toMatchObject({ scopeId: south, endedAt: null });
  });

  test('no row of any table that may be changed names the old one any more', async () => {
    const [old, next] = [await body('township', '旧乡', world.county), await body('township', '新乡', world.county)];
    await estateIn(old, '旧苑');
    await merge(old, next);
    const tables = await world.clerk().read((db) => tablesNaming(db, 'township_id'));
    expect(tables.map(({ table }) => table)).toEqual(expect.arrayContaining(['registry.estate', 'registry.unit', 'registry.search_entry', 'ledger.batch', 'paper.paper', 'platform.file']));
    for (const { table, column } of tables) {
      const left = await world.clerk().read((db) => sql<{ n: number }>`select count(*) as n from ${sql.raw(table)} where ${sql.raw(column)} = ${old}`.execute(db));
      expect([table, left.rows[0]?.n]).toEqual([table, 0]);
    }
  });

  test('a table with a trigger of its own before an update is known: it must let the place change', async () => {
    const { rows } = await world.clerk().read((db) => sql<{ table: string }>`
      select distinct t.tgrelid::regclass::text as "table" from pg_trigger t join pg_attribute a on a.attrelid = t.tgrelid and a.attname in ('township_id', 'neighbourhood_id') and not a.attisdropped
       where not t.tgisinternal and (t.tgtype & 18) = 18 and has_table_privilege(t.tgrelid, 'update') order by 1`.execute(db));
    expect(rows.map(({ table }) => table)).toEqual(['paper.paper', 'publication.publication']);
  });

  test('one name on both sides, a day to come, an old version, another kind or itself: refused, and nothing moved', async () => {
    const [left, right] = [await body('township', '左镇', world.county), await body('township', '右镇', world.county)];
    await estateIn(left, '同名苑');
    await estateIn(right, '同名苑');
    await expect(merge(left, right)).rejects.toMatchObject({ code: 'state.conflict', message: expect.stringContaining('同名苑') });
    await expect(merge(left, right, '2999-01-01')).rejects.toMatchObject({ code: 'rule.violated' });
    await expect(merge(left, right, '2026-01-01', 99)).rejects.toMatchObject({ code: 'state.stale' });
    await expect(merge(left, world.eastCommunity)).rejects.toMatchObject({ code: 'rule.violated' });
    await expect(merge(left, left)).rejects.toMatchObject({ code: 'state.conflict' });
    await expect(merge(left, makeId('00000000-0000-7000-8000-00000000dead'))).rejects.toMatchObject({ code: 'not-found' });
    expect(await see(left)).toMatchObject({ archivedAt: null, estateCount: 1, lineage: [] });
  });

  test('communities of one township become one; of two townships they do not', async () => {
    const gone = await body('neighbourhood', '东二社区', world.east);
    const estateId = await estateIn(world.east, '东二苑', gone);
    await expect(merge(gone, world.westCommunity)).rejects.toMatchObject({ code: 'rule.violated' });
    expect(await merge(gone, world.eastCommunity)).toMatchObject({ estateCount: 1, lineage: [{ estates: 1, neighbourhoods: 0 }] });
    expect((await getEstate(world.clerk(), { ...nobody, params: { estateId }, query: {} })).neighbourhood).toMatchObject({ id: world.eastCommunity });
  });
});
