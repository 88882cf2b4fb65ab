import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/handover.ts';
import { causeLabels, statusLabels } from '#domain/handover/words.ts';
import { downloadPaperPdf } from '#modules/paper/index.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { column, count, day, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { asParty } from '../party.ts';
import { itemCounts, presentHandOver, presentRow } from '../present.ts';
import { filteredHandOvers, getHandOver as findHandOver, mayStandIn, type HandOverRecord } from '../store.ts';

const EXACT_TO = 1_000;

/** 工作交接列表, newest first. */
export function listHandOvers(ctx: Ctx, { query }: Input<typeof route.listHandOvers>): Promise<Output<typeof route.listHandOvers>> {
  return ctx.read(async (db) => {
    const all = filteredHandOvers(db, ctx.scope, query);
    const { total } = await db.selectFrom(all.select(sql<number>`1`.as('one')).limit(EXACT_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const found = await (query.after === undefined ? all : all.where(sql<boolean>`h.id < ${query.after}::uuid`)).selectAll('h').orderBy('h.id', 'desc').limit(query.limit + 1).execute();
    const rows = found.slice(0, query.limit);
    const counts = await itemCounts(db, rows.map(({ id }) => id));
    return { rows: rows.map((row) => presentRow(row, counts.get(row.id) ?? 0)), next: found.length > query.limit ? rows.at(-1)?.id ?? null : null, total: Math.min(total, EXACT_TO), totalIsExact: total <= EXACT_TO };
  });
}

/** 导出工作交接. */
export function exportHandOvers(ctx: Ctx, { query }: Input<typeof route.exportHandOvers>): Promise<Output<typeof route.exportHandOvers>> {
  return exportList<{ readonly row: HandOverRecord; readonly items: number }>(ctx, {
    title: '工作交接', kind: 'handover', on: ctx.today, query,
    columns: [
      column('移交人', 'text', ({ row }) => text(row.fromName)), column('接手人', 'text', ({ row }) => text(row.toName)), column('监交人', 'text', ({ row }) => text(row.witnessName)), column('交接原因', 'text', ({ row }) => text(causeLabels[row.cause])),
      column('事由', 'text', ({ row }) => text(row.reason)), column('移交日期', 'date', ({ row }) => day(row.plannedOn)), column('代管至', 'date', ({ row }) => day(row.untilOn)), column('状态', 'text', ({ row }) => text(statusLabels[row.status])),
      column('清单项数', 'count', ({ items }) => count(items)), column('移交人签字', 'moment', ({ row }) => moment(row.fromSignedAt)), column('代签人', 'text', ({ row }) => text(row.fromSignedBy === row.fromId ? null : row.fromSignedName)), column('代签原因', 'text', ({ row }) => text(row.standInReason)),
      column('接手人签收', 'moment', ({ row }) => moment(row.toSignedAt)), column('移交时间', 'moment', ({ row }) => moment(row.completedAt)), column('发起人', 'text', ({ row }) => text(row.startedByName)), column('取消原因', 'text', ({ row }) => text(row.cancelReason)),
    ],
    rows: async (db) => {
      const rows = refuseTooManyRows(await filteredHandOvers(db, ctx.scope, query).selectAll('h').orderBy('h.id', 'desc').limit(EXPORT_MOST + 1).execute());
      const counts = await itemCounts(db, rows.map(({ id }) => id));
      return rows.map((row) => ({ row, items: counts.get(row.id) ?? 0 }));
    },
  });
}

/** 与我有关的交接: the last fifty, those that wait first. */
export async function listMyHandOvers(ctx: Ctx): Promise<Output<typeof route.listMyHandOvers>> {
  const { userId } = ctx.actor;
  if (userId === null) throw new Problem('session.required', '请先登录');
  return (await asParty(ctx)).read(async (db) => {
    const mine = await db.selectFrom('handover.handOver').selectAll().where((eb) => eb.or([eb('fromId', '=', userId), eb('toId', '=', userId), eb('witnessId', '=', userId)])).orderBy('id', 'desc').limit(50).execute();
    const waiting = ctx.scope.countyId === null ? [] : await db.selectFrom('handover.handOver').selectAll().where(sql<boolean>`county_id = ${ctx.scope.countyId}::uuid`).where('status', 'in', ['open', 'objected']).orderBy('id', 'desc').limit(200).execute();
    const toStandIn: HandOverRecord[] = [];
    for (const row of waiting) if (!mine.some(({ id }) => id === row.id) && await mayStandIn(db, ctx, row)) toStandIn.push(row);
    const rows = [...mine, ...toStandIn];
    const counts = await itemCounts(db, rows.map(({ id }) => id));
    return { rows: rows.toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)) || (a.id < b.id ? 1 : -1)).map((row) => presentRow(row, counts.get(row.id) ?? 0)) };
  });
}

const isOver = ({ status }: HandOverRecord) => status === 'completed' || status === 'returned' || status === 'cancelled';

/** 工作交接详情. */
export const getHandOver = async (ctx: Ctx, { params }: Input<typeof route.getHandOver>): Promise<Output<typeof route.getHandOver>> =>
  (await asParty(ctx)).read(async (db) => presentHandOver(ctx, db, await findHandOver(db, ctx, params.handOverId)));

/** 下载移交清单, for the parties too. */
export async function downloadHandOverPaper(ctx: Ctx, { params }: Input<typeof route.downloadHandOverPaper>): Promise<Output<typeof route.downloadHandOverPaper>> {
  const wide = await asParty(ctx);
  const { paperId } = await wide.read((db) => findHandOver(db, ctx, params.handOverId));
  if (paperId === null) throw new Problem('not-found', '双方签字后才有移交清单');
  return downloadPaperPdf(wide, { params: { paperId }, query: {}, body: {} });
}

/** 下载手工签字的清单. */
export async function downloadScan(ctx: Ctx, { params }: Input<typeof route.downloadScan>): Promise<Output<typeof route.downloadScan>> {
  const file = await (await asParty(ctx)).read(async (db) => {
    const { scanFileId } = await findHandOver(db, ctx, params.handOverId);
    if (scanFileId === null) throw new Problem('not-found', '这次交接没有手工签字的清单');
    return db.selectFrom('platform.file').select(['hash', 'name', 'mediaType']).where('id', '=', scanFileId).executeTakeFirstOrThrow();
  });
  return { fileName: file.name, mediaType: file.mediaType, content: await ctx.kit.files.open(file.hash) };
}
