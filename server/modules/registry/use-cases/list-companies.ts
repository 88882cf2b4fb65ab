import type { Input, Output } from '#contract/define-route.ts';
import type { listCompanies as route } from '#contract/registry/company.ts';
import type { Ctx } from '#platform/context.ts';
import { asOf } from '../as-of.ts';
import { presentCompanies } from '../present/company.ts';
import { pageCompanies } from '../store/companies.ts';
import { paged } from '../store/page.ts';

/** 企业列表. */
export function listCompanies(ctx: Ctx, { query }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.read(async (db) => {
    const { rows, ...total } = await pageCompanies(db, ctx.scope, query);
    const page = paged(rows, query.limit);
    return { rows: await presentCompanies(db, ctx, page.rows, asOf(query, ctx.today)), next: page.next, ...total };
  });
}
