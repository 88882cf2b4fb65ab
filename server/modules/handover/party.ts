import { countyScope, everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { makeContext } from '#platform/make-context.ts';

/**
 * 当事人的上下文: a party may be new and hold no post yet, or have lost the last one, so the act runs with the system's scope, and every
 * query of it is narrowed by who acts. A session believed from memory is confirmed first, because the new context no longer carries its check.
 */
export async function asParty(ctx: Ctx): Promise<Ctx> {
  await ctx.read(() => Promise.resolve());
  const { actor, requestId, ip, ifMatch, idempotency, uploads } = ctx;
  return makeContext(ctx.kit, { actor, scope: everything, requestId, ip, ifMatch, idempotency, uploads });
}

/** 本县范围 of a party's context: rules that count a county's people look at that county alone. */
export const inCounty = (ctx: Ctx, countyId: string): Ctx => ({ ...ctx, scope: countyScope(countyId) });
