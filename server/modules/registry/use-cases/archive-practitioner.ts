import type { Input, Output } from '#contract/define-route.ts';
import type { archivePractitioner as route } from '#contract/registry/practitioner.ts';
import type { Ctx } from '#platform/context.ts';
import { companyCan, mustBeAble, mustBeFresh } from '../access.ts';
import { presentPractitioner } from '../present/company.ts';
import { dropEntries } from '../search-entries.ts';
import { getPractitioner as loadPractitioner } from '../store/companies.ts';

/** 归档从业人员. */
export function archivePractitioner(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const before = await loadPractitioner(tx.db, ctx.scope, params.practitionerId, true);
    mustBeFresh(ctx, before);
    mustBeAble(companyCan(ctx, before).archive);
    const after = await tx.db.updateTable('registry.practitioner').set((eb) => ({ archivedAt: ctx.now, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    await dropEntries(tx.db, 'practitioner', [after.id]);
    tx.audit({ action: 'practitioner.archive', subject: ['Practitioner', after.id], before, after, reason: body.reason, countyId: after.countyId });
    return presentPractitioner(tx.db, ctx, after);
  });
}
