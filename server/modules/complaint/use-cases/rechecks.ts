import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/rebound.ts';
import { categoryCodes, categoryLabels, isRebound } from '#domain/complaint/category.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { column, count, day, EXPORT_MOST, exportList, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { officeOf } from '../office.ts';
import { presentRows } from '../present.ts';
import { complaintsLike, listed } from '../store.ts';
import { numbersInForce } from './look.ts';

type Row = Output<typeof route.listRechecks>['rows'][number];
type Query = Input<typeof route.exportRechecks>['query'];
const KINDS = categoryCodes.filter(isRebound);
const EXACT_TO = 1_000;

/** Closed files of kinds that come back which nobody has looked at again; the day is that of their duty. */
async function waiting(db: Db, ctx: Ctx, query: Query) {
  const { query: all } = complaintsLike(db, ctx, await officeOf(db, ctx), { ...query, ...await numbersInForce(db, ctx), status: 'closed' });
  return all.where('c.recheckedAt', 'is', null).where(sql<boolean>`c.category_code = any(${[...KINDS]}::text[])`);
}
const dueOn = sql<LocalDate | null>`(select o.due_on from obligation.obligation o where o.subject_kind = 'Complaint' and o.subject_id = c.id::text and o.duty_id = 'complaint.recheck' and o.ended_on is null order by o.due_on limit 1)`;
const since = sql<number>`(select count(*)::int from complaint.complaint r where r.estate_id = c.estate_id and r.category_code = c.category_code and r.id <> c.id and r.received_on > c.closed_on and r.status not in ('merged', 'withdrawn', 'refused', 'returned'))`;

async function pageOfRechecks(db: Db, ctx: Ctx, query: Query, { from, limit }: { readonly from: number; readonly limit: number }): Promise<Row[]> {
  const found = await listed(await waiting(db, ctx, query)).select([dueOn.as('recheckDueOn'), since.as('reportsSince')]).orderBy('c.closedOn').orderBy('c.id').offset(from).limit(limit).execute();
  const shown = await presentRows(db, ctx, found);
  return found.flatMap(({ recheckDueOn, closedOn, reportsSince }, at) => { const one = shown[at]; return one === undefined ? [] : [{ ...one, recheckDueOn, closedOn, reportsSince }]; });
}

/** 待复查, the soonest due first: each is due so many days after it was closed. */
export function listRechecks(ctx: Ctx, { query }: Input<typeof route.listRechecks>): Promise<Output<typeof route.listRechecks>> {
  return ctx.read(async (db) => {
    const from = Number(query.after ?? 0);
    const rows = await pageOfRechecks(db, ctx, query, { from, limit: query.limit + 1 });
    const { n } = await db.selectFrom((await waiting(db, ctx, query)).select('c.id').limit(EXACT_TO + 1).as('few')).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
    return { rows: rows.slice(0, query.limit), next: rows.length > query.limit ? String(from + query.limit) : null, total: Math.min(n, EXACT_TO), totalIsExact: n <= EXACT_TO };
  });
}

/** 导出待复查的投诉件: exactly what is filtered. */
export function exportRechecks(ctx: Ctx, { query }: Input<typeof route.exportRechecks>): Promise<Output<typeof route.exportRechecks>> {
  return exportList<Row>(ctx, {
    title: '待复查的投诉件', kind: 'complaint-recheck', on: ctx.today, query,
    columns: [
      column('编号', 'text', (row) => text(row.no)), column('复查期限', 'date', (row) => day(row.recheckDueOn)), column('办结日期', 'date', (row) => day(row.closedOn)), column('办结后新的同类投诉', 'count', (row) => count(row.reportsSince)), column('类别', 'text', (row) => text(categoryLabels[row.category])), column('所在地', 'text', (row) => text(row.place)), column('小区', 'text', (row) => text(row.estate)), column('内容', 'text', (row) => text(row.brief)), column('承办单位', 'text', (row) => text(row.handler)),
    ],
    rows: async (db) => refuseTooManyRows(await pageOfRechecks(db, ctx, query, { from: 0, limit: EXPORT_MOST + 1 })),
  });
}
