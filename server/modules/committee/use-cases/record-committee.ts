import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/committee.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { committeeCan, mayRecord, mustBeAble } from '../access.ts';
import { presentCommittee } from '../present.ts';
import { committeeAsOf } from '../read.ts';
import { tellTerms } from '../tell-terms.ts';
import { insertVersion, lockCommittee, supersedeCommittee, type CommitteeRecord } from '../store.ts';

type Committee = Output<typeof route.getCommittee>;
type Draft = Input<typeof route.postCommittee>['body'];

/** 登记业委会. */
export function createCommittee(ctx: Ctx, { params, body }: Input<typeof route.postCommittee>): Promise<Committee> {
  return ctx.transact(async (tx) => {
    mustBeAble(mayRecord(ctx));
    const estate = await within(ctx.scope, tx.db.selectFrom('registry.estate'), { own: 'estate' }).select(['id', 'countyId', 'townshipId', 'neighbourhoodId', 'companyId', 'archivedAt']).where('id', '=', params.estateId).executeTakeFirst();
    if (!estate) throw new Problem('estate.not-found', '小区不存在或不在管辖范围内');
    if (estate.archivedAt !== null) throw new Problem('state.conflict', '小区已归档');
    refuseReversed(body);

    const { id: estateId, archivedAt: _archivedAt, ...place } = estate;
    const committeeId = newId<'Committee'>();
    await insertVersion(tx.db, { ...place, ...body, estateId, committeeId, claimedMembers: null }, { at: ctx.now, batchId: null });
    return recorded(tx, ctx, committeeId, { ...place, estateId }, null, body);
  });
}

/** 修改业委会: a new version; the old one stays known as of then. */
export function updateCommittee(ctx: Ctx, { params, body }: Input<typeof route.putCommittee>): Promise<Committee> {
  return ctx.transact(async (tx) => {
    const before = await lockCommittee(tx.db, ctx, params.committeeId);
    mustBeAble(committeeCan(ctx, before).edit);
    refuseReversed(body);

    await supersedeCommittee(tx.db, before.id, ctx.now);
    await insertVersion(tx.db, { ...before, ...body }, { at: ctx.now, batchId: null });
    return recorded(tx, ctx, makeId<'Committee'>(before.committeeId), before, said(before), body);
  });
}

type Place = Pick<CommitteeRecord, 'estateId' | 'countyId' | 'townshipId'>;

async function recorded(tx: Tx, ctx: Ctx, committeeId: Id<'Committee'>, { estateId, countyId, townshipId }: Place, before: Draft | null, after: Draft): Promise<Committee> {
  tx.audit({ action: 'estate.committee', subject: ['Committee', committeeId], before, after, countyId, townshipId });
  await tellTerms(tx, ctx, [estateId]);
  tx.emit({ name: 'committee.recorded', key: `${committeeId}:${ctx.now}`, payload: { committeeId, estateId } });
  return presentCommittee(tx.db, ctx, committeeId, committeeAsOf({}, ctx.today));
}

/** What of a committee goes into the audit trail. */
export const said = ({ name, kind, status, sinceOn, untilOn, filedOn, endedOn }: CommitteeRecord): Draft => ({ name, kind, status, sinceOn, untilOn, filedOn, endedOn });

function refuseReversed({ sinceOn, untilOn, endedOn }: Draft): void {
  const errors = [
    ...(sinceOn && untilOn && untilOn < sinceOn ? [{ pointer: '/untilOn', message: '届满时间早于成立时间，请核对' }] : []),
    ...(sinceOn && endedOn && endedOn < sinceOn ? [{ pointer: '/endedOn', message: '终止日期早于成立时间，请核对' }] : []),
  ];
  if (errors.length > 0) throw new Problem('input.invalid', '日期颠倒，请核对', { errors });
}
