import { paperStatusLabels } from '#domain/paper/lifecycle.ts';
import { paperKindLabels } from '#domain/paper/template.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/paper.ts';
import type { Ctx } from '#platform/context.ts';
import { column, day, EXPORT_MOST, exportList, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { numberOf } from '../document.ts';
import { issuerOf } from '../issuer.ts';
import { namesFor, presentPaper, presentRow } from '../present.ts';
import { getPaper as readPaper, pagePapers, type PaperRecord } from '../store.ts';

/** 文书列表. */
export function listPapers(ctx: Ctx, { query }: Input<typeof route.listPapers>): Promise<Output<typeof route.listPapers>> {
  return ctx.read(async (db) => {
    const issuer = await issuerOf(db, ctx);
    const { rows, ...page } = await pagePapers(db, ctx, query, query);
    const names = await namesFor(db, rows);
    return { rows: rows.map((row) => presentRow(row, ctx, issuer, names)), ...page };
  });
}

/** 导出文书: exactly what is filtered. */
export function exportPapers(ctx: Ctx, { query }: Input<typeof route.exportPapers>): Promise<Output<typeof route.exportPapers>> {
  return exportList<PaperRecord & { readonly holder: string | null }>(ctx, {
    title: '文书登记', kind: 'paper', on: ctx.today, query,
    columns: [
      column('发文字号', 'text', (row) => text(numberOf(row))), column('文种', 'text', (row) => text(paperKindLabels[row.kind])), column('标题', 'text', (row) => text(row.title)), column('发文单位', 'text', (row) => text(row.issuerName)),
      column('状态', 'text', (row) => text(paperStatusLabels[row.status])), column('签发日期', 'date', (row) => day(row.issuedOn)), column('签发人', 'text', (row) => text(row.signer)), column('拟稿人', 'text', (row) => text(row.createdByName)), column('经办人', 'text', (row) => text(row.holder)), column('作废原因', 'text', (row) => text(row.cancelReason)),
    ],
    rows: async (db) => {
      const rows = refuseTooManyRows((await pagePapers(db, ctx, query, { limit: EXPORT_MOST + 1 })).rows);
      const { people } = await namesFor(db, rows);
      return rows.map((row) => ({ ...row, holder: row.holderId === null ? row.createdByName : people(row.holderId) }));
    },
  });
}

/** 文书详情. */
export function getPaper(ctx: Ctx, { params }: Input<typeof route.getPaper>): Promise<Output<typeof route.getPaper>> {
  return ctx.read(async (db) => presentPaper(db, ctx, await readPaper(db, ctx.scope, params.paperId), await issuerOf(db, ctx)));
}
