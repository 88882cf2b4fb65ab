import { sql } from 'kysely';
import type { Input } from '#contract/define-route.ts';
import type { putBuilding as route } from '#contract/registry/unit.ts';
import { buildingKey } from '#domain/kernel/unit-number.ts';
import type { Ctx } from '#platform/context.ts';
import { mustBeAble, mustBeFresh, orDuplicate, unitCan } from '../access.ts';
import { type Building, TAKEN } from '../building-edit.ts';
import { presentBuilding } from '../present/building.ts';
import { reindexUnits } from '../search-entries.ts';
import { lockBuilding } from '../store/buildings.ts';
import { getEstate } from '../store/estates.ts';

/** 修改楼栋. A new number changes the numbers of its units. */
export function updateBuilding(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Building> {
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
