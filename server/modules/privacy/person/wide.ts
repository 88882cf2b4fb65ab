import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { makeContext } from '#platform/make-context.ts';

/**
 * 系统范围: what is held of a person lies under townships, estates and companies, so it is looked for with the system's scope; every holder
 * narrows by the county. A session believed from memory is confirmed first, because the new context no longer carries its check.
 */
export async function widely(ctx: Ctx): Promise<Ctx> {
  await ctx.read(() => Promise.resolve());
  const { actor, requestId, ip, ifMatch, idempotency, uploads } = ctx;
  return makeContext(ctx.kit, { actor, scope: everything, requestId, ip, ifMatch, idempotency, uploads });
}
