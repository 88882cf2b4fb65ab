import type { Input, Output } from '#contract/define-route.ts';
import type { putReportCadence as route } from '#contract/report.ts';
import { cadenceNamesReceiver } from '#domain/report/rules.ts';
import { decide } from '#domain/kernel/rule.ts';
import type { Ctx } from '#platform/context.ts';
import { orRefuse } from '#platform/problem.ts';
import { formCan, mustBeAble } from '../access.ts';
import { tellForm } from '../cadence.ts';
import { presentFormDetail } from '../present.ts';
import { lockForm } from '../store/forms.ts';

/** 设定报送周期: from this period on; what was open under the former one is void. */
export function setCadence(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const before = await lockForm(tx.db, ctx, params.formId);
    mustBeAble(formCan(ctx, before).mark);
    const cadence = body.every === 'none' ? { every: null, daysAfter: null } : { every: body.every, daysAfter: body.daysAfter };
    orRefuse(decide(cadenceNamesReceiver.check({ every: cadence.every, reportedTo: before.reportedTo }), cadence));
    await tellForm(tx, ctx, before, 'report.cadence-ended', String(before.version));
    const after = await tx.db.updateTable('report.form').set((eb) => ({ ...cadence, updatedAt: ctx.now, version: eb('version', '+', 1) })).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    await tellForm(tx, ctx, after, 'report.cadence-set', String(after.version));
    tx.audit({ action: 'report.cadence', subject: ['Form', after.id], before: { every: before.every, daysAfter: before.daysAfter }, after: { every: after.every, daysAfter: after.daysAfter }, countyId: after.countyId, townshipId: after.townshipId });
    return presentFormDetail(tx.db, ctx, after);
  });
}
