import type * as parameterRoute from '#contract/administration/parameter.ts';
import { aboutLabels } from '#contract/administration/shared.ts';
import type { Input } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import type { Ctx } from '#platform/context.ts';
import { column, day, exportList, text } from '#platform/workbook/export-list.ts';
import type { ExportColumn } from '#platform/workbook/write.ts';
import { filteredRules, readParameters } from '../parameters.ts';

/** 导出参数: a row per value that was ever set. */
export function exportParameters(ctx: Ctx, { query }: Input<typeof parameterRoute.exportParameters>): Promise<Download> {
  const on = query.on ?? ctx.today;
  type Parameter = Awaited<ReturnType<typeof readParameters>>[number];
  type Row = { readonly parameter: Parameter; readonly span: Parameter['spans'][number]; readonly isInForce: boolean };
  const columns: readonly ExportColumn<Row>[] = [
    column('用于', 'text', ({ parameter }) => text(aboutLabels[parameter.capability])), column('参数', 'text', ({ parameter }) => text(parameter.title)), column('值', 'text', ({ span }) => text(span.valueText)), column('截至当日有效', 'text', ({ isInForce }) => text(isInForce ? '是' : '否')),
    column('自', 'date', ({ span }) => day(span.from)), column('至（含当日）', 'date', ({ span }) => day(span.until)), column('来源', 'text', ({ span }) => text(span.origin === 'county' ? '本县设置' : '系统默认')), column('设置人', 'text', ({ span }) => text(span.setBy)),
    column('依据', 'text', ({ span }) => text([span.basis.title, span.basis.clause].filter(Boolean).join(' '))), column('待核实', 'text', ({ span }) => text(span.needsConfirmation ? '是' : '否')), column('撤回理由', 'text', ({ span }) => text(span.withdrawnReason)),
  ];
  return exportList(ctx, {
    title: '参数', kind: 'parameter', on, columns, query,
    rows: async (db) => (await readParameters(db, ctx.scope.countyId, on, query.about)).flatMap((parameter) => parameter.spans.map((span) => ({ parameter, span, isInForce: span === parameter.inForce }))),
  });
}

/** 导出规则与依据: a row per clause, so that clauses can be sorted and filtered. */
export function exportRules(ctx: Ctx, { query }: Input<typeof parameterRoute.exportRules>): Promise<Download> {
  type Rule = ReturnType<typeof filteredRules>[number];
  type Row = { readonly rule: Rule; readonly basis: Rule['basis'][number] | undefined };
  const columns: readonly ExportColumn<Row>[] = [
    column('用于', 'text', ({ rule }) => text(aboutLabels[rule.capability])), column('种类', 'text', ({ rule }) => text(rule.kind === 'duty' ? '时限义务' : '规则')), column('规则', 'text', ({ rule }) => text(rule.title)), column('说明', 'text', ({ rule }) => text(rule.why)),
    column('依据文件', 'text', ({ basis }) => text(basis?.title ?? '工作规则，没有对应条文')), column('条款', 'text', ({ basis }) => text(basis?.clause)), column('条文大意', 'text', ({ basis }) => text(basis?.summary)),
  ];
  return exportList(ctx, {
    title: '规则与依据', kind: 'rule', on: ctx.today, columns, query,
    rows: async () => filteredRules(ctx.kit, query).flatMap((rule) => (rule.basis.length === 0 ? [undefined] : rule.basis).map((basis) => ({ rule, basis }))),
  });
}
