import type { Input, Output } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import type { getReportFilling, getReportFillingFile, getReportFillingRows } from '#contract/report.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { addressOf } from '#domain/report/address.ts';
import type { PlannedCell } from '#domain/report/planned.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import { facesOf, fileWith, fillForm, type Filled, type FillWanted } from '../fill.ts';
import { presentLast } from '../present.ts';
import { getForm, type FormRecord, type Sheet } from '../store/forms.ts';
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
export async function previewFilling(ctx: Ctx, { params, query }: Input<typeof getReportFilling>): Promise<Output<typeof getReportFilling>> {
  const { form, filled } = await ctx.read((db) => planned(db, ctx, params.formId, query));
  const sheets = facesOf((await fileWith(ctx, form, filled)).sheets, filled.plan);
  return { on: filled.on, knownOn: filled.knownOn, fileName: filled.fileName, previous: presentLast(filled.previous), digest: filled.digest, cells: filled.plan.cells.map(presentCell), sheets, warnings: warningsOf(filled, sheets), differences: presentDifferences(filled) };
}

async function planned(db: Db, ctx: Ctx, formId: Id<'Form'>, wanted: FillWanted): Promise<{ form: FormRecord; filled: Filled }> {
  const form = await getForm(db, ctx.scope, formId);
  return { form, filled: await fillForm(db, ctx, form, wanted) };
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
export async function downloadFilling(ctx: Ctx, { params, query }: Input<typeof getReportFillingFile>): Promise<Download> {
  const { form, filled } = await ctx.transact(async (tx) => {
    const made = await planned(tx.db, ctx, params.formId, query);
    tx.audit({ action: 'report.try', subject: ['Form', made.form.id], before: null, after: { on: made.filled.on, cells: made.filled.plan.cells.length }, countyId: made.form.countyId, townshipId: made.form.townshipId });
    return made;
  });
  return { fileName: `试填_${filled.fileName}`, mediaType: mediaTypeOf(form.fileType), content: (await fileWith(ctx, form, filled)).bytes };
}
