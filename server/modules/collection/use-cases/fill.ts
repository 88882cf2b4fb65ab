import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/collection.ts';
import type { Ctx } from '#platform/context.ts';
import { fillPart, takeBackPart, type Filler } from '../answer.ts';
import { presentPartDetail } from '../present.ts';
import { headOf, lockPart } from '../store/parts.ts';

type Answer = Output<typeof route.getCollectionPart>;
const fillerOf = ({ actor }: Pick<Ctx, 'actor'>): Filler => ({ source: 'online', userId: actor.userId, name: actor.name });

/** 保存填报, whole or in part; not handed in. */
export function saveAnswer(ctx: Ctx, { params, body }: Input<typeof route.saveCollectionAnswer>): Promise<Answer> {
  return fill(ctx, params.partId, { values: body.values, isUnchanged: false, isHandedIn: false });
}

/** 提交填报; 无变化 in one tap. */
export function handInAnswer(ctx: Ctx, { params, body }: Input<typeof route.handInCollectionAnswer>): Promise<Answer> {
  return fill(ctx, params.partId, { ...body, isHandedIn: true });
}

function fill(ctx: Ctx, partId: Parameters<typeof lockPart>[2], filling: Parameters<typeof fillPart>[4]): Promise<Answer> {
  return ctx.transact(async (tx) => {
    const part = await lockPart(tx.db, ctx, partId);
    const after = await fillPart(tx, ctx, { part, head: await headOf(tx.db, part) }, fillerOf(ctx), filling);
    return presentPartDetail(tx.db, ctx, after);
  });
}

/** 收回填报. */
export function takeBackAnswer(ctx: Ctx, { params }: Input<typeof route.takeBackCollectionAnswer>): Promise<Answer> {
  return ctx.transact(async (tx) => {
    const part = await lockPart(tx.db, ctx, params.partId);
    const after = await takeBackPart(tx, ctx, { part, head: await headOf(tx.db, part) }, fillerOf(ctx));
    return presentPartDetail(tx.db, ctx, after);
  });
}
