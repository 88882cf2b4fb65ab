import type * as route from '#contract/administration/org-unit.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { Ctx } from '#platform/context.ts';
import { countyUnits, orgUnitColumns } from '../store/org-units.ts';

/** 组织机构, the county's in order; the tree is made of `parentId`. */
export function listOrgUnits(ctx: Ctx, { query }: Input<typeof route.listOrgUnits>): Promise<Output<typeof route.listOrgUnits>> {
  return ctx.read(async (db) => {
    let units = countyUnits(db, ctx.scope).select(orgUnitColumns);
    if (query.kind !== undefined) units = units.where('kind', '=', query.kind);
    if (query.parentId !== undefined) units = units.where('parentId', '=', query.parentId);
    if (query.includeArchived !== true) units = units.where('archivedAt', 'is', null);
    return { rows: await units.orderBy('sortNo').orderBy('code').orderBy('id').limit(5000).execute() };
  });
}
