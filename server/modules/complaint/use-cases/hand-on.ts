import type { Input } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import type { Ctx } from '#platform/context.ts';
import { bodyOf, handOn, takePart } from '../parts.ts';
import { perform, type Answer } from './perform.ts';

/** 交办 to the leading body, and to one that helps. Whoever keeps it for himself has it at once in hand. */
export const assignComplaint = (ctx: Ctx, { params, body }: Input<typeof route.putAssignment>): Promise<Answer> => perform(ctx, params, {
  act: 'assign', note: body.why,
  columns: async (tx, { before }) => ({ handlerId: (await bodyOf(tx, before.countyId, body.leadId, '/leadId')).id, passedById: before.handlerId, holderId: body.leadId === before.handlerId ? ctx.actor.userId : null }),
  follows: async (tx, { before }, after) => {
    if (body.assistingId !== null) await takePart(tx, after, (await bodyOf(tx, before.countyId, body.assistingId, '/assistingId')).id, 'assisting');
    await handOn(tx, before, after);
  },
});

/** 转办, once. */
export const transferComplaint = (ctx: Ctx, { params, body }: Input<typeof route.putTransfer>): Promise<Answer> => perform(ctx, params, {
  act: 'transfer', note: body.why, reason: body.why, given: (_tx, { before }) => ({ isSameHandler: body.leadId === before.handlerId }),
  columns: async (tx, { before }) => ({ handlerId: (await bodyOf(tx, before.countyId, body.leadId, '/leadId')).id, passedById: before.handlerId, holderId: null, transferCount: before.transferCount + 1 }),
  follows: (tx, { before }, after) => handOn(tx, before, after),
});

/** 对承办提出异议: goes to the conference's office; the clock runs on. */
export const objectToHandling = (ctx: Ctx, { params, body }: Input<typeof route.putObjection>): Promise<Answer> => perform(ctx, params, { act: 'object', note: body.why, isInternal: true, columns: () => ({ isObjected: true }) });

/** 指定承办单位, by the conference's office: that body keeps it. */
export const designateHandler = (ctx: Ctx, { params, body }: Input<typeof route.putDesignation>): Promise<Answer> => perform(ctx, params, {
  act: 'designate', note: body.why, reason: body.why,
  columns: async (tx, { before }) => ({ handlerId: (await bodyOf(tx, before.countyId, body.leadId, '/leadId')).id, passedById: before.handlerId, holderId: null, isDesignated: true, isObjected: false, signedAt: before.signedAt ?? ctx.now, acceptedAt: before.acceptedAt ?? ctx.now }),
  follows: (tx, { before }, after) => handOn(tx, before, after),
});
