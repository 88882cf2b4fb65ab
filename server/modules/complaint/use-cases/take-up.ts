import type { Input } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import { refusalGrounds } from '#domain/complaint/rules.ts';
import type { Ctx } from '#platform/context.ts';
import { perform, type Answer } from './perform.ts';

/** 签收. */
export const signComplaint = (ctx: Ctx, { params }: Input<typeof route.putSigning>): Promise<Answer> => perform(ctx, params, { act: 'sign', columns: () => ({ signedAt: ctx.now, holderId: ctx.actor.userId }) });

/** 受理: whoever accepts without having signed signs with it; the pace decides the days. */
export const acceptComplaint = (ctx: Ctx, { params, body }: Input<typeof route.putAcceptance>): Promise<Answer> =>
  perform(ctx, params, { act: 'accept', note: body.note, columns: (_tx, { before }) => ({ pace: body.pace, acceptedAt: ctx.now, signedAt: before.signedAt ?? ctx.now, holderId: ctx.actor.userId }) });

/** 不予受理告知, with its ground and where else to go. */
export const refuseComplaint = (ctx: Ctx, { params, body }: Input<typeof route.putRefusal>): Promise<Answer> => {
  const where = body.where === '' ? refusalGrounds[body.ground].where : body.where;
  return perform(ctx, params, {
    act: 'refuse', note: `${refusalGrounds[body.ground].title}。${body.why}。${where}。`, given: () => ({ refusalGround: body.ground }), columns: (_tx, { before }) => ({ refusalGround: body.ground, refusalWhere: where, signedAt: before.signedAt ?? ctx.now }),
  });
};
