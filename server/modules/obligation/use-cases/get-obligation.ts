import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/obligation.ts';
import type { Id } from '#domain/kernel/brand.ts';

import type { Rung } from '#domain/kernel/duty.ts';
import { extensionAllowed, waiverAllowed } from '#domain/obligation/rules.ts';
import { actorMay, type Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { basisWords, explainRow } from '../explain-row.ts';
import { ownBody, type OwnBody } from '../own-body.ts';
import type { ObligationRecord } from '../position.ts';
import { presentRows } from '../present.ts';
import { getObligationRecord } from '../store.ts';

/** 一项时限 with 为什么是这一天. */
export function getObligation(ctx: Ctx, { params }: Input<typeof route.getObligation>): Promise<Output<typeof route.getObligation>> {
  return ctx.read((db) => presentObligation(db, ctx, params.obligationId));
}

/** 一项时限 as it goes out. @throws Problem not-found */
export async function presentObligation(db: Db, ctx: Ctx, id: Id<'Obligation'>): Promise<Output<typeof route.getObligation>> {
  const own = await ownBody(db, ctx);
  const row = await getObligationRecord(db, ctx, own, id);
  const duty = dutyOf(ctx, row);
  const [shown] = await presentRows(db, ctx, [row], own);
  if (shown === undefined) throw new Error('a row was found and not shown');
  const events = await db.selectFrom('obligation.entry').select(['kind', 'actedOn', 'holderName', 'reason', 'byName']).where('obligationId', '=', id).orderBy('actedOn').orderBy('actedAt').orderBy('id').limit(200).execute();
  const rungs = await db.selectFrom('obligation.rung').select(['rung', 'climbedAt']).where('obligationId', '=', id).orderBy('climbedAt').orderBy('plannedAt').execute();
  return {
    ...shown, lines: await explainRow({ db, now: ctx.now }, row, duty), sources: (duty?.source ?? []).map(basisWords), can: obligationCan(ctx, row, own),
    events: events.map(({ actedOn, ...event }) => ({ ...event, on: actedOn })),
    told: rungs.map(({ rung, climbedAt }) => ({ words: rungWords(duty?.ladder.find(({ key }) => key === rung)), at: climbedAt })),
  };
}

/** The declared duty of a row; none where it is no longer declared. */
export const dutyOf = ({ kit }: Pick<Ctx, 'kit'>, row: Pick<ObligationRecord, 'dutyId'>) => kit.modules.flatMap((module) => module.duties).find(({ id }) => id === row.dutyId);

/** 时限可做的事. */
export function obligationCan(ctx: Ctx, row: ObligationRecord, own: OwnBody) {
  const isCounty = ctx.scope.level === 'county' || ctx.scope.level === 'everything';
  const facts = { state: row.state, isOwn: own.holds({ ...row, holderUserId: null }), isCounty };
  const said = (lacks: string | null, broken: readonly { readonly message: string }[]): true | string => lacks ?? (broken.length === 0 ? true : broken.map(({ message }) => message).join('；'));
  return {
    extend: said(actorMay(ctx.actor, 'obligation.extend') ? null : '延期由上级机关批准', extensionFaults(ctx, row, facts)),
    waive: said(actorMay(ctx.actor, 'obligation.waive') ? null : '免除由县级主管部门决定', waiverAllowed.check(facts)),
  };
}

/** What keeps an extension from being given. */
export function extensionFaults(ctx: Ctx, row: ObligationRecord, facts: { readonly isOwn: boolean; readonly isCounty: boolean }) {
  const hasExtension = (dutyOf(ctx, row)?.extension ?? null) !== null;
  return extensionAllowed.check({ ...facts, state: row.state, hasExtension, isExtended: row.isExtended, isOverdue: row.endsAt !== null && row.endsAt <= ctx.now });
}

function rungWords(rung: Rung | undefined): string {
  if (rung === undefined) return '提醒';
  if (rung.kind === 'begins') return '到了开始办理的时候，告知责任单位';
  if (rung.kind === 'warn') return `期限过了${rung.percent}%，提醒责任单位`;
  return rung.kind === 'overdue' ? '逾期提醒' : `逾期满${rung.days}个工作日，提醒上级`;
}

