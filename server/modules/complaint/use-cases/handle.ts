import type { Input } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { informationDays } from '#domain/complaint/policy.ts';
import type { Ctx } from '#platform/context.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { Problem } from '#platform/problem.ts';
import { perform, type Answer } from './perform.ts';

/** 首次联系. */
export const contactComplainant = (ctx: Ctx, { params, body }: Input<typeof route.putContact>): Promise<Answer> => perform(ctx, params, { act: 'contact', note: body.note, columns: () => ({ contactedAt: ctx.now, holderId: ctx.actor.userId }) });

/** 社区党组织介入. */
export const interveneInComplaint = (ctx: Ctx, { params, body }: Input<typeof route.putIntervention>): Promise<Answer> => perform(ctx, params, { act: 'intervene', note: body.note, columns: () => ({ intervenedAt: ctx.now }) });

/** 应急处理的记录: to whom it was passed at once. */
export const recordEmergency = (ctx: Ctx, { params, body }: Input<typeof route.putEmergency>): Promise<Answer> => perform(ctx, params, { act: 'emergency', note: [`已转交${body.emergencyTo}`, body.note].filter((words) => words !== '').join('。'), columns: () => ({ isEmergency: true, emergencyTo: body.emergencyTo }) });

/** 请投诉人补充情况: the clock stands still until it comes, for a limited time. */
export const askInformation = (ctx: Ctx, { params, body }: Input<typeof route.putInformationRequest>): Promise<Answer> => perform(ctx, params, {
  act: 'askInformation', note: body.note, columns: async (tx, { before }) => ({ isWaiting: true, askedAt: ctx.now, waitsUntilOn: addDays(ctx.today, await parameterValue(tx, before.countyId, informationDays, ctx.today)) }),
});

/** 收到补充情况. */
export const takeInformation = (ctx: Ctx, { params, body }: Input<typeof route.putInformation>): Promise<Answer> => perform(ctx, params, { act: 'takeInformation', note: body.note, columns: () => ({ isWaiting: false, waitsUntilOn: null }) });

/** 延期, once. */
export const extendComplaint = (ctx: Ctx, { params, body }: Input<typeof route.putExtension>): Promise<Answer> => perform(ctx, params, { act: 'extend', note: body.why, reason: body.why, columns: () => ({ extendedAt: ctx.now }) });

/** 办理记录. */
export const noteComplaint = (ctx: Ctx, { params, body }: Input<typeof route.putNote>): Promise<Answer> => perform(ctx, params, { act: 'note', note: body.note, isInternal: body.isInternal });

/** 请企业处理: from now on the estate's company reads the file, without who complained. */
export const askCompany = (ctx: Ctx, { params, body }: Input<typeof route.putCompanyRequest>): Promise<Answer> => perform(ctx, params, {
  act: 'ask', note: body.note,
  columns: async (tx, { before }) => {
    const estate = before.estateId === null ? undefined : await tx.db.selectFrom('registry.estate').select('companyId').where('id', '=', makeId<'Estate'>(before.estateId)).executeTakeFirst();
    if (estate === undefined || estate.companyId === null) throw new Problem('input.invalid', '这个小区没有登记物业服务企业，请先在基础台账登记服务合同');
    return { companyId: estate.companyId };
  },
});

/** 企业的处理反馈. */
export const giveFeedback = (ctx: Ctx, { params, body }: Input<typeof route.putFeedback>): Promise<Answer> => perform(ctx, params, { act: 'feedback', note: body.note });
