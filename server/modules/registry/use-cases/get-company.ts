import type { Input, Output } from '#contract/define-route.ts';
import type { getCompany as route } from '#contract/registry/company.ts';
import type { Ctx } from '#platform/context.ts';
import { asOf } from '../as-of.ts';
import { presentCompany } from '../present/company.ts';

/** 企业详情. */
export function getCompany(ctx: Ctx, { params, query }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.read((db) => presentCompany(db, ctx, params.companyId, asOf(query, ctx.today)));
}
