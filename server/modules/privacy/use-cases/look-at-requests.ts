import { sql } from 'kysely';
import type { z } from 'zod';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/person-request.ts';
import { askers, requestKinds, requestStates } from '#domain/privacy/words.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { column, day, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { presentRequest, presentRow } from '../person/present.ts';
import { getRequest, visibleRequests } from '../person/store.ts';

const EXACT_TO = 1_000;

function filtered(db: Db, scope: Scope, { kind, status }: z.output<typeof route.personRequestFilters>) {
  let requests = visibleRequests(db, scope);
  if (kind !== undefined) requests = requests.where('q.kind', '=', kind);
  return status === undefined ? requests : requests.where('q.status', '=', status);
}

/** 个人信息请求, the newest first. */
export function listPersonRequests(ctx: Ctx, { query }: Input<typeof route.listPersonRequests>): Promise<Output<typeof route.listPersonRequests>> {
  return ctx.read(async (db) => {
    const all = filtered(db, ctx.scope, query);
    const { total } = await db.selectFrom(all.select(sql<number>`1`.as('one')).limit(EXACT_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const found = await (query.after === undefined ? all : all.where(sql<boolean>`q.id < ${query.after}::uuid`)).selectAll('q').orderBy('q.id', 'desc').limit(query.limit + 1).execute();
    const rows = found.slice(0, query.limit);
    return { rows: rows.map((row) => presentRow(ctx, row)), next: found.length > query.limit ? rows.at(-1)?.id ?? null : null, total: Math.min(total, EXACT_TO), totalIsExact: total <= EXACT_TO };
  });
}

/** 导出个人信息请求: names stay covered. */
export const exportPersonRequests = (ctx: Ctx, { query }: Input<typeof route.exportPersonRequests>): Promise<Output<typeof route.exportPersonRequests>> => exportList<ReturnType<typeof presentRow>>(ctx, {
  title: '个人信息请求', kind: 'person-request', on: ctx.today, query,
  columns: [
    column('收到日期', 'date', (row) => day(row.receivedOn)), column('请求事项', 'text', (row) => text(requestKinds[row.kind])), column('所涉的人', 'text', (row) => text(row.person)), column('请求人', 'text', (row) => text(askers[row.asker])), column('状态', 'text', (row) => text(requestStates[row.status])),
    column('办理期限', 'date', (row) => day(row.dueOn)), column('登记人', 'text', (row) => text(row.registeredByName)), column('提出删除', 'text', (row) => text(row.proposedByName)), column('办结人', 'text', (row) => text(row.decidedByName)), column('办结时间', 'moment', (row) => moment(row.decidedAt)), column('答复', 'text', (row) => text(row.outcome)),
  ],
  rows: async (db) => refuseTooManyRows(await filtered(db, ctx.scope, query).selectAll('q').orderBy('q.id', 'desc').limit(EXPORT_MOST + 1).execute()).map((row) => presentRow(ctx, row)),
});

/** 个人信息请求详情. */
export const getPersonRequest = (ctx: Ctx, { params }: Input<typeof route.getPersonRequest>): Promise<Output<typeof route.getPersonRequest>> => ctx.read(async (db) => presentRequest(db, ctx, await getRequest(db, ctx.scope, params.requestId)));
