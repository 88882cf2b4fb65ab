import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import { categoryLabels, categoryOf } from '#domain/complaint/category.ts';
import { revealedToHandler } from '#domain/complaint/rules.ts';
import { decide } from '#domain/kernel/rule.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { circumstancesOf, factsOf } from '../facts.ts';
import { officeOf } from '../office.ts';
import { getRecord } from '../store.ts';
import { perform, type Answer } from './perform.ts';

/** 改正小区、类别: no transfer; whoever has it keeps it. Rows that hang on the file go along. */
export const correctComplaint = (ctx: Ctx, { params, body }: Input<typeof route.putCorrection>): Promise<Answer> => perform(ctx, params, {
  act: 'correct', reason: body.why, note: ({ before }) => [before.categoryCode === body.category ? '' : `类别由“${categoryLabels[before.categoryCode] ?? ''}”改为“${categoryLabels[body.category] ?? ''}”`, before.estateId === body.estateId ? '' : '改正小区', body.why].filter((words) => words !== '').join('；'),
  columns: async (tx, { before }) => {
    const estate = await within(ctx.scope, tx.db.selectFrom('registry.estate'), { own: 'estate' }).select(['id', 'townshipId', 'neighbourhoodId']).where('id', '=', body.estateId).where('archivedAt', 'is', null).executeTakeFirst();
    if (!estate) throw new Problem('input.invalid', '小区不存在或不在管辖范围内；要改到别的乡镇街道的，请县住建局改正', { errors: [{ pointer: '/estateId', message: '请重新选择小区' }] });
    const place = { estateId: estate.id, townshipId: estate.townshipId, neighbourhoodId: estate.neighbourhoodId };
    if (estate.id !== before.estateId) for (const table of ['complaint.complainant', 'complaint.step', 'complaint.participant', 'complaint.complaintFile', 'complaint.complaintPaper', 'complaint.hotlineOrder'] as const) await tx.db.updateTable(table).set(place).where('complaintId', '=', before.id).execute();
    return { ...place, spot: body.spot, categoryCode: body.category, pace: body.category === before.categoryCode ? before.pace : categoryOf(body.category).pace, companyId: estate.id === before.estateId ? before.companyId : null, buildingId: estate.id === before.estateId ? before.buildingId : null };
  },
});

/** 查看投诉人: by the body that handles the file; the look and its reason are recorded. */
export function revealComplainant(ctx: Ctx, { params, body }: Input<typeof route.revealComplainant>): Promise<Output<typeof route.revealComplainant>> {
  return ctx.transact(async (tx) => {
    const office = await officeOf(tx.db, ctx);
    const row = await getRecord(tx.db, ctx, office, params.complaintId);
    const complainant = await tx.db.selectFrom('complaint.complainant').selectAll().where('id', '=', params.complainantId).where('complaintId', '=', row.id).executeTakeFirst();
    if (!complainant) throw new Problem('not-found', '没有这位投诉人');
    orRefuse(decide(revealedToHandler.check({ isHandling: factsOf(ctx, row, office, await circumstancesOf(tx.db, row, ctx)).isHandling }), null));
    tx.audit({ action: 'complainant.reveal', subject: ['Complaint', row.id], before: null, after: { field: body.field }, reason: body.reason, countyId: row.countyId, townshipId: row.townshipId });
    const sealed = { phone: complainant.phoneCipher, mail: complainant.mailCipher, name: complainant.nameCipher, family: complainant.familyNameCipher }[body.field];
    return { value: sealed === null ? null : ctx.kit.vault.open(sealed) };
  });
}
