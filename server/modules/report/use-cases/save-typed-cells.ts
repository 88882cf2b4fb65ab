import type { Input, Output } from '#contract/define-route.ts';
import type { putReportTypedCells as route } from '#contract/report.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { formCan, mustBeAble } from '../access.ts';
import { presentFormDetail } from '../present.ts';
import { lockForm, marksOf, typedCellsOf } from '../store/forms.ts';

/** 填写每次要填的格: kept with the form, so that next time begins with what was typed last. Only cells that are marked so take something. */
export function saveTypedCells(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const form = await lockForm(tx.db, ctx, params.formId);
    mustBeAble(formCan(ctx, form).mark);
    const asked = new Map(marksOf(form).flatMap((mark) => (mark.kind === 'ask' ? [[`${mark.sheet}!${mark.cell}`, mark.label] as const] : [])));
    const typedCells = body.typedCells.map((one) => ({ ...one, cell: one.cell.toUpperCase() }));
    const strange = typedCells.findIndex(({ sheet, cell }) => !asked.has(`${sheet}!${cell}`));
    if (strange >= 0) throw new Problem('input.invalid', `${typedCells[strange]?.cell ?? ''} 没有标记为“每次填写”，请刷新后再填`, { errors: [{ pointer: `/typedCells/${strange}`, message: '这一格没有标记为“每次填写”' }] });
    const saved = await tx.db.updateTable('report.form').set((eb) => ({ typedCells: JSON.stringify(typedCells), updatedAt: ctx.now, version: eb('version', '+', 1) })).where('id', '=', form.id).returningAll().executeTakeFirstOrThrow();
    // Which cells were typed is on record, not what: it may be a person's name or telephone.
    const labels = (list: typeof typedCells) => list.filter(({ text }) => text !== '').map(({ sheet, cell }) => asked.get(`${sheet}!${cell}`) ?? cell).join('、');
    tx.audit({ action: 'report.type', subject: ['Form', form.id], before: { typedCells: labels(typedCellsOf(form)) }, after: { typedCells: labels(typedCells) }, countyId: form.countyId, townshipId: form.townshipId });
    return presentFormDetail(tx.db, ctx, saved);
  });
}
