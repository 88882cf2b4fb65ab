import type { Input, Output } from '#contract/define-route.ts';
import type { getFormation as route } from '#contract/target.ts';
import { asOf } from '#modules/registry/index.ts';
import type { Ctx } from '#platform/context.ts';
import { computeFormation, presentFormation } from '../formation.ts';

/** 查看业委会组建率. */
export function getFormation(ctx: Ctx, { query }: Input<typeof route>): Promise<Output<typeof route>> {
  const at = asOf(query, ctx.today);
  return ctx.read(async (db) => presentFormation(await computeFormation(db, ctx, at, query.townshipId), at));
}
