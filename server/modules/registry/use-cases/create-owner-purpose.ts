import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { mustBeAble, estateCan } from '../access.ts';
import { getEstate } from '../store/estates.ts';

/** 登记业主信息装载目的: owners loaded without one are put under it. */
export function createOwnerPurpose(ctx: Ctx, { params, body }: Input<typeof route.postOwnerPurpose>): Promise<Output<typeof route.postOwnerPurpose>> {
  return ctx.transact(async (tx) => {
    const estate = await getEstate(tx.db, ctx.scope, params.estateId);
    mustBeAble(estateCan(ctx, estate).units);
    if (body.deleteOn <= ctx.today) throw new Problem('input.invalid', '删除日期应晚于今天', { errors: [{ pointer: '/deleteOn', message: '应晚于今天' }] });
    const { countyId, townshipId, neighbourhoodId } = estate;

    const row = await tx.db.insertInto('registry.ownerPurpose').values({ id: newId<'OwnerPurpose'>(), countyId, townshipId, neighbourhoodId, estateId: estate.id, ...body, recordedBy: ctx.actor.userId, recordedAt: ctx.now }).returningAll().executeTakeFirstOrThrow();
    await tx.db.updateTable('registry.owner').set({ purposeId: row.id }).where('estateId', '=', estate.id).where('purposeId', 'is', null).execute();
    tx.audit({ action: 'owner.purpose', subject: ['Estate', estate.id], before: null, after: body, countyId, townshipId });
    return { id: row.id, purpose: row.purpose, document: row.document, deleteOn: row.deleteOn, recordedAt: row.recordedAt, endedAt: row.endedAt };
  });
}
