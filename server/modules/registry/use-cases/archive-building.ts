import type { Input } from '#contract/define-route.ts';
import type { archiveBuilding as route } from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { mustBeAble, mustBeFresh, unitCan } from '../access.ts';
import type { Building } from '../building-edit.ts';
import { presentBuilding } from '../present/building.ts';
import { lockBuilding } from '../store/buildings.ts';

/** 归档楼栋, once no unit is left in it. */
export function archiveBuilding(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Building> {
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
