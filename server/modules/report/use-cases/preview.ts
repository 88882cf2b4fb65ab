import type { Input, Output } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import type { getReportFilling, getReportFillingFile, getReportFillingRows } from '#contract/report.ts';
import { addressOf } from '#domain/report/address.ts';
import type { PlannedCell } from '#domain/report/planned.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { facesOf, fileWith, fillForm, type Filled } from '../fill.ts';
import { presentLast } from '../present.ts';
import { getForm, type Sheet } from '../store/forms.ts';
import { mediaTypeOf } from './look-at-forms.ts';

type Cell = Output<typeof getReportFilling>['cells'][number];

/** 填入的一格, as it is shown. */
export const presentCell = (cell: PlannedCell): Cell => ({ sheet: cell.sheet, address: addressOf(cell), kind: cell.kind, title: cell.title, shown: cell.shown, definition: cell.definition, reason: cell.reason, notes: [...cell.notes], rowCount: cell.rows.length });
export const presentDifferences = (filled: Pick<Filled, 'differences'>) => filled.differences.map((one) => ({ ...one, came: [...one.came], went: [...one.went] }));

/** 提醒: the plan's own, and formulas that yield an error because a cell they need holds no number. */
export function warningsOf({ plan }: Filled, sheets: readonly Sheet[]): string[] {
  const broken = sheets.flatMap((sheet) => sheet.cells.filter(({ formula, text }) => formula !== null && /^#(?:VALUE|DIV\/0|REF|NAME|N\/A|NUM)/.test(text)).map((cell) => addressOf(cell)));
  return [...plan.warnings, ...(broken.length === 0 ? [] : [`公式 ${broken.slice(0, 20).join('、')} 引用了没有数据的格，显示为错误值，请核对`])];
}

/** 填报预览: the filled sheet as it would be sent, the difference from last time, and what to look at. */
export function previewFilling(ctx: Ctx, { params, query }: Input<typeof getReportFilling>): Promise<Output<typeof getReportFilling>> {
  return ctx.read(async (db) => {
    const form = await getForm(db, ctx.scope, params.formId);
    const filled = await fillForm(db, ctx, form, query);
    const sheets = facesOf(await fileWith(ctx, db, form, filled.plan), filled.plan);
    return { on: filled.on, knownOn: filled.knownOn, fileName: filled.fileName, previous: presentLast(filled.previous), digest: filled.digest, cells: filled.plan.cells.map(presentCell), sheets, warnings: warningsOf(filled, sheets), differences: presentDifferences(filled) };
  });
}

/** 预览数字的依据. */
export function previewRows(ctx: Ctx, { params, query }: Input<typeof getReportFillingRows>): Promise<Output<typeof getReportFillingRows>> {
  return ctx.read(async (db) => {
    const form = await getForm(db, ctx.scope, params.formId);
    const { plan } = await fillForm(db, ctx, form, query);
    const cell = plan.cells.find((one) => one.sheet === query.sheet && addressOf(one) === query.cell.toUpperCase());
    if (cell === undefined) throw new Problem('not-found', `${query.cell} 没有填数`);
    return { rows: [...cell.rows] };
  });
}

/** 试填的文件: not frozen, and its name says so. */
export function downloadFilling(ctx: Ctx, { params, query }: Input<typeof getReportFillingFile>): Promise<Download> {
  return ctx.transact(async (tx) => {
    const form = await getForm(tx.db, ctx.scope, params.formId);
    const filled = await fillForm(tx.db, ctx, form, query);
    tx.audit({ action: 'report.try', subject: ['Form', form.id], before: null, after: { on: filled.on, cells: filled.plan.cells.length }, countyId: form.countyId, townshipId: form.townshipId });
    return { fileName: `试填_${filled.fileName}`, mediaType: mediaTypeOf(form.fileType), content: await fileWith(ctx, tx.db, form, filled.plan) };
  });
}
