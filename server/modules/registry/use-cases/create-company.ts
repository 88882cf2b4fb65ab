import type { Input, Output } from '#contract/define-route.ts';
import type { postCompany as route } from '#contract/registry/company.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { orDuplicate } from '../access.ts';
import { asOf } from '../as-of.ts';
import { stored, TAKEN } from '../company-edit.ts';
import { presentCompany } from '../present/company.ts';
import { indexCompanies } from '../search-entries.ts';

/** 登记企业. The credit code is checked, and a wrong one warned of, not refused. */
export function createCompany(ctx: Ctx, { body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const { countyId } = ctx.scope;
    if (countyId === null || !['county', 'township', 'neighbourhood'].includes(ctx.scope.level)) throw new Problem('access.denied', '企业由乡镇街道或县住建局登记');

    const row = await orDuplicate(tx.db.insertInto('registry.company').values({ id: newId<'Company'>(), countyId: countyId as Id<'OrgUnit'>, ...stored(ctx, body, null), createdAt: ctx.now, updatedAt: ctx.now }).returningAll().executeTakeFirstOrThrow(), 'company_name_key', TAKEN);
    await indexCompanies(tx.db, [row]);
    tx.audit({ action: 'company.create', subject: ['Company', row.id], before: null, after: row, countyId });
    tx.emit({ name: 'registry.company-created', key: row.id, payload: { companyId: row.id } });
    return presentCompany(tx.db, ctx, row.id, asOf({}, ctx.today));
  });
}
