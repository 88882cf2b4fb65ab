import type { Input, Output } from '#contract/define-route.ts';
import { batchStatusLabels, ledgerKindLabels, type exportLedgerBatches as route, type LedgerBatch } from '#contract/ledger.ts';
import type { Ctx } from '#platform/context.ts';
import { column, count, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { presentBatch } from '../present.ts';
import { pageBatches } from '../store/batch.ts';

/** 导出导入记录: which files came in when, by whom, and what became of them. */
export function exportBatches(ctx: Ctx, { query }: Input<typeof route>): Promise<Output<typeof route>> {
  return exportList<LedgerBatch>(ctx, {
    title: '导入记录', kind: 'ledger-batch', on: ctx.today, query,
    columns: [
      column('台账', 'text', (row) => text(ledgerKindLabels[row.kind])), column('文件', 'text', (row) => text(row.files.map((file) => file.name).join('、'))), column('状态', 'text', (row) => text(batchStatusLabels[row.status])),
      column('行数', 'count', (row) => count(row.counts.rows)), column('新增', 'count', (row) => count(row.counts.new)), column('变更', 'count', (row) => count(row.counts.changed)), column('无变化', 'count', (row) => count(row.counts.unchanged)), column('退回', 'count', (row) => count(row.counts.refused)),
      column('上传人', 'text', (row) => text(row.createdBy)), column('上传时间', 'moment', (row) => moment(row.createdAt)), column('经办人', 'text', (row) => text(row.holder)), column('确认人', 'text', (row) => text(row.confirmedBy)), column('确认时间', 'moment', (row) => moment(row.confirmedAt)), column('撤销时间', 'moment', (row) => moment(row.undoneAt)),
    ],
    rows: async (db) => {
      const found = refuseTooManyRows(await pageBatches(db, ctx, { ...query, after: undefined, limit: EXPORT_MOST }));
      const rows = [];
      for (const batch of found) rows.push(await presentBatch(ctx, db, batch));
      return rows;
    },
  });
}
