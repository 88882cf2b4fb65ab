import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/handover.ts';
import { cancelInTime } from '#domain/handover/rules.ts';
import { decide } from '#domain/kernel/rule.ts';
import type { Ctx } from '#platform/context.ts';
import { orRefuse } from '#platform/problem.ts';
import { asParty } from '../party.ts';
import { presentHandOver } from '../present.ts';
import { lockInCounty } from '../store.ts';
import { called, tell } from '../tell.ts';

/** 取消交接, before the second signature; nothing had moved. */
export async function cancelHandOver(ctx: Ctx, { params, body }: Input<typeof route.putHandOverCancellation>): Promise<Output<typeof route.getHandOver>> {
  const after = await ctx.transact(async (tx) => {
    const before = await lockInCounty(tx.db, ctx, params.handOverId);
    orRefuse(decide(cancelInTime.check(before), null));
    const row = await tx.db.updateTable('handover.handOver').set({ status: 'cancelled', cancelledAt: ctx.now, cancelReason: body.reason, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'handover.cancel', subject: ['HandOver', before.id], before: { status: before.status }, after: { status: row.status }, reason: body.reason, countyId: before.countyId });
    await tell(tx, ctx, row, 'handover.ended', ['from', 'to', 'witness', 'starter'], `${called(row)}已取消，岗位没有变动`);
    return row;
  });
  return (await asParty(ctx)).read((db) => presentHandOver(ctx, db, after));
}
