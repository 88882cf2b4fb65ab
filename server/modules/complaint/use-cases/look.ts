import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import { lampLabels } from '#contract/complaint.ts';
import { categoryLabels } from '#domain/complaint/category.ts';
import { complaintStatusLabels } from '#domain/complaint/lifecycle.ts';
import { originLabels } from '#domain/complaint/origin.ts';
import { boardClosedDays, longOpenDays } from '#domain/complaint/policy.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { column, count, day, EXPORT_MOST, exportList, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { whyNoFile } from '../numbering.ts';
import { officeOf } from '../office.ts';
import { presentComplaint, presentRows } from '../present.ts';
import { sumBehind } from '../rollup.ts';
import { complaintsLike, getRecord, pageComplaints } from '../store.ts';

type Query = Input<typeof route.exportComplaints>['query'];
/** 在用的天数: what `age` and the last column of the board mean today. */
export const numbersInForce = async (db: Db, { scope, today }: Pick<Ctx, 'scope' | 'today'>) => ({ longOpenDays: await parameterValue(db, scope.countyId, longOpenDays, today), closedDays: await parameterValue(db, scope.countyId, boardClosedDays, today) });
const asked = async (db: Db, ctx: Ctx, query: Query) => complaintsLike(db, ctx, await officeOf(db, ctx), { ...query, ...await numbersInForce(db, ctx) });

/** 投诉件列表. Opened from a number of the statistics it says that same number, however large; asked for a file's number that no file has, it says why. */
export async function listComplaints(ctx: Ctx, { query }: Input<typeof route.listComplaints>): Promise<Output<typeof route.listComplaints>> {
  const found = await ctx.read(async (db) => {
    const [office, filters] = [await officeOf(db, ctx), { ...query, ...await numbersInForce(db, ctx) }];
    const { rows, ...page } = await pageComplaints(db, complaintsLike(db, ctx, office, filters), { ...query, known: await sumBehind(db, ctx, office, filters) });
    return { rows: await presentRows(db, ctx, rows), ...page };
  });
  return { ...found, whyNone: found.rows.length > 0 || query.q === undefined ? null : await whyNoFile(ctx, query.q) };
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
