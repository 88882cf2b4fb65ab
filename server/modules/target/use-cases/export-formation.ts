import type { Input, Output } from '#contract/define-route.ts';
import type { exportFormation as townshipsRoute, exportFormationEstates as estatesRoute } from '#contract/target.ts';
import { standingLabels } from '#domain/committee/formation.ts';
import { meetsStanding } from '#domain/committee/formation-parts.ts';
import { asOf } from '#modules/registry/index.ts';
import type { Ctx } from '#platform/context.ts';
import { column, count, exportList, percent, text } from '#platform/workbook/export-list.ts';
import { formationEvidence, formationFigures } from '../formation.ts';

type Township = Awaited<ReturnType<typeof formationFigures>>['byTownship'][number];
type Estate = Awaited<ReturnType<typeof formationEvidence>>['estates'][number];

/** 导出分乡镇组建率 on a day. */
export function exportFormation(ctx: Ctx, { query }: Input<typeof townshipsRoute>): Promise<Output<typeof townshipsRoute>> {
  const at = asOf(query, ctx.today);
  return exportList<Township>(ctx, {
    ...at, title: '分乡镇组建率', kind: 'formation', query,
    columns: [
      column('乡镇（街道）', 'text', (row) => text(row.township.name)), column('组建率', 'percent', (row) => percent(row.rateBp)), column('已成立', 'count', (row) => count(row.withCommittee)), column('已入住小区', 'count', (row) => count(row.occupied)),
      column('其中届满未换届', 'count', (row) => count(row.expired)), column('筹备中', 'count', (row) => count(row.preparing)),
    ],
    rows: async (db) => (await formationFigures(db, ctx, at, query.townshipId)).byTownship,
  });
}

/** 导出各小区计入情况: those that the condition means, and why each counts or not. */
export function exportFormationEstates(ctx: Ctx, { query }: Input<typeof estatesRoute>): Promise<Output<typeof estatesRoute>> {
  const at = asOf(query, ctx.today);
  return exportList<Estate>(ctx, {
    ...at, title: '各小区计入情况', kind: 'formation', query,
    columns: [column('小区', 'text', (row) => text(row.estate.name)), column('乡镇（街道）', 'text', (row) => text(row.township.name)), column('计入情况', 'text', (row) => text(standingLabels[row.standing])), column('说明', 'text', (row) => text(row.reason))],
    rows: async (db) => (await formationEvidence(db, ctx, at, query.townshipId)).estates.filter((row) => meetsStanding(row, query.standing)),
  });
}
