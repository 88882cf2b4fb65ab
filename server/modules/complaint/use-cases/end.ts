import type { Input } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import { isOpen } from '#domain/complaint/lifecycle.ts';
import { outcomeLabels, recheckLabels, satisfactionLabels } from '#domain/complaint/reply.ts';
import { mergeFits } from '#domain/complaint/rules.ts';
import { decide } from '#domain/kernel/rule.ts';
import type { Ctx } from '#platform/context.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { toReturn } from '../hotline/order.ts';
import { noOf } from '../present.ts';
import { afresh } from '../record.ts';
import { complaintByNo } from '../store.ts';
import { perform, type Answer } from './perform.ts';

/** 答复; by a mediated agreement with its name. */
export const replyToComplaint = (ctx: Ctx, { params, body }: Input<typeof route.putReply>): Promise<Answer> => perform(ctx, params, {
  act: 'reply', note: `${outcomeLabels[body.outcome]}。${body.agreement === '' ? '' : `${body.agreement}。`}${body.reply}`, given: () => ({ isMediated: body.outcome === 'mediated', hasAgreement: body.agreement !== '' }),
  columns: () => ({ repliedAt: ctx.now, reply: body.reply, outcome: body.outcome, agreement: body.agreement === '' ? null : body.agreement, holderId: ctx.actor.userId }),
  follows: (tx, _found, after) => toReturn(tx, after, 'answer'),
});

/** 办结. */
export const closeComplaint = (ctx: Ctx, { params, body }: Input<typeof route.putClosure>): Promise<Answer> => perform(ctx, params, { act: 'close', note: body.note, columns: () => ({ closedAt: ctx.now, closedOn: ctx.today }) });

/** 回访. */
export function followUpComplaint(ctx: Ctx, { params, body }: Input<typeof route.putFollowUp>): Promise<Answer> {
  if (body.satisfaction === 'dissatisfied' && body.why === '') throw new Problem('input.invalid', '不满意的请写明原因', { errors: [{ pointer: '/why', message: '请填写原因' }] });
  return perform(ctx, params, { act: 'followUp', note: [satisfactionLabels[body.satisfaction], body.why].filter((words) => words !== '').join('：'), columns: () => ({ followedUpAt: ctx.now, satisfaction: body.satisfaction, satisfactionWhy: body.why === '' ? null : body.why }) });
}

/** 复查. */
export const recheckComplaint = (ctx: Ctx, { params, body }: Input<typeof route.putRecheck>): Promise<Answer> => perform(ctx, params, { act: 'recheck', note: [recheckLabels[body.result], body.note].filter((words) => words !== '').join('：'), columns: () => ({ recheckedAt: ctx.now, recheckResult: body.result }) });

/** 重新办理, on a new fact. */
export const reopenComplaint = (ctx: Ctx, { params, body }: Input<typeof route.putReopening>): Promise<Answer> => perform(ctx, params, {
  act: 'reopen', note: body.newFact, given: () => ({ hasNewFact: body.newFact.trim() !== '' }), columns: (_tx, { before }) => ({ reopenCount: before.reopenCount + 1, ...afresh, holderId: ctx.actor.userId }),
});

/** 投诉人撤回. */
export const withdrawComplaint = (ctx: Ctx, { params, body }: Input<typeof route.putWithdrawal>): Promise<Answer> => perform(ctx, params, { act: 'withdraw', note: body.why, reason: body.why });

/** 并案: its complainants keep their receipts, which follow the file it went into. */
export const mergeComplaint = (ctx: Ctx, { params, body }: Input<typeof route.putMerger>): Promise<Answer> => perform(ctx, params, {
  act: 'merge', note: `并入${body.intoNo}。${body.why}`, reason: body.why,
  columns: async (tx, { before, office }) => {
    const into = await complaintByNo(tx.db, ctx, office, body.intoNo);
    if (into === undefined) throw new Problem('input.invalid', `没有找到${body.intoNo}，请核对编号`, { errors: [{ pointer: '/intoNo', message: '请填写完整编号，如 投诉〔2026〕12号' }] });
    orRefuse(decide(mergeFits.check({ isSelf: into.id === before.id, isSameEstate: into.estateId === before.estateId, isTargetOpen: isOpen(into.status) }), null));
    await tx.db.updateTable('complaint.complaint').set({ ownerCount: into.ownerCount + before.ownerCount, updatedAt: ctx.now, version: into.version + 1 }).where('id', '=', into.id).execute();
    tx.audit({ action: 'complaint.take-in', subject: ['Complaint', into.id], before: { ownerCount: into.ownerCount }, after: { ownerCount: into.ownerCount + before.ownerCount, from: noOf(before) }, countyId: into.countyId, townshipId: into.townshipId });
    return { mergedIntoId: into.id };
  },
});
