import type { Input, Output } from '#contract/define-route.ts';
import type { getOrgUnit as route } from '#contract/registry/org-unit.ts';
import type { Ctx } from '#platform/context.ts';
import { presentOrgUnit } from '../present/org-unit.ts';

/** 机构详情. */
export function getOrgUnit(ctx: Ctx, { params }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.read((db) => presentOrgUnit(db, ctx, params.orgUnitId));
}
