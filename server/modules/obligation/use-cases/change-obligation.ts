import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/obligation.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { decide } from '#domain/kernel/rule.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { waiverAllowed } from '#domain/obligation/rules.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { notify } from '#platform/notices/notify.ts';
import { orRefuse } from '#platform/problem.ts';
import { ownBody } from '../own-body.ts';
import type { ObligationRecord } from '../position.ts';
import { dutyTitle } from '../present.ts';
import { refigure } from '../refigure.ts';
import { lockObligation } from '../store.ts';
import { extensionFaults, presentObligation } from './get-obligation.ts';

/** 批准延期, once, by somebody above the holder. */
export function extendObligation(ctx: Ctx, { params, body }: Input<typeof route.putExtension>): Promise<Output<typeof route.putExtension>> {
  return changed(ctx, params.obligationId, async (tx, before, whose) => {
    orRefuse(decide(extensionFaults(ctx, before, whose), null));
    const after = await written(tx, ctx, before, 'extended', body.reason);
    tx.audit({ action: 'obligation.extend', subject: ['Obligation', before.id], before: { dueOn: before.dueOn }, after: { dueOn: after.dueOn }, reason: body.reason });
    await notify(tx, {
      kind: 'obligation.moved', to: [before.holderUserId === null ? { orgUnitId: before.holderOrgId, permission: 'obligation.read' } : { userId: before.holderUserId }], except: ctx.actor.userId, subject: ['Obligation', before.id], path: before.path,
      text: `“${before.title}”的“${dutyTitle(ctx, before.dutyId)}”批准延期${after.dueOn === null ? '' : `，现在的期限是${dateText(after.dueOn)}`}。`,
    });
    tx.emit({ name: 'obligation.moved', key: `${after.id}:${after.version}`, payload: { obligationId: after.id, subjectKind: after.subjectKind, subjectId: after.subjectId }, countyId: after.countyId });
  });
}

/** 免除, by somebody above the holder. */
export function waiveObligation(ctx: Ctx, { params, body }: Input<typeof route.putWaiver>): Promise<Output<typeof route.putWaiver>> {
  return changed(ctx, params.obligationId, async (tx, before, whose) => {
    orRefuse(decide(waiverAllowed.check({ ...whose, state: before.state }), null));
    const after = await written(tx, ctx, before, 'waived', body.reason);
    tx.audit({ action: 'obligation.waive', subject: ['Obligation', before.id], before: { status: before.state }, after: { status: after.state }, reason: body.reason });
    tx.emit({ name: 'obligation.moved', key: `${after.id}:${after.version}`, payload: { obligationId: after.id, subjectKind: after.subjectKind, subjectId: after.subjectId }, countyId: after.countyId });
  });
}

type Act = (tx: Tx, before: ObligationRecord, whose: { readonly isOwn: boolean; readonly isCounty: boolean }) => Promise<void>;

function changed(ctx: Ctx, id: Id<'Obligation'>, act: Act): Promise<Output<typeof route.getObligation>> {
  return ctx.transact(async (tx) => {
    const before = await lockObligation(tx.db, ctx, id);
    const own = await ownBody(tx.db, ctx);
    await act(tx, before, { isOwn: own.holds({ ...before, holderUserId: null }), isCounty: ctx.scope.level === 'county' || ctx.scope.level === 'everything' });
    return presentObligation(tx.db, ctx, id);
  });
}

/** Adds one entry of an officer's own act and counts anew. */
async function written(tx: Tx, ctx: Ctx, before: ObligationRecord, kind: 'extended' | 'waived', reason: string): Promise<ObligationRecord> {
  await tx.db.insertInto('obligation.entry').values({
    id: newId<'Entry'>(), countyId: before.countyId, obligationId: before.id, kind, event: `obligation.${kind}`, key: newId(), actedAt: ctx.now, actedOn: ctx.today, reason, byUserId: ctx.actor.userId, byName: ctx.actor.name, recordedAt: ctx.now,
  }).execute();
  const after = await refigure(tx, [before], tx.modules.flatMap((module) => module.duties));
  return after.get(before.id) ?? before;
}
