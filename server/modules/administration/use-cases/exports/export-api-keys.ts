import { apiKeyStatusLabels, type exportApiKeys as apiKeysRoute } from '#contract/administration/api-key.ts';
import type { Input } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import { machinePermissionLabels } from '#contract/machine.ts';
import type { Ctx } from '#platform/context.ts';
import { column, day, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import type { ExportColumn } from '#platform/workbook/write.ts';
import { filteredApiKeys, presentApiKey, type ApiKeyOut } from '../../store/api-keys.ts';

/** 导出接口密钥清单, for the yearly look at who reads from us. */
export function exportApiKeys(ctx: Ctx, { query }: Input<typeof apiKeysRoute>): Promise<Download> {
  const columns: readonly ExportColumn<ApiKeyOut>[] = [
    column('名称', 'text', (row) => text(row.name)), column('尾号', 'text', (row) => text(row.hint)), column('状态', 'text', (row) => text(apiKeyStatusLabels[row.status])), column('管辖范围', 'text', (row) => text(row.scopeName)),
    column('权限', 'text', (row) => text(row.permissions.map((one) => machinePermissionLabels[one]).join('、'))), column('来源地址', 'text', (row) => text(row.addresses.join('、') || '不限')), column('有效期至', 'date', (row) => day(row.endsOn)),
    column('保管人', 'text', (row) => text(row.holder)), column('建立人', 'text', (row) => text(row.madeByName)), column('建立时间', 'moment', (row) => moment(row.createdAt)), column('更换时间', 'moment', (row) => moment(row.rotatedAt)), column('最近使用', 'moment', (row) => moment(row.lastUsedAt)),
    column('最近被拒', 'moment', (row) => moment(row.lastRefusedAt)), column('被拒原因', 'text', (row) => text(row.lastRefusal)), column('吊销时间', 'moment', (row) => moment(row.revokedAt)), column('吊销理由', 'text', (row) => text(row.revokedReason)),
  ];
  return exportList(ctx, {
    title: '接口密钥', kind: 'api-key', on: ctx.today, columns, query,
    rows: async (db) => refuseTooManyRows(await filteredApiKeys(db, ctx.scope, query, ctx.today).orderBy('k.id', 'desc').limit(EXPORT_MOST + 1).execute()).map((row) => presentApiKey(row, ctx.today)),
  });
}
