import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type { mergeBuilding as route } from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import { mustBeAble, mustBeFresh, unitCan } from '../access.ts';
import { presentBuildingDetail } from '../present/building.ts';
import { reindexUnits } from '../search-entries.ts';
import { lockBuilding } from '../store/buildings.ts';
import { lockEstate } from '../store/estates.ts';
import { lockPair } from '../store/lock-pair.ts';
import type { BuildingRecord } from '../store/records.ts';

/** 合并楼栋: the same building written two ways (3幢, 三号楼). Its units go over under the other's number; the same room on both sides must be settled first. */
export function mergeBuilding(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const { from, into } = await lockPair(params.buildingId, body.intoId, '楼栋', (id) => lockBuilding(tx.db, ctx.scope, id));
    mustBeFresh(ctx, from);
    mustBeAble(unitCan(ctx, from).merge);
    const estate = await lockEstate(tx.db, ctx.scope, from.estateId);
    await refuseSameRooms(tx.db, from, into);

    await sql`update registry.unit set building_id = ${into.id}, match_key = ${into.matchKey} || substr(match_key, ${from.matchKey.length + 1}::int), version = version + 1, updated_at = ${ctx.now} where building_id = ${from.id} and archived_at is null`.execute(tx.db);
    const gone = await tx.db.updateTable('registry.building').set((eb) => ({ archivedAt: ctx.now, mergedIntoId: into.id, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', from.id).returningAll().executeTakeFirstOrThrow();
    const after = await tx.db.updateTable('registry.building').set((eb) => ({ floors: into.floors ?? from.floors, liftCount: into.liftCount ?? from.liftCount, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', into.id).returningAll().executeTakeFirstOrThrow();
    await reindexUnits(tx.db, estate);
    for (const [before, now] of [[from, gone], [into, after]] as const) tx.audit({ action: 'building.merge', subject: ['Building', now.id], before, after: now, reason: body.reason, countyId: now.countyId, townshipId: now.townshipId });
    tx.emit({ name: 'registry.building-merged', key: from.id, payload: { fromId: from.id, intoId: into.id } });
    return presentBuildingDetail(tx.db, ctx, after);
  });
}

async function refuseSameRooms(db: Db, from: BuildingRecord, into: BuildingRecord): Promise<void> {
  const clash = (await sql<{ room: string }>`
    select concat_ws('-', nullif(u.entrance, ''), u.room) as room from registry.unit u join registry.unit v on v.building_id = ${into.id} and v.entrance = u.entrance and v.room = u.room and v.archived_at is null
     where u.building_id = ${from.id} and u.archived_at is null order by 1 limit 3`.execute(db)).rows;
  if (clash.length > 0) throw new Problem('state.conflict', `两栋楼有相同的房号（${clash.map((row) => row.room).join('、')}等），请先合并或归档重复的房屋`);
}
