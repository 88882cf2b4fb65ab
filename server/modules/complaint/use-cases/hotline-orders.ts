import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/hotline.ts';
import type { Download } from '#contract/kernel.ts';
import { categoryLabels } from '#domain/complaint/category.ts';
import { resolvedLabels, satisfiedLabels } from '#domain/complaint/hotline/call-back.ts';
import { complaintStatusLabels, openStatuses } from '#domain/complaint/lifecycle.ts';
import { complaintNo } from '#domain/complaint/number.ts';
import { makeId } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { column, count, day, EXPORT_MOST, exportList, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { ordersLike, termsDay, termsOn } from '../hotline/orders-list.ts';
import { returnWordsOf } from '../hotline/words.ts';
import { officeOf } from '../office.ts';
import { lampOf } from '../present.ts';

type Row = Output<typeof route.listHotlineOrders>['rows'][number];
type Query = Input<typeof route.exportHotlineOrders>['query'];
const COUNTED_UP_TO = 1_000;

const asked = async (db: Db, ctx: Ctx, query: Query) => ordersLike(db, ctx, await officeOf(db, ctx), query, await termsOn(db, ctx.scope.countyId, termsDay(query.month, ctx.today)));

async function pageOf(db: Db, ctx: Ctx, query: Query, { after, limit }: { readonly after?: string | undefined; readonly limit: number }): Promise<{ rows: Row[]; hasMore: boolean }> {
  const filtered = await asked(db, ctx, query);
  const found = await (after === undefined ? filtered : filtered.where('o.complaintId', '<', makeId<'Complaint'>(after))).leftJoin('platform.orgUnit as t', 't.id', 'o.townshipId').leftJoin('platform.orgUnit as n', 'n.id', 'o.neighbourhoodId').innerJoin('platform.orgUnit as h', 'h.id', 'c.handlerId').leftJoin('registry.company as k', 'k.id', 'e.companyId')
    .selectAll('o').select(['c.numberYear', 'c.numberSerial', 'c.categoryCode', 'c.status', 'c.originDueOn', 'c.body', 'e.name as estate', 't.name as township', 'n.name as neighbourhood', 'h.name as handler', 'k.name as company']).orderBy('o.complaintId', 'desc').limit(limit + 1).execute();
  const rows = found.slice(0, limit).map((row): Row => ({
    id: row.complaintId, orderNo: row.orderNo, no: complaintNo(row.numberYear, row.numberSerial), title: row.title === '' ? row.body.slice(0, BRIEF) : row.title, estate: row.estate, place: [row.township, row.neighbourhood].filter((name) => name !== null).join(' '), company: row.company, category: row.categoryCode, status: row.status, handler: row.handler,
    dispatchedOn: row.dispatchedOn, dueOn: row.originDueOn, lamp: openStatuses.includes(row.status) && row.status !== 'replied' ? lampOf(row.originDueOn, ctx.today) : null, redoCount: row.redoCount, isContacted: row.isContacted, resolved: row.resolved, satisfied: row.satisfied, returnWords: returnWordsOf(row),
  }));
  return { rows, hasMore: found.length > limit };
}
const BRIEF = 60;

/** 12345工单列表. */
export function listOrders(ctx: Ctx, { query }: Input<typeof route.listHotlineOrders>): Promise<Output<typeof route.listHotlineOrders>> {
  return ctx.read(async (db) => {
    const { total } = await db.selectFrom((await asked(db, ctx, query)).select('o.complaintId').limit(COUNTED_UP_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const { rows, hasMore } = await pageOf(db, ctx, query, query);
    return { rows, next: hasMore ? rows.at(-1)?.id ?? null : null, total: Math.min(total, COUNTED_UP_TO), totalIsExact: total <= COUNTED_UP_TO };
  });
}

const yesNo = (value: boolean | null) => (value === null ? null : value ? '是' : '否');
/** 导出12345工单; never who called. */
export const exportOrders = (ctx: Ctx, { query }: Input<typeof route.exportHotlineOrders>): Promise<Download> => exportList<Row>(ctx, {
  title: '12345工单', kind: 'hotline-order', on: ctx.today, query,
  columns: [
    column('工单编号', 'text', (row) => text(row.orderNo)), column('投诉编号', 'text', (row) => text(row.no)), column('诉求', 'text', (row) => text(row.title)), column('所在地', 'text', (row) => text(row.place)), column('小区', 'text', (row) => text(row.estate)), column('服务企业', 'text', (row) => text(row.company)), column('类别', 'text', (row) => text(categoryLabels[row.category])),
    column('状态', 'text', (row) => text(complaintStatusLabels[row.status])), column('承办单位', 'text', (row) => text(row.handler)), column('派单日期', 'date', (row) => day(row.dispatchedOn)), column('工单期限', 'date', (row) => day(row.dueOn)), column('重办', 'count', (row) => count(row.redoCount)),
    column('是否联系', 'text', (row) => text(yesNo(row.isContacted))), column('是否解决', 'text', (row) => text(row.resolved === null ? null : resolvedLabels[row.resolved])), column('是否满意', 'text', (row) => text(row.satisfied === null ? null : satisfiedLabels[row.satisfied])), column('回传', 'text', (row) => text(row.returnWords)),
  ],
  rows: async (db) => refuseTooManyRows((await pageOf(db, ctx, query, { limit: EXPORT_MOST + 1 })).rows),
});
