import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { asOf } from '../as-of.ts';
import { presentOwners } from '../present/unit.ts';
import { paged } from '../store/page.ts';
import { pageOwners } from '../store/units.ts';

/** 业主列表(脱敏). */
export function listOwners(ctx: Ctx, { query }: Input<typeof route.listOwners>): Promise<Output<typeof route.listOwners>> {
  return ctx.read(async (db) => {
    const { rows, ...total } = await pageOwners(db, ctx.scope, query);
    const page = paged(rows, query.limit);
    return { rows: await presentOwners(db, ctx, page.rows, asOf(query, ctx.today)), next: page.next, ...total };
  });
}
