import type { exportUsers as usersRoute } from '#contract/administration/user.ts';
import type { Input } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import type { Ctx } from '#platform/context.ts';
import { column, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import type { ExportColumn } from '#platform/workbook/write.ts';
import { withGrants, type UserOut } from '../../store/users.ts';
import { filteredUsers } from '../users.ts';

/** 导出用户: a row per person, the posts in force in one cell. */
export function exportUsers(ctx: Ctx, { query }: Input<typeof usersRoute>): Promise<Download> {
  const columns: readonly ExportColumn<UserOut>[] = [
    column('姓名', 'text', (row) => text(row.name)), column('账号', 'text', (row) => text(row.login)), column('状态', 'text', (row) => text(row.disabledAt === null ? '在用' : '已停用')),
    column('在任岗位', 'text', (row) => text(row.grants.map((one) => `${one.roleTitle}（${one.scopeName}）`).join('、'))), column('所在单位', 'text', (row) => text([...new Set(row.grants.flatMap((one) => one.orgUnitName ?? []))].join('、'))),
    column('职务', 'text', (row) => text(row.grants.flatMap((one) => one.title ?? []).join('、'))), column('密码', 'text', (row) => text(row.mustChangePassword ? '等本人首次登录修改' : '本人已设置')),
    column('最近使用', 'moment', (row) => moment(row.lastSeenAt)), column('建立时间', 'moment', (row) => moment(row.createdAt)), column('停用时间', 'moment', (row) => moment(row.disabledAt)),
  ];
  return exportList(ctx, {
    title: '用户与岗位', kind: 'user', on: ctx.today, columns, query,
    rows: async (db) => withGrants(db, ctx.scope, refuseTooManyRows(await filteredUsers(db, ctx.scope, query).orderBy('u.id', 'desc').limit(EXPORT_MOST + 1).execute())),
  });
}
