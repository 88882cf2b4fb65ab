import type { Input, Output } from '#contract/define-route.ts';
import type { exportCommittees as route } from '#contract/committee.ts';
import { committeeKindLabels, committeeStatusLabels } from '#contract/registry/words.ts';
import type { Ctx } from '#platform/context.ts';
import { allPages, column, count, day, exportList, moment, text } from '#platform/workbook/export-list.ts';
import { presentCommittees } from '../present.ts';
import { committeeAsOf } from '../read.ts';
import { pageCommittees } from '../store.ts';

type Row = Awaited<ReturnType<typeof presentCommittees>>[number];

/** 导出业主组织: exactly what is filtered, as of a day. */
export function exportCommittees(ctx: Ctx, { query }: Input<typeof route>): Promise<Output<typeof route>> {
  const at = committeeAsOf(query, ctx.today);
  return exportList<Row>(ctx, {
    ...at, title: '业主组织', kind: 'committee', query,
    columns: [
      column('名称', 'text', (row) => text(row.name)), column('小区', 'text', (row) => text(row.estate.name)), column('乡镇（街道）', 'text', (row) => text(row.township.name)), column('组织种类', 'text', (row) => text(committeeKindLabels[row.kind])), column('状态', 'text', (row) => text(committeeStatusLabels[row.status])),
      column('成立时间', 'date', (row) => day(row.sinceOn)), column('届满时间（含当日）', 'date', (row) => day(row.untilOn)), column('已届满', 'text', (row) => text(row.isExpired ? '是' : '否')), column('主任', 'text', (row) => text(row.chair)), column('委员数', 'count', (row) => count(row.memberCount)),
      column('备案日期', 'date', (row) => day(row.filedOn)), column('终止日期', 'date', (row) => day(row.endedOn)), column('归档时间', 'moment', (row) => moment(row.archivedAt)),
    ],
    rows: allPages((db, whole) => pageCommittees(db, ctx.scope, { ...query, ...whole }, at), (db, rows) => presentCommittees(db, ctx, rows, at)),
  });
}
