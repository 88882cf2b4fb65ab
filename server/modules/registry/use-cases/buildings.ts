import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/unit.ts';
import type { AreaCm2, Id } from '#domain/kernel/brand.ts';
import { buildingKey } from '#domain/kernel/unit-number.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { estateCan, found, mustBeAble, mustBeFresh, orDuplicate, unitCan } from '../access.ts';
import { reindexUnits } from '../search-entries.ts';
import { getEstate, lockEstate } from '../store/estates.ts';
import type { BuildingRecord } from '../store/records.ts';
import { visibleBuildings } from '../store/visible.ts';

type Building = Output<typeof route.postBuilding>;
const TAKEN = '本小区已有这一楼栋';

async function present(db: Db, ctx: Ctx, rows: readonly BuildingRecord[], estate: { id: Id<'Estate'>; name: string }): Promise<Building[]> {
  const sums = new Map((await sql<{ id: string; units: number; area: AreaCm2 }>`
    select u.building_id as id, count(*) as units, coalesce(sum(best.area_cm2), 0)::bigint as area from registry.unit u
      left join lateral (select a.area_cm2 from registry.unit_area a where a.unit_id = u.id and a.superseded_at is null and a.valid_to is null order by array_position(array['register', 'survey', 'contract', 'unknown'], a.area_source) limit 1) best on true
     where u.estate_id = ${estate.id} and u.archived_at is null group by u.building_id`.execute(db)).rows.map((row) => [row.id, row]));
  return rows.map((row) => {
    const { edit, archive } = unitCan(ctx, row);
    return { id: row.id, estate, name: row.name, floors: row.floors, liftCount: row.liftCount, unitCount: sums.get(row.id)?.units ?? 0, areaCm2: sums.get(row.id)?.area ?? (0 as AreaCm2), archivedAt: row.archivedAt, version: row.version, can: { edit, archive } };
  });
}

async function presentOne(db: Db, ctx: Ctx, row: BuildingRecord): Promise<Building> {
  const estate = await getEstate(db, ctx.scope, row.estateId);
  const [shown] = await present(db, ctx, [row], { id: estate.id, name: estate.name });
  return found(shown, 'not-found');
}

/** 楼栋列表 of an estate, in the order of their numbers. */
export function listBuildings(ctx: Ctx, { params }: Input<typeof route.listBuildings>): Promise<Output<typeof route.listBuildings>> {
  return ctx.read(async (db) => {
    const estate = await getEstate(db, ctx.scope, params.estateId);
    const rows = await visibleBuildings(db, ctx.scope).selectAll('b').where('b.estateId', '=', estate.id).where('b.archivedAt', 'is', null).orderBy(sql`char_length(b.match_key)`).orderBy('b.matchKey').limit(500).execute();
    return { rows: await present(db, ctx, rows, { id: estate.id, name: estate.name }) };
  });
}

/** 登记楼栋. */
export function createBuilding(ctx: Ctx, { params, body }: Input<typeof route.postBuilding>): Promise<Building> {
  return ctx.transact(async (tx) => {
    const estate = await lockEstate(tx.db, ctx.scope, params.estateId);
    mustBeAble(estateCan(ctx, estate).units);
    const { countyId, townshipId, neighbourhoodId, companyId } = estate;
    const row = await orDuplicate(tx.db.insertInto('registry.building').values({ id: newId<'Building'>(), countyId, townshipId, neighbourhoodId, companyId, estateId: estate.id, ...body, matchKey: buildingKey(body.name), createdAt: ctx.now, updatedAt: ctx.now }).returningAll().executeTakeFirstOrThrow(), 'building_name_key', TAKEN);
    tx.audit({ action: 'building.create', subject: ['Building', row.id], before: null, after: row, countyId, townshipId });
    return presentOne(tx.db, ctx, row);
  });
}

/** 修改楼栋. A new number changes the numbers of its units. */
export function updateBuilding(ctx: Ctx, { params, body }: Input<typeof route.putBuilding>): Promise<Building> {
  return ctx.transact(async (tx) => {
    const before = found(await visibleBuildings(tx.db, ctx.scope).selectAll('b').where('b.id', '=', params.buildingId).forUpdate().executeTakeFirst(), 'not-found');
    mustBeFresh(ctx, before);
    mustBeAble(unitCan(ctx, before).edit);
    const matchKey = buildingKey(body.name);
    const after = await orDuplicate(tx.db.updateTable('registry.building').set((eb) => ({ ...body, matchKey, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow(), 'building_name_key', TAKEN);
    if (matchKey !== before.matchKey) {
      await sql`update registry.unit set match_key = ${matchKey} || substr(match_key, ${before.matchKey.length + 1}::int), version = version + 1 where building_id = ${before.id}`.execute(tx.db);
      await reindexUnits(tx.db, await getEstate(tx.db, ctx.scope, after.estateId));
    }
    tx.audit({ action: 'building.update', subject: ['Building', after.id], before, after, countyId: after.countyId, townshipId: after.townshipId });
    return presentOne(tx.db, ctx, after);
  });
}

/** 归档楼栋, once no unit is left in it. */
export function archiveBuilding(ctx: Ctx, { params, body }: Input<typeof route.archiveBuilding>): Promise<Building> {
  return ctx.transact(async (tx) => {
    const before = found(await visibleBuildings(tx.db, ctx.scope).selectAll('b').where('b.id', '=', params.buildingId).forUpdate().executeTakeFirst(), 'not-found');
    mustBeFresh(ctx, before);
    mustBeAble(unitCan(ctx, before).archive);
    const left = await tx.db.selectFrom('registry.unit').select('id').where('buildingId', '=', before.id).where('archivedAt', 'is', null).limit(1).executeTakeFirst();
    if (left) throw new Problem('state.conflict', '楼栋内还有房屋，请先归档或调整这些房屋');
    const after = await tx.db.updateTable('registry.building').set((eb) => ({ archivedAt: ctx.now, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'building.archive', subject: ['Building', after.id], before, after, reason: body.reason, countyId: after.countyId, townshipId: after.townshipId });
    return presentOne(tx.db, ctx, after);
  });
}
