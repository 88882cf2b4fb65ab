import type { Input, Output } from '#contract/define-route.ts';
import type { listUnits as route } from '#contract/registry/unit.ts';
import type { Ctx } from '#platform/context.ts';
import { asOf } from '../as-of.ts';
import { presentUnitRow, readingOf } from '../present/unit.ts';
import { paged } from '../store/page.ts';
import { pageUnits } from '../store/units.ts';

/** 房屋列表, as of a day. */
export function listUnits(ctx: Ctx, { query }: Input<typeof route>): Promise<Output<typeof route>> {
  const at = asOf(query, ctx.today);
  return ctx.read(async (db) => {
    const { rows, ...total } = await pageUnits(db, ctx.scope, query, readingOf(ctx, at));
    const page = paged(rows, query.limit);
    return { rows: page.rows.map((row) => presentUnitRow(ctx, row)), next: page.next, ...total };
  });
}
