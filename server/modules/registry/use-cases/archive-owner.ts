import type { Input, Output } from '#contract/define-route.ts';
import type { archiveOwner as route } from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { mustBeAble, mustBeFresh, unitCan } from '../access.ts';
import { asOf } from '../as-of.ts';
import { presentOwner } from '../present/unit.ts';
import { getOwner, holdingsOf, unitTitles } from '../store/units.ts';

/** 归档业主, once nothing belongs to them; what they held before stays on record. */
export function archiveOwner(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const before = await getOwner(tx.db, ctx.scope, params.ownerId, true);
    mustBeFresh(ctx, before);
    mustBeAble(unitCan(ctx, before).archive);
    const held = await holdingsOf(tx.db, [before.id], asOf({}, ctx.today));
    if (held.length > 0) {
      const names = [...(await unitTitles(tx.db, held.slice(0, 3).map((line) => line.unitId))).values()].map((unit) => unit.name);
      throw new Problem('state.conflict', `名下还有${names.join('、')}${held.length > 3 ? `等${held.length}套房屋` : ''}，请先登记产权转移；重复登记的请用“合并”`);
    }

    const after = await tx.db.updateTable('registry.owner').set((eb) => ({ archivedAt: ctx.now, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'owner.archive', subject: ['Owner', after.id], before, after, reason: body.reason, countyId: after.countyId, townshipId: after.townshipId });
    return presentOwner(tx.db, ctx, after, asOf({}, ctx.today));
  });
}
