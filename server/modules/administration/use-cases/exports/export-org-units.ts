import { orgUnitKindLabels, type exportOrgUnits as orgUnitsRoute } from '#contract/administration/org-unit.ts';
import type { Input } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import { orgTree } from '#domain/administration/org-tree.ts';
import type { Ctx } from '#platform/context.ts';
import { column, EXPORT_MOST, exportList, text } from '#platform/workbook/export-list.ts';
import type { ExportColumn } from '#platform/workbook/write.ts';
import { countyUnits, orgUnitColumns } from '../../store/org-units.ts';

/** 导出组织机构, each with the body above it. */
export function exportOrgUnits(ctx: Ctx, { query }: Input<typeof orgUnitsRoute>): Promise<Download> {
  type Unit = { readonly name: string; readonly kind: keyof typeof orgUnitKindLabels; readonly subkind: string | null; readonly code: string | null; readonly address: string | null; readonly archived: boolean; readonly above: string | null };
  const columns: readonly ExportColumn<Unit>[] = [
    column('名称', 'text', (row) => text(row.name)), column('类别', 'text', (row) => text(orgUnitKindLabels[row.kind])), column('具体类型', 'text', (row) => text(row.subkind)), column('上级', 'text', (row) => text(row.above)),
    column('代码', 'text', (row) => text(row.code)), column('地址', 'text', (row) => text(row.address)), column('状态', 'text', (row) => text(row.archived ? '已撤销' : '在用')),
  ];
  return exportList(ctx, {
    title: '组织机构', kind: 'org-unit', on: ctx.today, columns, query,
    rows: async (db) => {
      const units = countyUnits(db, ctx.scope).select(orgUnitColumns).orderBy('sortNo').orderBy('code').orderBy('id').limit(EXPORT_MOST);
      const all = await (query.includeArchived === true ? units : units.where('archivedAt', 'is', null)).execute();
      const names = new Map(all.map(({ id, name }): [string, string] => [id, name]));
      const { top, branches } = orgTree(all, query.q ?? '');
      return [...top, ...branches.flatMap(({ township, below }) => [township, ...below])].map((row) => ({ ...row, archived: row.archivedAt !== null, above: row.parentId === null ? null : names.get(row.parentId) ?? null }));
    },
  });
}
