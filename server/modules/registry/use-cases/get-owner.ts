import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { asOf } from '../as-of.ts';
import { presentOwner } from '../present/unit.ts';
import { getOwner as loadOwner } from '../store/units.ts';

/** 业主详情(脱敏). */
export function getOwner(ctx: Ctx, { params, query }: Input<typeof route.getOwner>): Promise<Output<typeof route.getOwner>> {
  return ctx.read(async (db) => presentOwner(db, ctx, await loadOwner(db, ctx.scope, params.ownerId), asOf(query, ctx.today)));
}
