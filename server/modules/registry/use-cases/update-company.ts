import type { Input, Output } from '#contract/define-route.ts';
import type { putCompany as route } from '#contract/registry/company.ts';
import type { Ctx } from '#platform/context.ts';
import { companyCan, mustBeAble, mustBeFresh, orDuplicate } from '../access.ts';
import { asOf } from '../as-of.ts';
import { stored, TAKEN } from '../company-edit.ts';
import { presentCompany } from '../present/company.ts';
import { indexCompanies } from '../search-entries.ts';
import { lockCompany } from '../store/companies.ts';

/** 修改企业; a new name keeps the old one as 曾用名. */
export function updateCompany(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const before = await lockCompany(tx.db, ctx.scope, params.companyId);
    mustBeFresh(ctx, before);
    mustBeAble(companyCan(ctx, before).edit);

    const formerNames = before.name === body.name || before.formerNames.includes(before.name) ? before.formerNames : [...before.formerNames, before.name];
    const after = await orDuplicate(tx.db.updateTable('registry.company').set((eb) => ({ ...stored(ctx, body, before), formerNames, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow(), 'company_name_key', TAKEN);
    await indexCompanies(tx.db, [after]);
    tx.audit({ action: 'company.update', subject: ['Company', after.id], before, after, countyId: after.countyId });
    return presentCompany(tx.db, ctx, after.id, asOf({}, ctx.today));
  });
}
