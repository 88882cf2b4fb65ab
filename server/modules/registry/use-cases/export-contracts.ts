import type { Input, Output } from '#contract/define-route.ts';
import type { exportContracts as route } from '#contract/registry/service.ts';
import { contractKindLabels, feeBasisLabels } from '#contract/registry/words.ts';
import type { Ctx } from '#platform/context.ts';
import { allPages, column, day, exportList, moment, money, text } from '#platform/workbook/export-list.ts';
import { asOf } from '../as-of.ts';
import { presentContracts } from '../present/contract.ts';
import { pageContracts } from '../store/contracts.ts';

type Row = Awaited<ReturnType<typeof presentContracts>>[number];

/** 导出物业服务合同: exactly what is filtered, as of a day. */
export function exportContracts(ctx: Ctx, { query }: Input<typeof route>): Promise<Output<typeof route>> {
  const at = asOf(query, ctx.today);
  return exportList<Row>(ctx, {
    ...at, title: '物业服务合同', kind: 'contract', query,
    columns: [
      column('小区', 'text', (row) => text(row.estate.name)), column('乡镇（街道）', 'text', (row) => text(row.township.name)), column('物业服务企业', 'text', (row) => text(row.company.name)), column('合同种类', 'text', (row) => text(contractKindLabels[row.kind])),
      column('收费方式', 'text', (row) => text(row.feeBasis && feeBasisLabels[row.feeBasis])), column('物业费标准', 'money', (row) => money(row.feeFenPerM2Month)),
      column('合同起', 'date', (row) => day(row.startsOn)), column('合同止（含当日）', 'date', (row) => day(row.endsOn)), column('提前终止', 'date', (row) => day(row.terminatedOn)),
      column('现行', 'text', (row) => text(row.isCurrent ? '是' : '否')), column('归档时间', 'moment', (row) => moment(row.supersededAt)),
    ],
    rows: allPages((db, whole) => pageContracts(db, ctx.scope, { ...query, ...whole }, at), (db, rows) => presentContracts(db, ctx, rows, at)),
  });
}
