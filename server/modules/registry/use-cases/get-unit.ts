import type { Input, Output } from '#contract/define-route.ts';
import type { getUnit as route } from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { asOf } from '../as-of.ts';
import { presentUnit } from '../present/unit.ts';

/** 房屋详情, as of a day. */
export function getUnit(ctx: Ctx, { params, query }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.read((db) => presentUnit(db, ctx, params.unitId, asOf(query, ctx.today)));
}
