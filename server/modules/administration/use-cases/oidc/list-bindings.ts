import { sql } from 'kysely';
import { bindingOriginLabels, bindingStatusLabels } from '#contract/administration/oidc.ts';
import type * as route from '#contract/administration/oidc.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import type { Ctx } from '#platform/context.ts';
import { column, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { filteredBindings, bindingLine, type BindingLine } from '../../store/oidc-bindings.ts';
import { cut, totalOf } from '../../store/page.ts';

/** 全县的统一身份绑定. */
export function listBindings(ctx: Ctx, { query }: Input<typeof route.listOidcBindings>): Promise<Output<typeof route.listOidcBindings>> {
  return ctx.read(async (db) => {
    const found = filteredBindings(db, ctx.scope, query);
    const total = await totalOf(db, found);
    const { after } = query;
    const rows = await (after === undefined ? found : found.where(sql<boolean>`b.id < ${after}::uuid`)).orderBy('b.id', 'desc').limit(query.limit + 1).execute();
    const page = cut(rows, query.limit, ({ id }) => id);
    return { ...total, next: page.next, rows: page.rows.map(bindingLine) };
  });
}

/** 导出全县的统一身份绑定: exactly what is filtered. */
export const exportBindings = (ctx: Ctx, { query }: Input<typeof route.exportOidcBindings>): Promise<Download> => exportList<BindingLine>(ctx, {
  title: '统一身份绑定', kind: 'oidc-binding', on: ctx.today, query,
  columns: [
    column('姓名', 'text', (row) => text(row.name)), column('账号', 'text', (row) => text(row.login)), column('账号状态', 'text', (row) => text(row.isDisabled ? '已停用' : '在用')),
    column('状态', 'text', (row) => text(bindingStatusLabels[row.status])), column('用户标识', 'text', (row) => text(row.subject)), column('认证平台', 'text', (row) => text(row.issuer)),
    column('绑定方式', 'text', (row) => text(bindingOriginLabels[row.origin])), column('办理人', 'text', (row) => text(row.boundByName)), column('绑定时间', 'moment', (row) => moment(row.boundAt)), column('最近使用', 'moment', (row) => moment(row.lastUsedAt)),
    column('解除时间', 'moment', (row) => moment(row.endedAt)), column('解除人', 'text', (row) => text(row.endedByName)), column('解除理由', 'text', (row) => text(row.endedReason)),
  ],
  rows: async (db) => refuseTooManyRows(await filteredBindings(db, ctx.scope, query).orderBy('b.id', 'desc').limit(EXPORT_MOST + 1).execute()).map(bindingLine),
});
