import type { Input, Output } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import type { exportReportForms, getReportBlank, getReportCatalogue, getReportForm, listReportForms } from '#contract/report.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { listFields } from '#domain/report/fields.ts';
import { figures } from '#domain/report/figures.ts';
import { textSlots } from '#domain/report/text.ts';
import type { Ctx } from '#platform/context.ts';
import { column, count, exportList, moment, refuseTooManyRows, text, EXPORT_MOST } from '#platform/workbook/export-list.ts';
import { townshipFacts } from '../facts/load-facts.ts';
import { presentForm, presentFormDetail } from '../present.ts';
import { lacksLooks, readLooksOnce } from '../looks-once.ts';
import { fileOf, formsLike, getForm } from '../store/forms.ts';
import { counted } from '../store/counted.ts';

/** 上报表格, newest first. */
export function listForms(ctx: Ctx, { query }: Input<typeof listReportForms>): Promise<Output<typeof listReportForms>> {
  return ctx.read(async (db) => {
    const like = formsLike(db, ctx, query);
    const page = query.after === undefined ? like : like.where('f.id', '<', makeId<'Form'>(query.after));
    const found = await page.selectAll('f').orderBy('f.id', 'desc').limit(query.limit + 1).execute();
    const rows = [];
    for (const form of found.slice(0, query.limit)) rows.push(await presentForm(db, ctx, form));
    return { rows, next: found.length > query.limit ? rows.at(-1)?.id ?? null : null, ...await counted(db, like.select('f.id')) };
  });
}

/** 一张表. One kept before looks were read gets them from its file now, once. */
export async function getOneForm(ctx: Ctx, { params }: Input<typeof getReportForm>): Promise<Output<typeof getReportForm>> {
  const found = await ctx.read(async (db) => {
    const form = await getForm(db, ctx.scope, params.formId);
    return lacksLooks(form.sheets) ? { form, file: await fileOf(db, form.fileId) } : presentFormDetail(db, ctx, form);
  });
  if (!('form' in found)) return found;
  await readLooksOnce(ctx, found.form, found.file);
  return ctx.read(async (db) => presentFormDetail(db, ctx, await getForm(db, ctx.scope, params.formId)));
}

/** 下载空表, the same bytes as were uploaded. */
export function downloadBlank(ctx: Ctx, { params }: Input<typeof getReportBlank>): Promise<Download> {
  return ctx.transact(async (tx) => {
    const form = await getForm(tx.db, ctx.scope, params.formId);
    const { hash, name } = await fileOf(tx.db, form.fileId);
    tx.audit({ action: 'report.download', subject: ['Form', form.id], before: null, after: { file: name }, countyId: form.countyId, townshipId: form.townshipId });
    return { fileName: name, mediaType: mediaTypeOf(form.fileType), content: await ctx.kit.files.open(hash) };
  });
}

/** 文件类型. */
export const mediaTypeOf = (type: 'xlsx' | 'xls'): string => (type === 'xls' ? 'application/vnd.ms-excel' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');

/** 指标目录. */
export function getCatalogue(ctx: Ctx): Promise<Output<typeof getReportCatalogue>> {
  return ctx.read(async (db) => ({
    figures: figures.map(({ id, title, units, decimals, definition, source }) => ({ id, title, units: [...units], decimals, definition, source })),
    fields: { estate: listFields.estate.map(named), company: listFields.company.map(named), township: listFields.township.map(named) },
    slots: Object.keys(textSlots), townships: (await townshipFacts(db, ctx.scope)).map(({ id, name, isUrban, otherNames = [] }) => ({ id: makeId<'OrgUnit'>(id), name, isUrban, otherNames: [...otherNames] })),
  }));
}
const named = ({ id, title }: { readonly id: string; readonly title: string }) => ({ id, title });

/** 导出上报表格清单. */
export function exportForms(ctx: Ctx, { query }: Input<typeof exportReportForms>): Promise<Download> {
  type Row = Awaited<ReturnType<typeof presentForm>>;
  return exportList<Row>(ctx, {
    title: '上报表格', kind: 'report-form', on: ctx.today, query,
    columns: [column('表名', 'text', (row) => text(row.title)), column('报送单位', 'text', (row) => text(row.reportedTo)), column('空表文件', 'text', (row) => text(row.fileName)), column('标记', 'count', (row) => count(row.markCount)), column('最近上报', 'text', (row) => text(row.last?.asOfOn)), column('建表人', 'text', (row) => text(row.createdBy)), column('经办人', 'text', (row) => text(row.holder)), column('更新时间', 'moment', (row) => moment(row.updatedAt))],
    rows: async (db) => {
      const found = refuseTooManyRows(await formsLike(db, ctx, query).selectAll('f').orderBy('f.id', 'desc').limit(EXPORT_MOST + 1).execute());
      const rows: Row[] = [];
      for (const form of found) rows.push(await presentForm(db, ctx, form));
      return rows;
    },
  });
}
