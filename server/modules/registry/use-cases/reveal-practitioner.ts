import type { Input, Output } from '#contract/define-route.ts';
import type { revealPractitioner as route } from '#contract/registry/practitioner.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { open } from '../personal.ts';
import { getPractitioner as loadPractitioner } from '../store/companies.ts';

/** 查看从业人员完整号码: the look itself is recorded, with its reason. */
export function revealPractitioner(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    // People of the whole county can be looked up by every township; whose full number it is, only the county may look at.
    if (ctx.scope.level !== 'county' && ctx.scope.level !== 'everything') throw new Problem('access.denied', '从业人员的完整号码由县住建局查看');
    const row = await loadPractitioner(tx.db, ctx.scope, params.practitionerId);
    tx.audit({ action: 'practitioner.reveal', subject: ['Practitioner', row.id], before: null, after: { field: body.field }, reason: body.reason, countyId: row.countyId });
    return { value: open(ctx.kit.vault, body.field === 'phone' ? row.phoneCipher : row.idCipher) };
  });
}
