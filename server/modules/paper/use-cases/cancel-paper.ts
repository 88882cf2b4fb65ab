import type { Input, Output } from '#contract/define-route.ts';
import type { getPaper, putCancellation, putDiscard } from '#contract/paper.ts';
import type { Ctx } from '#platform/context.ts';
import { settle } from '#platform/notices/notify.ts';
import { actRules, mustObey } from '../access.ts';
import { numberOf } from '../document.ts';
import { issuerOf } from '../issuer.ts';
import { presentPaper } from '../present.ts';
import { lockPaper } from '../store.ts';

type Answer = Output<typeof getPaper>;

/** 作废: the number stays used, the text stays readable, and the public check says it is void. */
export function cancelPaper(ctx: Ctx, { params, body }: Input<typeof putCancellation>): Promise<Answer> {
  return ctx.transact(async (tx) => {
    const before = await lockPaper(tx.db, ctx, params.paperId);
    const issuer = await issuerOf(tx.db, ctx);
    mustObey(actRules.cancel(before, issuer));
    const after = await tx.db.updateTable('paper.paper').set({ status: 'cancelled', cancelledAt: ctx.now, cancelReason: body.reason, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'paper.cancel', subject: ['Paper', before.id], before: { status: before.status }, after: { status: after.status, number: numberOf(after) }, reason: body.reason, countyId: before.countyId, townshipId: before.townshipId });
    tx.emit({ name: 'paper.cancelled', key: before.id, payload: { paperId: before.id, kind: before.kind } });
    return presentPaper(tx.db, ctx, after, issuer);
  });
}

/** 弃稿: a draft that will not be issued; it never had a number. */
export function discardPaper(ctx: Ctx, { params, body }: Input<typeof putDiscard>): Promise<Answer> {
  return ctx.transact(async (tx) => {
    const before = await lockPaper(tx.db, ctx, params.paperId);
    const issuer = await issuerOf(tx.db, ctx);
    mustObey(actRules.discard(before, issuer));
    const after = await tx.db.updateTable('paper.paper').set({ status: 'discarded', cancelledAt: ctx.now, cancelReason: body.reason, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'paper.discard', subject: ['Paper', before.id], before: { status: before.status }, after: { status: after.status }, reason: body.reason, countyId: before.countyId, townshipId: before.townshipId });
    await settle(tx, { kind: 'paper.waiting', subject: ['Paper', before.id] });
    return presentPaper(tx.db, ctx, after, issuer);
  });
}
