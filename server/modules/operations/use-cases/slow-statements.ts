import type { Input, Output } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import type * as route from '#contract/operations/watch.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { SlowStatement } from '#platform/db/slow-log.ts';
import { Problem } from '#platform/problem.ts';
import { column, count, exportList, moment, text } from '#platform/workbook/export-list.ts';

/** First version of PostgreSQL that plans a statement without values. */
const PLANS_GENERALLY = 160_000;

/** 慢查询, as this process remembers them: nothing of a county is in a statement without its values. */
export async function listSlowStatements(ctx: Ctx, { query }: Input<typeof route.listSlowStatements>): Promise<Output<typeof route.listSlowStatements>> {
  const all = ctx.kit.slow.recent();
  const { after, limit } = query;
  const rest = after === undefined ? all : all.filter(({ id }) => id < after);
  const rows = rest.slice(0, limit);
  return { rows: rows.map(presented), next: rest.length > limit ? rows.at(-1)?.id ?? null : null, total: all.length, totalIsExact: true };
}

const presented = (found: SlowStatement): Output<typeof route.listSlowStatements>['rows'][number] => found;

/** 导出慢查询. */
export function exportSlowStatements(ctx: Ctx, _input: Input<typeof route.exportSlowStatements>): Promise<Download> {
  return exportList<SlowStatement>(ctx, {
    title: '慢查询', kind: 'slow-statement', on: ctx.today, query: {}, rows: async () => ctx.kit.slow.recent(),
    columns: [
      column('时间', 'moment', (row) => moment(row.at)), column('用时（毫秒）', 'count', (row) => count(row.ms)), column('行数', 'count', (row) => count(row.rows)),
      column('语句名', 'text', (row) => text(row.statement)), column('请求编号', 'text', (row) => text(row.requestId)), column('语句', 'text', (row) => text(row.text)),
    ],
  });
}

/** 执行计划: planned for any values, in a transaction that may change nothing, and not carried out. @throws Problem not-found, state.conflict */
export async function getStatementPlan(ctx: Ctx, { params }: Input<typeof route.getStatementPlan>): Promise<Output<typeof route.getStatementPlan>> {
  const found = ctx.kit.slow.recent().find(({ id }) => id === params.slowStatementId);
  if (found === undefined) throw new Problem('not-found', '没有这条慢查询，可能程序重启过，请刷新列表');
  if (!/^\s*(?:select|with|insert|update|delete)\b/i.test(found.text) || /;\s*\S/.test(found.text) || found.isCut) throw new Problem('state.conflict', '这条语句不是一般的查询，不能给出执行计划');
  return ctx.kit.database.write(everything, async (_db, client) => {
    await client.query('set transaction read only');
    const { rows: [server] } = await client.query<{ version: string }>("select current_setting('server_version_num') as version");
    if (Number(server?.version ?? 0) < PLANS_GENERALLY) throw new Problem('state.conflict', 'PostgreSQL 16 起才能不带数值给出执行计划，请把数据库升级后再看');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (generic_plan, verbose off) ${found.text}`);
    return { plan: rows.map((row) => row['QUERY PLAN']).join('\n') };
  });
}
