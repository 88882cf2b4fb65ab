import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import { lampLabels } from '#contract/complaint.ts';
import { categoryLabels } from '#domain/complaint/category.ts';
import { complaintStatusLabels } from '#domain/complaint/lifecycle.ts';
import { originLabels } from '#domain/complaint/origin.ts';
import { longOpenDays } from '#domain/complaint/policy.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { column, count, day, EXPORT_MOST, exportList, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { officeOf } from '../office.ts';
import { noOf, presentComplaint, presentRows } from '../present.ts';
import { complaintsLike, getRecord, pageComplaints, visibleComplaints } from '../store.ts';

type Query = Input<typeof route.exportComplaints>['query'];
const asked = async (db: Db, ctx: Ctx, query: Query) => complaintsLike(db, ctx, await officeOf(db, ctx), { ...query, longOpenDays: await parameterValue(db, ctx.scope.countyId, longOpenDays, ctx.today) });

/** 投诉件列表. */
export function listComplaints(ctx: Ctx, { query }: Input<typeof route.listComplaints>): Promise<Output<typeof route.listComplaints>> {
  return ctx.read(async (db) => {
    const { rows, ...page } = await pageComplaints(db, await asked(db, ctx, query), query);
    return { rows: await presentRows(db, ctx, rows), ...page };
  });
}

/** 导出投诉件: exactly what is filtered; never who complained. */
export function exportComplaints(ctx: Ctx, { query }: Input<typeof route.exportComplaints>): Promise<Output<typeof route.exportComplaints>> {
  return exportList<Output<typeof route.listComplaints>['rows'][number] & { readonly body: string }>(ctx, {
    title: '投诉件台账', kind: 'complaint', on: ctx.today, query,
    columns: [
      column('编号', 'text', (row) => text(row.no)), column('收到日期', 'date', (row) => day(row.receivedOn)), column('来源', 'text', (row) => text(originLabels[row.origin])), column('来源编号', 'text', (row) => text(row.originNo)), column('类别', 'text', (row) => text(categoryLabels[row.category])), column('所在地', 'text', (row) => text(row.place)), column('小区', 'text', (row) => text(row.estate)),
      column('反映的情况', 'text', (row) => text(row.body)), column('涉及业主', 'count', (row) => count(row.ownerCount)), column('状态', 'text', (row) => text(complaintStatusLabels[row.status])), column('承办单位', 'text', (row) => text(row.handler)), column('经办人', 'text', (row) => text(row.holder)),
      column('下一期限', 'date', (row) => day(row.nextDueOn)), column('时限', 'text', (row) => text(row.lamp === null ? null : lampLabels[row.lamp])), column('在办天数', 'count', (row) => count(row.ageDays)), column('第几次反弹', 'count', (row) => count(row.relapseNo)),
    ],
    rows: async (db) => {
      const rows = refuseTooManyRows((await pageComplaints(db, await asked(db, ctx, query), { limit: EXPORT_MOST + 1 })).rows);
      const bodies = new Map(rows.map(({ id, body }) => [id, body]));
      return (await presentRows(db, ctx, rows)).map((row) => ({ ...row, body: bodies.get(row.id) ?? '' }));
    },
  });
}

/** 投诉件详情. */
export function getComplaint(ctx: Ctx, { params }: Input<typeof route.getComplaint>): Promise<Output<typeof route.getComplaint>> {
  return ctx.read(async (db) => {
    const office = await officeOf(db, ctx);
    return presentComplaint(db, ctx, await getRecord(db, ctx, office, params.complaintId), office);
  });
}

const MONTHS_BACK = 180;
const MOST_LIKE = 5;
const LIKE_FROM = 0.15;

/** 相似的投诉件 of the same estate within half a year, also closed ones, by trigrams of the text and how near in time. Suggestions only. */
export function listLikeComplaints(ctx: Ctx, { query }: Input<typeof route.listLikeComplaints>): Promise<Output<typeof route.listLikeComplaints>> {
  return ctx.read(async (db) => {
    if (!(await within(ctx.scope, db.selectFrom('registry.estate'), { own: 'estate' }).select('id').where('id', '=', query.estateId).executeTakeFirst())) return { rows: [] };
    if (query.words.trim().length < 4) return { rows: [] };
    const likeness = sql<number>`similarity(c.body, ${query.words})`;
    const found = await visibleComplaints(db, ctx, await officeOf(db, ctx)).selectAll('c').select(likeness.as('likeness')).where('c.estateId', '=', query.estateId).where('c.receivedOn', '>=', addDays(ctx.today, -MONTHS_BACK))
      .where(sql<boolean>`similarity(c.body, ${query.words}) >= ${LIKE_FROM}::real`).orderBy(likeness, 'desc').orderBy('c.id', 'desc').limit(MOST_LIKE).execute();
    return { rows: found.map((row) => ({ id: row.id, no: noOf(row), status: row.status, receivedOn: row.receivedOn, category: row.categoryCode, words: row.body.slice(0, 60), likeness: Math.round(row.likeness * 100) })) };
  });
}
