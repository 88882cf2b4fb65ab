import type { Input, Output } from '#contract/define-route.ts';
import type { listPractitioners as route } from '#contract/registry/practitioner.ts';
import type { Ctx } from '#platform/context.ts';
import { presentPractitioners } from '../present/company.ts';
import { pagePractitioners } from '../store/companies.ts';
import { paged } from '../store/page.ts';

/** 从业人员列表(脱敏). */
export function listPractitioners(ctx: Ctx, { query }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.read(async (db) => {
    const { rows, ...total } = await pagePractitioners(db, ctx.scope, query);
    const page = paged(rows, query.limit);
    return { rows: await presentPractitioners(db, ctx, page.rows), next: page.next, ...total };
  });
}
