import type { Input, Output } from '#contract/define-route.ts';
import type { exportQuality as route } from '#contract/registry/sheet.ts';
import type { Ctx } from '#platform/context.ts';
import { column, exportList, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { asOf } from '../../as-of.ts';
import { findings } from './findings.ts';
import { inOrder } from './get-quality.ts';
import type { Placed } from './placed.ts';

/** 导出数据质量: what is to be mended, all of what is filtered, to be passed on to whoever mends it. */
export function exportQuality(ctx: Ctx, { query }: Input<typeof route>): Promise<Output<typeof route>> {
  const at = asOf({ on: query.on }, ctx.today);
  return exportList<Placed>(ctx, {
    title: '数据质量', kind: 'quality', on: at.on, query,
    columns: [
      column('对象', 'text', (row) => text(row.subjectName)), column('小区', 'text', (row) => text(row.estateName)), column('乡镇（街道）', 'text', (row) => text(row.township)),
      column('程度', 'text', (row) => text(row.severity === 'error' ? '矛盾' : '缺漏或临期')), column('问题', 'text', (row) => text(row.title)), column('说明', 'text', (row) => text(row.message)),
    ],
    rows: async (db) => {
      const { all } = await findings(db, ctx, query, at);
      return refuseTooManyRows((query.rule === undefined ? all : all.filter((finding) => finding.rule === query.rule)).toSorted(inOrder));
    },
  });
}
