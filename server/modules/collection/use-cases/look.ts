import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import type * as route from '#contract/collection.ts';
import { makeId } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { column, count, day, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { knowledgeOf, loadLines, recipientsFitting, recipientsOf } from '../held.ts';
import { presentCollection, presentCollections, presentPart, presentPartDetail } from '../present.ts';
import { collectionsLike, conditionsOf, counted, getCollectionRecord } from '../store/collections.ts';
import { getPart, ownParts } from '../store/parts.ts';
import { partStates, collectionStates } from '#domain/collection/standing.ts';
import { recipientKinds } from '#domain/collection/column.ts';

/** 采集任务, newest first. */
export function listCollections(ctx: Ctx, { query }: Input<typeof route.listCollections>): Promise<Output<typeof route.listCollections>> {
  return ctx.read(async (db) => {
    const like = collectionsLike(db, ctx, query);
    const page = query.after === undefined ? like : like.where('k.id', '<', makeId<'Collection'>(query.after));
    const found = await page.selectAll('k').orderBy('k.id', 'desc').limit(query.limit + 1).execute();
    const rows = await presentCollections(db, ctx, found.slice(0, query.limit));
    return { rows, next: found.length > query.limit ? rows.at(-1)?.id ?? null : null, ...await counted(db, like.select('k.id')) };
  });
}

/** 导出采集任务清单. */
export function exportCollections(ctx: Ctx, { query }: Input<typeof route.exportCollections>): Promise<Download> {
  type Row = Awaited<ReturnType<typeof presentCollections>>[number];
  return exportList<Row>(ctx, {
    title: '采集任务', kind: 'collection', on: ctx.today, query,
    columns: [
      column('任务名称', 'text', (row) => text(row.title)), column('采集依据', 'text', (row) => text([row.ground, row.clause].filter(Boolean).join(' '))), column('下发单位', 'text', (row) => text(row.issuerName)), column('采集对象', 'text', (row) => text(recipientKinds[row.recipientKind])), column('状态', 'text', (row) => text(collectionStates[row.state])),
      column('截止日期', 'date', (row) => day(row.dueOn)), column('份数', 'count', (row) => count(row.partCount)), column('已提交', 'count', (row) => count(row.answeredCount)), column('逾期未填', 'count', (row) => count(row.overdueCount)), column('拟任务', 'text', (row) => text(row.createdBy)), column('经办人', 'text', (row) => text(row.holder)), column('下发时间', 'moment', (row) => moment(row.issuedAt)),
    ],
    rows: async (db) => presentCollections(db, ctx, refuseTooManyRows(await collectionsLike(db, ctx, query).selectAll('k').orderBy('k.id', 'desc').limit(EXPORT_MOST + 1).execute())),
  });
}

/** 一个采集任务. */
export function getOneCollection(ctx: Ctx, { params }: Input<typeof route.getCollection>): Promise<Output<typeof route.getCollection>> {
  return ctx.read(async (db) => presentCollection(db, ctx, await getCollectionRecord(db, ctx.scope, params.collectionId)));
}

/** 台账已有的数据: so that nobody asks for what is held. */
export function getKnowledge(ctx: Ctx, { query }: Input<typeof route.getCollectionKnowledge>): Promise<Output<typeof route.getCollectionKnowledge>> {
  return ctx.read(async (db) => {
    const chosen = query.recipients === undefined ? null : new Set(query.recipients.split(','));
    const linesOf = await loadLines(db, ctx, query.recipientKind, query.rowUnit, conditionsIn(query));
    const lines = (await recipientsOf(db, ctx, query.recipientKind)).filter(({ id }) => chosen === null || chosen.has(id)).flatMap(linesOf);
    return { fields: knowledgeOf(query.recipientKind, query.rowUnit, lines), rowCount: lines.length };
  });
}

/** 可选的采集对象, all or those that answer to conditions. */
export function getRecipients(ctx: Ctx, { query }: Input<typeof route.getCollectionRecipients>): Promise<Output<typeof route.getCollectionRecipients>> {
  return ctx.read(async (db) => ({
    recipients: (await recipientsFitting(db, ctx, query.recipientKind, conditionsIn(query))).map(({ id, name, place, estates }) => ({ id, name, place, estates })),
  }));
}

const conditionsIn = ({ townshipId, managementKind, committee }: Pick<Input<typeof route.getCollectionRecipients>['query'], 'townshipId' | 'managementKind' | 'committee'>) =>
  conditionsOf({ townshipId: townshipId ?? null, managementKind: managementKind ?? null, hasCommittee: committee === undefined ? null : committee === 'yes' });

type PartFilters = Omit<Input<typeof route.listCollectionParts>['query'], 'after' | 'limit'>;

/** Of withdrawn tasks nothing is left to do; the rest stays to be looked at. */
function partsLike(db: Parameters<typeof ownParts>[0], ctx: Ctx, { state }: PartFilters) {
  const query = ownParts(db, ctx.scope).innerJoin('collection.collection as k', 'k.id', 'p.collectionId').where('k.status', 'in', ['issued', 'closed']);
  if (state === undefined) return query;
  return state === 'answered' ? query.where('p.status', '=', 'answered') : query.where('p.status', '<>', 'answered').where('k.status', '=', 'issued').where(sql<boolean>`k.ends_on >= ${ctx.today}`);
}
const head = ['k.title', 'k.issuerName', 'k.dueOn', 'k.endsOn', 'k.status as headStatus'] as const;

/** 待填任务 of the body or company of the scope, newest first. */
export function listParts(ctx: Ctx, { query }: Input<typeof route.listCollectionParts>): Promise<Output<typeof route.listCollectionParts>> {
  return ctx.read(async (db) => {
    const like = partsLike(db, ctx, query);
    const page = query.after === undefined ? like : like.where('p.id', '<', makeId<'Part'>(query.after));
    const found = await page.selectAll('p').select(head).orderBy('p.id', 'desc').limit(query.limit + 1).execute();
    const rows = found.slice(0, query.limit).map((row) => presentPart(ctx, row, { ...row, status: row.headStatus }));
    return { rows, next: found.length > query.limit ? rows.at(-1)?.id ?? null : null, ...await counted(db, like.select('p.id')) };
  });
}

/** 导出待填任务清单. */
export function exportParts(ctx: Ctx, { query }: Input<typeof route.exportCollectionParts>): Promise<Download> {
  return exportList<ReturnType<typeof presentPart>>(ctx, {
    title: '待填任务', kind: 'collection-part', on: ctx.today, query,
    columns: [column('任务名称', 'text', (row) => text(row.title)), column('下发单位', 'text', (row) => text(row.issuerName)), column('填报单位', 'text', (row) => text(row.recipientName)), column('截止日期', 'date', (row) => day(row.dueOn)), column('状态', 'text', (row) => text(partStates[row.state])), column('行数', 'count', (row) => count(row.rowCount)), column('提交时间', 'moment', (row) => moment(row.answeredAt))],
    rows: async (db) => refuseTooManyRows(await partsLike(db, ctx, query).selectAll('p').select(head).orderBy('p.id', 'desc').limit(EXPORT_MOST + 1).execute()).map((row) => presentPart(ctx, row, { ...row, status: row.headStatus })),
  });
}

/** 填报表. A task withdrawn is no longer there to be filled, but says so. */
export function getOnePart(ctx: Ctx, { params }: Input<typeof route.getCollectionPart>): Promise<Output<typeof route.getCollectionPart>> {
  return ctx.read(async (db) => {
    const part = await getPart(db, ctx.scope, params.partId);
    return presentPartDetail(db, ctx, part);
  });
}
