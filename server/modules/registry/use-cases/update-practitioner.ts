import type { Input, Output } from '#contract/define-route.ts';
import type { putPractitioner as route } from '#contract/registry/practitioner.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { companyCan, mustBeAble, mustBeFresh, orDuplicate } from '../access.ts';
import { practitionerKey } from '../bulk/practitioners.ts';
import { refuseWrongNumber, stored, TAKEN } from '../practitioner-edit.ts';
import { presentPractitioner } from '../present/company.ts';
import { indexPractitioners } from '../search-entries.ts';
import { getCompany, getPractitioner as loadPractitioner } from '../store/companies.ts';

/** 修改从业人员. A number left out stays as it is; null removes it. */
export function updatePractitioner(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const before = await loadPractitioner(tx.db, ctx.scope, params.practitionerId, true);
    mustBeFresh(ctx, before);
    mustBeAble(companyCan(ctx, before).edit);
    refuseWrongNumber(body.idNumber);
    if (ctx.scope.level === 'company' && body.companyId !== ctx.scope.id) throw new Problem('access.denied', '调往其他企业由县住建局登记');
    if (body.companyId !== null) await getCompany(tx.db, ctx.scope, body.companyId);

    const fields = stored(ctx, body, before);
    const base = practitionerKey({ ...before, ...fields });
    const matchKey = before.matchKey.split('#')[0] === base ? before.matchKey : base;
    const after = await orDuplicate(tx.db.updateTable('registry.practitioner').set((eb) => ({ ...fields, matchKey, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow(), 'practitioner_match_key', TAKEN);
    await indexPractitioners(tx.db, [after]);
    tx.audit({ action: 'practitioner.update', subject: ['Practitioner', after.id], before, after, countyId: after.countyId });
    return presentPractitioner(tx.db, ctx, after);
  });
}
