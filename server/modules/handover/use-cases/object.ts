import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/handover.ts';
import { objectionInTime, witnessSigns } from '#domain/handover/rules.ts';
import { decide } from '#domain/kernel/rule.ts';
import type { Ctx } from '#platform/context.ts';
import { confirmPassword } from '#platform/identity/confirm-password.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { keyOf, markOf } from '../held.ts';
import { asParty } from '../party.ts';
import { presentHandOver } from '../present.ts';
import { lockHandOver, partOf, storedItems } from '../store.ts';
import { called, tell } from '../tell.ts';

/** 逐项提出异议: goes back to the outgoing, whose signature no longer counts. */
export async function objectToItems(ctx: Ctx, { params, body }: Input<typeof route.putObjections>): Promise<Output<typeof route.getHandOver>> {
  return (await asParty(ctx)).transact(async (tx) => {
    const before = await lockHandOver(tx.db, ctx, params.handOverId);
    if (partOf(ctx, before) !== 'to') throw new Problem('access.denied', '由接手人提出异议');
    orRefuse(decide(objectionInTime.check(before), null));
    const items = new Map((await storedItems(tx.db, before.id)).map((item) => [keyOf(item), item]));
    const objected: string[] = [];
    for (const { key, objection } of body.objections) {
      const item = items.get(key);
      if (!item) throw new Problem('state.stale', '清单刚有变化，请刷新核对后再提出');
      await tx.db.updateTable('handover.line').set({ objection }).where('handOverId', '=', before.id).where('itemNo', '=', item.itemNo).execute();
      objected.push(`${item.title}：${objection}`);
    }
    const after = await tx.db.updateTable('handover.handOver').set({ status: 'objected', fromSignedAt: null, fromSignedBy: null, fromSignedName: null, standInReason: null, witnessSignedAt: null, version: before.version + 1, updatedAt: ctx.now })
      .where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'handover.object', subject: ['HandOver', before.id], before: { status: before.status }, after: { status: after.status, objections: objected.join('；').slice(0, 1_000) }, countyId: before.countyId });
    await tell(tx, ctx, after, 'handover.waiting', ['from', 'starter'], `${called(after)}：接手人对 ${objected.length} 项有异议，请答复后重新签字`);
    return presentHandOver(ctx, tx.db, after);
  });
}

/** 监交人签字. */
export async function signWitness(ctx: Ctx, { params, body }: Input<typeof route.putWitnessSignature>): Promise<Output<typeof route.getHandOver>> {
  await confirmPassword(ctx, body.password);
  return (await asParty(ctx)).transact(async (tx) => {
    const before = await lockHandOver(tx.db, ctx, params.handOverId);
    if (partOf(ctx, before) !== 'witness') throw new Problem('access.denied', '由监交人本人签字');
    orRefuse(decide(witnessSigns.check({ status: before.status, witnessSigned: before.witnessSignedAt !== null }), null));
    if (markOf(await storedItems(tx.db, before.id)) !== body.listMark) throw new Problem('state.stale', '清单刚有变化，请刷新核对后再签字');
    const after = await tx.db.updateTable('handover.handOver').set({ witnessSignedAt: ctx.now, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({ action: 'handover.sign-witness', subject: ['HandOver', before.id], before: null, after: { signer: ctx.actor.name }, countyId: before.countyId });
    await tell(tx, ctx, after, 'handover.waiting', ['to'], `${called(after)}：监交人已签字，请签收`);
    return presentHandOver(ctx, tx.db, after);
  });
}
