import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/unit.ts';
import { buildingKey } from '#domain/kernel/unit-number.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { estateCan, mustBeAble, mustBeFresh, orDuplicate, unitCan } from '../access.ts';
import { presentBuilding, presentBuildingDetail, presentBuildings } from '../present/building.ts';
import { reindexUnits } from '../search-entries.ts';
import { getBuilding as loadBuilding, lockBuilding } from '../store/buildings.ts';
import { getEstate, lockEstate } from '../store/estates.ts';
import { visibleBuildings } from '../store/visible.ts';

type Building = Output<typeof route.postBuilding>;
const TAKEN = '本小区已有这一楼栋';

/** 楼栋列表 of an estate, in the order of their numbers. */
export function listBuildings(ctx: Ctx, { params }: Input<typeof route.listBuildings>): Promise<Output<typeof route.listBuildings>> {
  return ctx.read(async (db) => {
    const estate = await getEstate(db, ctx.scope, params.estateId);
    const rows = await visibleBuildings(db, ctx.scope).selectAll('b').where('b.estateId', '=', estate.id).where('b.archivedAt', 'is', null).orderBy(sql`char_length(b.match_key)`).orderBy('b.matchKey').limit(500).execute();
    return { rows: await presentBuildings(db, ctx, rows, estate) };
  });
}

/** 楼栋详情. */
export function getBuilding(ctx: Ctx, { params }: Input<typeof route.getBuilding>): Promise<Output<typeof route.getBuilding>> {
  return ctx.read(async (db) => presentBuildingDetail(db, ctx, await loadBuilding(db, ctx.scope, params.buildingId)));
}

/** 登记楼栋. */
export function createBuilding(ctx: Ctx, { params, body }: Input<typeof route.postBuilding>): Promise<Building> {
  return ctx.transact(async (tx) => {
    const estate = await lockEstate(tx.db, ctx.scope, params.estateId);
    mustBeAble(estateCan(ctx, estate).units);
    const { countyId, townshipId, neighbourhoodId, companyId } = estate;
    const row = await orDuplicate(tx.db.insertInto('registry.building').values({ id: newId<'Building'>(), countyId, townshipId, neighbourhoodId, companyId, estateId: estate.id, ...body, matchKey: buildingKey(body.name), createdAt: ctx.now, updatedAt: ctx.now }).returningAll().executeTakeFirstOrThrow(), 'building_name_key', TAKEN);
    tx.audit({ action: 'building.create', subject: ['Building', row.id], before: null, after: row, countyId, townshipId });
    return presentBuilding(tx.db, ctx, row);
  });
}

/** 修改楼栋. A new number changes the numbers of its units. */
export function updateBuilding(ctx: Ctx, { params, body }: Input<typeof route.putBuilding>): Promise<Building> {
  return ctx.transact(async (tx) => {
    const before = await lockBuilding(tx.db, ctx.scope, params.buildingId);
    mustBeFresh(ctx, before);
    mustBeAble(unitCan(ctx, before).edit);
    const matchKey = buildingKey(body.name);
    const after = await orDuplicate(tx.db.updateTable('registry.building').set((eb) => ({ ...body, matchKey, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow(), 'building_name_key', TAKEN);
    if (matchKey !== before.matchKey) {
      await sql`update registry.unit set match_key = ${matchKey} || substr(match_key, ${before.matchKey.length + 1}::int), version = version + 1 where building_id = ${before.id}`.execute(tx.db);
      await reindexUnits(tx.db, await getEstate(tx.db, ctx.scope, after.estateId));
    }
    tx.audit({ action: 'building.update', subject: ['Building', after.id], before, after, countyId: after.countyId, townshipId: after.townshipId });
    return presentBuilding(tx.db, ctx, after);
  });
}

/** 归档楼栋, once no unit is left in it. */
export function archiveBuilding(ctx: Ctx, { params, body }: Input<typeof route.archiveBuilding>): Promise<Building> {
  return ctx.transact(async (tx) => {
    const before = await lockBuilding(tx.db, ctx.scope, params.buildingId);
    mustBeFresh(ctx, before);
    mustBeAble(unitCan(ctx, before).archive);
    const left = await tx.db.selectFrom('registry.unit').select('id').where('buildingId', '=', before.id).where('archivedAt', 'is', null).limit(1).executeTakeFirst();
    if (left) throw new Problem('state.conflict', '楼栋内还有房屋，请先归档或调整这些房屋');
    const after = await tx.db.updateTable('registry.building').set((eb) => ({ archivedAt: ctx.now, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'building.archive', subject: ['Building', after.id], before, after, reason: body.reason, countyId: after.countyId, townshipId: after.townshipId });
    return presentBuilding(tx.db, ctx, after);
  });
}
