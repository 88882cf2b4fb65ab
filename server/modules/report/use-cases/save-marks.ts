import type { Input, Output } from '#contract/define-route.ts';
import type { archiveReportForm as archiveRoute, putReportMarks as route } from '#contract/report.ts';
import { addressOf, columnIndex } from '#domain/report/address.ts';
import { listFields } from '#domain/report/fields.ts';
import { figureOf } from '#domain/report/figures.ts';
import type { TownshipFact } from '#domain/report/facts.ts';
import type { FigureAsk, ListMark, Mark } from '#domain/report/mark.ts';
import { lookAt, markPlace, type SheetFace } from '#domain/report/sheet.ts';
import { townshipKey } from '#domain/report/townships.ts';
import { ASK_SLOT, strangeSlots } from '#domain/report/text.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem, type FieldError } from '#platform/problem.ts';
import { formCan, mustBeAble, scopeOfForm } from '../access.ts';
import { tellForm } from '../cadence.ts';
import { townshipFacts } from '../facts/load-facts.ts';
import { presentFormDetail } from '../present.ts';
import { lockForm, marksOf, sheetsOf } from '../store/forms.ts';

/** 保存标记: all marks of a form as they now stand; each goes to the cell that may hold it, or is refused with its reason. */
export function saveMarks(ctx: Ctx, { params, body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const form = await lockForm(tx.db, ctx, params.formId);
    mustBeAble(formCan(ctx, form).mark);
    const townships = await townshipFacts(tx.db, scopeOfForm(form));
    const marks = settled(body.marks, sheetsOf(form), townships);
    const saved = await tx.db.updateTable('report.form').set((eb) => ({ title: body.title, reportedTo: body.reportedTo || null, marks: JSON.stringify(marks), updatedAt: ctx.now, version: eb('version', '+', 1) })).where('id', '=', form.id).returningAll().executeTakeFirstOrThrow();
    tx.audit({
      action: 'report.mark', subject: ['Form', form.id], before: { title: form.title, reportedTo: form.reportedTo, marks: marksOf(form).length, townshipNames: saidWords(marksOf(form), townships) }, after: { title: saved.title, reportedTo: saved.reportedTo, marks: marks.length, townshipNames: saidWords(marks, townships) },
      countyId: form.countyId, townshipId: form.townshipId,
    });
    return presentFormDetail(tx.db, ctx, saved);
  });
}

/** 归档: the form is filled no more; what was sent stays. */
export function archiveForm(ctx: Ctx, { params, body }: Input<typeof archiveRoute>): Promise<Output<typeof archiveRoute>> {
  return ctx.transact(async (tx) => {
    const form = await lockForm(tx.db, ctx, params.formId);
    mustBeAble(formCan(ctx, form).mark);
    const saved = await tx.db.updateTable('report.form').set((eb) => ({ archivedAt: ctx.now, updatedAt: ctx.now, version: eb('version', '+', 1) })).where('id', '=', form.id).returningAll().executeTakeFirstOrThrow();
    await tellForm(tx, ctx, form, 'report.cadence-ended', String(form.version));
    tx.audit({ action: 'report.archive', subject: ['Form', form.id], before: { archivedAt: null }, after: { archivedAt: ctx.now }, reason: body.reason, countyId: form.countyId, townshipId: form.townshipId });
    return presentFormDetail(tx.db, ctx, saved);
  });
}

type WireMark = Input<typeof route>['body']['marks'][number];

/** Every mark at its place. @throws Problem input.invalid naming each that cannot stand */
function settled(marks: readonly WireMark[], sheets: readonly SheetFace[], townships: readonly TownshipFact[]): WireMark[] {
  const errors: FieldError[] = [];
  const taken = new Set<string>();
  const out = marks.map((mark, index) => {
    const pointer = `/marks/${index}`;
    const sheet = sheets[mark.sheet];
    const refuse = (message: string) => { errors.push({ pointer, message }); return mark; };
    if (sheet === undefined) return refuse('标记所在的工作表不存在');
    for (const message of faultsOf(mark, sheet, townships)) refuse(message);
    if (mark.kind === 'list') return mark;
    const place = markPlace(sheet, mark.cell);
    if (!place.ok) return refuse(place.message);
    const cell = addressOf(place.place);
    if (taken.has(`${mark.sheet}!${cell}`)) return refuse(`${cell} 标记了两次，请只留一个`);
    taken.add(`${mark.sheet}!${cell}`);
    return { ...mark, cell };
  });
  if (errors.length > 0) throw new Problem('input.invalid', errors.slice(0, 5).map(({ message }) => message).join('；'), { errors });
  return out;
}

/** 印着的名称各是哪个乡镇街道, for the trail. */
const saidWords = (marks: readonly Mark[], townships: readonly TownshipFact[]): string | null =>
  marks.flatMap((mark) => (mark.kind === 'list' ? mark.names ?? [] : [])).map(({ printed, townshipId }) => `“${printed}”是${townships.find(({ id }) => id === townshipId)?.name ?? '已撤销的乡镇街道'}`).join('，') || null;

function faultsOf(mark: Mark, sheet: SheetFace, townships: readonly TownshipFact[]): string[] {
  if (mark.kind === 'ask') return mark.template.includes(ASK_SLOT) ? strangeSlots(mark.template.replaceAll(ASK_SLOT, '')).map((name) => `${mark.cell} 的文字里不认识“{${name}}”`) : [`${mark.cell} 的文字里要留出“${ASK_SLOT}”，写明填在哪里`];
  if (mark.kind === 'text') return strangeSlots(mark.template).map((name) => `${mark.cell} 的文字里不认识“{${name}}”，请从列出的占位中选择`);
  return mark.kind === 'figure' ? askFaults(mark, mark.cell) : [...listFaults(mark, sheet), ...nameFaults(mark, townships)];
}

function askFaults({ figure: id, unit }: FigureAsk, where: string): string[] {
  const figure = figureOf(id);
  if (figure === undefined) return [`${where} 的指标不在目录里，请重新选择`];
  return figure.units.includes(unit) ? [] : [`${where} 的“${figure.title}”不能用“${unit}”，可用：${figure.units.join('、')}`];
}

/** One printed name means one township, which is there. A list that no longer has the name keeps what was said of it. */
function nameFaults({ names = [] }: ListMark, townships: readonly TownshipFact[]): string[] {
  const keys = names.map(({ printed }) => townshipKey(printed));
  return [
    ...names.filter(({ townshipId }) => !townships.some(({ id }) => id === townshipId)).map(({ printed }) => `“${printed}”所选的乡镇街道已撤销或不在管辖范围内，请重新选择`),
    ...names.filter((_, at) => keys.indexOf(keys[at] ?? '') !== at).map(({ printed }) => `“${printed}”写了两次是哪个乡镇街道，请只留一个`),
  ];
}

function listFaults(mark: ListMark, sheet: SheetFace): string[] {
  const faults: string[] = [];
  if (mark.lastRow < mark.firstRow) faults.push('名单的最后一行在第一行之前');
  if (mark.matches !== null && mark.by !== 'township') faults.push('只有按乡镇街道的名单才能对照印好的名称');
  const columns = mark.columns.map(({ column }) => column.toUpperCase());
  if (new Set(columns).size < columns.length) faults.push('名单里同一列标记了两次');
  const look = lookAt(sheet);
  for (const column of mark.columns) {
    const index = columnIndex(column.column);
    if (index === null) { faults.push(`没有 ${column.column} 列`); continue; }
    if ((look.at({ row: mark.firstRow, column: index })?.formula ?? null) !== null) faults.push(`${column.column} 列 这是公式，由表自己计算，不能标记`);
    if (column.content === 'figure') faults.push(...askFaults(column, `${column.column} 列`));
    else if (!listFields[mark.by].some(({ id }) => id === column.field)) faults.push(`${column.column} 列的栏目不在目录里，请重新选择`);
  }
  return faults;
}
