import type { Input, Output } from '#contract/define-route.ts';
import type { listEstates as route } from '#contract/registry/estate.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { asOf, type AsOf } from '../as-of.ts';
import { presentEstateRow } from '../present/estate.ts';
import { estateFindings, qualityLimits } from '../quality.ts';
import { allEstates, factsOf, pageEstates, type EstateFilters } from '../store/estates.ts';
import { paged } from '../store/page.ts';

/** 小区列表, as of a day. */
export function listEstates(ctx: Ctx, { query }: Input<typeof route>): Promise<Output<typeof route>> {
  const at = asOf(query, ctx.today);
  return ctx.read(async (db) => {
    const { rows, ...total } = await pageEstates(db, ctx.scope, query, at, await withProblem(db, ctx, query, at));
    const page = paged(rows, query.limit);
    const facts = await factsOf(db, page.rows, at);
    return { rows: page.rows.map((row) => presentEstateRow(ctx, row, facts, at)), next: page.next, ...total };
  });
}

/** 有此数据问题的小区; null when not asked. The rule is the domain's own, so it looks at each estate in scope. */
export async function withProblem(db: Db, ctx: Pick<Ctx, 'actor' | 'scope'>, { problem }: Pick<EstateFilters, 'problem'>, at: AsOf): Promise<Id<'Estate'>[] | null> {
  if (problem === undefined) return null;
  const estates = await allEstates(db, ctx.scope);
  const [facts, limits] = [await factsOf(db, estates, at), await qualityLimits(db, ctx.scope, at.on)];
  return estates.filter((row) => estateFindings(ctx, row, facts, limits, at).some((finding) => finding.rule === problem)).map((row) => row.id);
}
