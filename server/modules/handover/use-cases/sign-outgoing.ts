import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/handover.ts';
import { outgoingSigns, standInApart } from '#domain/handover/rules.ts';
import { decide } from '#domain/kernel/rule.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { confirmPassword } from '#platform/identity/confirm-password.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { keyOf, type Held } from '../held.ts';
import { asParty } from '../party.ts';
import { listOf, presentHandOver } from '../present.ts';
import { lockHandOver, mayStandIn, partOf, storedItems, type HandOverRecord } from '../store.ts';
import { called, tell } from '../tell.ts';

interface Signed { readonly papers: string; readonly remark: string; readonly listMark: string; readonly notes: readonly { readonly key: string; readonly note: string }[]; readonly standInReason: string | null }

/** 移交人签字: freezes the list as it was read. @throws Problem state.stale when it is no longer that list */
export async function signOutgoing(ctx: Ctx, { params, body }: Input<typeof route.putOutgoingSignature>): Promise<Output<typeof route.getHandOver>> {
  await confirmPassword(ctx, body.password);
  const wide = await asParty(ctx);
  return wide.transact(async (tx) => {
    const before = await lockHandOver(tx.db, ctx, params.handOverId);
    if (partOf(ctx, before) !== 'from') throw new Problem('access.denied', '由移交人本人签字');
    orRefuse(decide(outgoingSigns.check(before), null));
    return sign(ctx, tx, before, { ...body, standInReason: null });
  });
}

/** 代移交人签字, with the reason why the outgoing cannot. */
export async function signInPlace(ctx: Ctx, { params, body }: Input<typeof route.putStandInSignature>): Promise<Output<typeof route.getHandOver>> {
  await confirmPassword(ctx, body.password);
  const wide = await asParty(ctx);
  return wide.transact(async (tx) => {
    const before = await lockHandOver(tx.db, ctx, params.handOverId);
    orRefuse(decide([...outgoingSigns.check(before), ...standInApart.check({ signerId: ctx.actor.userId, fromId: before.fromId, toId: before.toId, startedById: before.startedBy, covers: await mayStandIn(tx.db, ctx, before) })], null));
    return sign(ctx, tx, before, { ...body, notes: [], standInReason: body.reason });
  });
}

async function sign(ctx: Ctx, tx: Tx, before: HandOverRecord, signed: Signed): Promise<Output<typeof route.getHandOver>> {
  const { live, mark } = await listOf(ctx, tx.db, before, { forSigning: true });
  if (mark !== signed.listMark) throw new Problem('state.stale', '清单刚有变化，请刷新核对后再签字');
  if (live.length > 2_000) throw new Problem('state.conflict', '名下事项超过 2000 项，请先清理拟稿和没有确认的导入，或分岗位办理交接');
  await freeze(tx, before, live, signed.notes);
  const after = await tx.db.updateTable('handover.handOver').set({
    status: 'signed', papers: signed.papers, remark: signed.remark, fromSignedAt: ctx.now, fromSignedBy: ctx.actor.userId, fromSignedName: ctx.actor.name, standInReason: signed.standInReason,
    witnessSignedAt: null, version: before.version + 1, updatedAt: ctx.now,
  }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
  tx.audit({
    action: signed.standInReason === null ? 'handover.sign-outgoing' : 'handover.sign-in-place', subject: ['HandOver', before.id], before: { status: before.status }, after: { status: after.status, items: live.length, signer: ctx.actor.name },
    ...(signed.standInReason === null ? {} : { reason: signed.standInReason }), countyId: before.countyId,
  });
  await tell(tx, ctx, after, 'handover.waiting', after.witnessId === null ? ['to'] : ['witness', 'to'], `${called(after)}：移交方已签字，请核对清单后${after.witnessId === null ? '签收' : '签字'}`);
  return presentHandOver(ctx, tx.db, after);
}

/** Objections of the round before stay with their lines, beside the answer; a line that is new or gone has none. */
async function freeze(tx: Tx, { id, countyId }: HandOverRecord, live: readonly Held[], notes: Signed['notes']): Promise<void> {
  const before = new Map((await storedItems(tx.db, id)).map((item) => [keyOf(item), item]));
  const said = new Map(notes.map(({ key, note }) => [key, note]));
  await tx.db.deleteFrom('handover.line').where('handOverId', '=', id).execute();
  const rows = live.map((held, at) => ({
    handOverId: id, countyId, itemNo: at + 1, kind: held.kind, subjectId: held.subjectId, scopeId: held.scopeId, itemGroup: held.group, title: held.title, detail: held.detail, path: held.path,
    note: said.get(keyOf(held)) ?? '', objection: before.get(keyOf(held))?.objection ?? null,
  }));
  for (let at = 0; at < rows.length; at += 500) await tx.db.insertInto('handover.line').values(rows.slice(at, at + 500)).execute();
}
