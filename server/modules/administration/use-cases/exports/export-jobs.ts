import { deliveryStatusLabels, jobStatusLabels, type exportEventDeliveries as deliveriesRoute, type exportJobs as jobsRoute } from '#contract/administration/job.ts';
import type { Input } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import type { Ctx } from '#platform/context.ts';
import { column, count, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import type { ExportColumn } from '#platform/workbook/write.ts';
import { filteredJobs, titled, visibleDeliveries } from '../jobs.ts';

/** 导出后台作业. */
export function exportJobs(ctx: Ctx, { query }: Input<typeof jobsRoute>): Promise<Download> {
  type Job = ReturnType<typeof titled>;
  const columns: readonly ExportColumn<Job>[] = [
    column('作业', 'text', (row) => text(row.title)), column('状态', 'text', (row) => text(jobStatusLabels[row.status])), column('已完成', 'count', (row) => count(row.doneCount)), column('共', 'count', (row) => count(row.totalCount)), column('已试次数', 'count', (row) => count(row.attempts)),
    column('失败原因', 'text', (row) => text(row.error)), column('发起人', 'text', (row) => text(row.createdBy ?? '系统')), column('发起时间', 'moment', (row) => moment(row.createdAt)), column('开始时间', 'moment', (row) => moment(row.startedAt)), column('结束时间', 'moment', (row) => moment(row.finishedAt)),
  ];
  return exportList(ctx, {
    title: '后台作业', kind: 'job', on: ctx.today, columns, query,
    rows: async (db) => refuseTooManyRows(await filteredJobs(db, ctx.scope, query).orderBy('j.id', 'desc').limit(EXPORT_MOST + 1).execute()).map((row) => titled(ctx, row)),
  });
}

/** 导出事件投递. */
export function exportEventDeliveries(ctx: Ctx, { query }: Input<typeof deliveriesRoute>): Promise<Download> {
  type Delivery = Awaited<ReturnType<ReturnType<typeof visibleDeliveries>['execute']>>[number];
  const columns: readonly ExportColumn<Delivery>[] = [
    column('事件', 'text', (row) => text(row.name)), column('接收方', 'text', (row) => text(row.subscriber)), column('状态', 'text', (row) => text(deliveryStatusLabels[row.status])), column('已试次数', 'count', (row) => count(row.attempts)),
    column('失败原因', 'text', (row) => text(row.lastError)), column('发生时间', 'moment', (row) => moment(row.occurredAt)), column('最近一次', 'moment', (row) => moment(row.updatedAt)),
  ];
  return exportList(ctx, {
    title: '事件投递', kind: 'delivery', on: ctx.today, columns, query,
    rows: async (db) => refuseTooManyRows(await visibleDeliveries(db, ctx.scope).where('d.status', '=', query.status).orderBy('d.eventId', 'desc').orderBy('d.subscriber', 'desc').limit(EXPORT_MOST + 1).execute()),
  });
}
