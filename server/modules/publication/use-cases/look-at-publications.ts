import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/publication.ts';
import { publicationKindLabels } from '#domain/publication/kind.ts';
import { publicationStatusLabels } from '#domain/publication/lifecycle.ts';
import { issuerOf } from '#modules/paper/index.ts';
import type { Ctx } from '#platform/context.ts';
import { column, day, EXPORT_MOST, exportList, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { issuersOf, officeOf, reviewersOf } from '../access.ts';
import { holdersOf, presentPublication, presentRow } from '../present.ts';
import { getRecord, pagePublications, visiblePublications, type PublicationRecord } from '../store.ts';

/** 公开事项列表. */
export function listPublications(ctx: Ctx, { query }: Input<typeof route.listPublications>): Promise<Output<typeof route.listPublications>> {
  return ctx.read(async (db) => {
    const { rows, ...page } = await pagePublications(db, ctx, query, query);
    const holder = await holdersOf(db, rows);
    return { rows: rows.map((row) => presentRow(row, holder(row))), ...page };
  });
}

/** 导出公开事项: exactly what is filtered. */
export function exportPublications(ctx: Ctx, { query }: Input<typeof route.exportPublications>): Promise<Output<typeof route.exportPublications>> {
  return exportList<PublicationRecord & { readonly holder: string | null }>(ctx, {
    title: '公开事项登记', kind: 'publication', on: ctx.today, query,
    columns: [
      column('索引号', 'text', (row) => text(row.indexNo)), column('种类', 'text', (row) => text(publicationKindLabels[row.kind])), column('标题', 'text', (row) => text(row.title)), column('发布机关', 'text', (row) => text(row.issuerName)),
      column('状态', 'text', (row) => text(publicationStatusLabels[row.status])), column('拟稿人', 'text', (row) => text(row.draftedByName)), column('经办人', 'text', (row) => text(row.holder)), column('审核人', 'text', (row) => text(row.reviewedByName)), column('签发人', 'text', (row) => text(row.issuedByName)),
      column('发布日期', 'date', (row) => day(row.issuedOn)), column('公示期至', 'date', (row) => day(row.untilOn)), column('撤下日期', 'date', (row) => day(row.endedOn)), column('撤回原因', 'text', (row) => text(row.withdrawReason)),
    ],
    rows: async (db) => {
      const rows = refuseTooManyRows((await pagePublications(db, ctx, query, { limit: EXPORT_MOST + 1 })).rows);
      const holder = await holdersOf(db, rows);
      return rows.map((row) => ({ ...row, holder: holder(row) }));
    },
  });
}

/** 公开事项详情. */
export function getPublication(ctx: Ctx, { params }: Input<typeof route.getPublication>): Promise<Output<typeof route.getPublication>> {
  return ctx.read(async (db) => presentPublication(db, ctx, await getRecord(db, ctx.scope, params.publicationId), await officeOf(db, ctx, await issuerOf(db, ctx))));
}

/** 等我办的: what waits for this post at its own body; nobody's own drafts wait for his or her review. */
export function getPublicationTurns(ctx: Ctx): Promise<Output<typeof route.getPublicationTurns>> {
  return ctx.read(async (db) => {
    const [issuer, me] = [await issuerOf(db, ctx), ctx.actor.userId];
    if (issuer === null || me === null) return { toReview: 0, toIssue: 0, toMend: 0 };
    const office = await officeOf(db, ctx, issuer);
    const open = await visiblePublications(db, ctx.scope).where('p.issuerId', '=', issuer.id).where('p.status', 'in', ['reviewing', 'signing', 'returned']).select(['p.status', 'p.writerIds', 'p.draftedBy', 'p.holderId', 'p.reviewedBy']).orderBy('p.id', 'desc').limit(MOST_OPEN).execute();
    const mayIssue = (writerIds: readonly string[], reviewer: string | null) => { const issuers = issuersOf(office, writerIds); return issuers.includes(me) && (!office.mustBeApart || reviewer !== me || issuers.length === 1); };
    return {
      toReview: open.filter(({ status, writerIds }) => status === 'reviewing' && reviewersOf(office, writerIds).includes(me)).length,
      toIssue: open.filter(({ status, writerIds, reviewedBy }) => status === 'signing' && mayIssue(writerIds, reviewedBy)).length,
      toMend: open.filter(({ status, draftedBy, holderId }) => status === 'returned' && (holderId ?? draftedBy) === me).length,
    };
  });
}
const MOST_OPEN = 1_000;
