import type { Input, Output } from '#contract/define-route.ts';
import type { archiveCommittee as route } from '#contract/committee.ts';
import type { Ctx } from '#platform/context.ts';
import { committeeCan, mustBeAble } from '../access.ts';
import { presentCommittee } from '../present.ts';
import { committeeAsOf } from '../read.ts';
import { lockCommittee, supersedeCommittee } from '../store.ts';
import { tellTerms } from '../tell-terms.ts';
import { said } from './record-committee.ts';

/** 归档业委会: recorded by mistake; from now on it counts nowhere, and it stays known that we once knew it. One that ceased is edited instead. */
export function archiveCommittee(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const before = await lockCommittee(tx.db, ctx, params.committeeId);
    mustBeAble(committeeCan(ctx, before).archive);

    await supersedeCommittee(tx.db, before.id, ctx.now);
    tx.audit({ action: 'committee.archive', subject: ['Committee', params.committeeId], before: said(before), after: null, reason: body.reason, countyId: before.countyId, townshipId: before.townshipId });
    await tellTerms(tx, ctx, [before.estateId]);
    tx.emit({ name: 'committee.archived', key: before.id, payload: { committeeId: params.committeeId, estateId: before.estateId } });
    return presentCommittee(tx.db, ctx, params.committeeId, committeeAsOf({}, ctx.today));
  });
}
