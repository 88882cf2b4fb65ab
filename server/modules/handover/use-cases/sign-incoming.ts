import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/handover.ts';
import { incomingSigns } from '#domain/handover/rules.ts';
import { decide } from '#domain/kernel/rule.ts';
import type { Ctx } from '#platform/context.ts';
import { confirmPassword } from '#platform/identity/confirm-password.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { goingPosts, heldIn, keyOf, markOf } from '../held.ts';
import { asParty } from '../party.ts';
import { passOn } from '../pass-on.ts';
import { presentHandOver } from '../present.ts';
import { lockHandOver, partOf, storedItems } from '../store.ts';

/** 接手人签收: the second signature; posts, things in hand and the list as a paper, all in this transaction or none. */
export async function signIncoming(ctx: Ctx, { params, body }: Input<typeof route.putIncomingSignature>): Promise<Output<typeof route.getHandOver>> {
  await confirmPassword(ctx, body.password);
  const wide = await asParty(ctx);
  return wide.transact(async (tx) => {
    const before = await lockHandOver(tx.db, ctx, params.handOverId);
    if (partOf(ctx, before) !== 'to') throw new Problem('access.denied', '由接手人本人签收');
    const signed = await storedItems(tx.db, before.id);
    const posts = await goingPosts(tx.db, before.fromId, before.grantIds);
    const live = await heldIn(ctx.kit, tx.db, before.fromId, posts);
    const listed = new Set(signed.map(keyOf));
    const added = live.filter((held) => !listed.has(keyOf(held))).map(({ title }) => title);
    orRefuse(decide(incomingSigns.check({ status: before.status, today: ctx.today, plannedOn: before.plannedOn, witness: before.witnessName, witnessSigned: before.witnessSignedAt !== null, added }), null));
    if (markOf(signed) !== body.listMark) throw new Problem('state.stale', '清单刚有变化，请刷新核对后再签收');
    return presentHandOver(ctx, tx.db, await passOn(wide, tx, before, { posts, live, signed }));
  });
}
