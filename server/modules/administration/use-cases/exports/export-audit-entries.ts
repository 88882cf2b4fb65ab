import type * as auditRoute from '#contract/administration/audit.ts';
import type { Input } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import { withMerged } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { column, count, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import type { ExportColumn } from '#platform/workbook/write.ts';
import { filteredEntries, line } from '../audit.ts';

/** 导出操作记录; what changed stays in each entry's own page. */
export function exportAuditEntries(ctx: Ctx, { query }: Input<typeof auditRoute.exportAuditEntries>): Promise<Download> {
  type Entry = ReturnType<typeof line<Awaited<ReturnType<ReturnType<typeof filteredEntries>['execute']>>[number]>>;
  const columns: readonly ExportColumn<Entry>[] = [
    column('序号', 'count', (row) => count(row.entryNo)), column('时间', 'moment', (row) => moment(row.at)), column('操作人', 'text', (row) => text(row.actorName)), column('角色', 'text', (row) => text(row.roleTitle)),
    column('做了什么', 'text', (row) => text(row.actionTitle)), column('对象', 'text', (row) => text(row.subjectTitle)), column('对象编号', 'text', (row) => text(row.subjectId)), column('理由', 'text', (row) => text(row.reason)), column('封存', 'text', (row) => text(row.sealed ? '已封存' : '等待封存')),
  ];
  return exportList(ctx, {
    title: '操作记录', kind: 'audit', on: ctx.today, columns, query,
    rows: async (db) => refuseTooManyRows(await filteredEntries(db, await withMerged(db, ctx.scope), query).orderBy('e.entryNo', 'desc').limit(EXPORT_MOST + 1).execute()).map((row) => line(row)),
  });
}
