import type { Input, Output } from '#contract/define-route.ts';
import type { postPractitioner as route } from '#contract/registry/practitioner.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { orDuplicate } from '../access.ts';
import { practitionerKey } from '../bulk/practitioners.ts';
import { refuseWrongNumber, stored, TAKEN } from '../practitioner-edit.ts';
import { presentPractitioner } from '../present/company.ts';
import { indexPractitioners } from '../search-entries.ts';
import { getCompany } from '../store/companies.ts';

/** 登记从业人员. */
export function createPractitioner(ctx: Ctx, { body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const { countyId } = ctx.scope;
    if (countyId === null) throw new Problem('access.denied', '从业人员由企业、乡镇街道或县住建局登记');
    refuseWrongNumber(body.idNumber);
    if (ctx.scope.level === 'company' && body.companyId !== ctx.scope.id) throw new Problem('access.denied', '只能登记本企业的人员');
    if (body.companyId !== null) await getCompany(tx.db, ctx.scope, body.companyId);

    const fields = stored(ctx, body, null);
    const row = await orDuplicate(tx.db.insertInto('registry.practitioner').values({ id: newId<'Practitioner'>(), countyId: countyId as Id<'OrgUnit'>, ...fields, matchKey: practitionerKey({ idIndex: null, phoneIndex: null, ...fields }), createdAt: ctx.now, updatedAt: ctx.now }).returningAll().executeTakeFirstOrThrow(), 'practitioner_match_key', TAKEN);
    await indexPractitioners(tx.db, [row]);
    tx.audit({ action: 'practitioner.create', subject: ['Practitioner', row.id], before: null, after: row, countyId });
    return presentPractitioner(tx.db, ctx, row);
  });
}
