import type * as route from '#contract/administration/sign-in.ts';
import { signInResults, signInWays } from '#contract/administration/sign-in.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { makeContext } from '#platform/make-context.ts';
import { column, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import type { ExportColumn } from '#platform/workbook/write.ts';
import { sessionOf } from '../own-session.ts';
import { filteredSignIns, ownSignIns, signInLine } from '../sign-ins.ts';

type Line = Output<typeof route.listSignIns>['rows'][number];

const columns: readonly ExportColumn<Line>[] = [
  column('时间', 'moment', (row) => moment(row.at)), column('姓名', 'text', (row) => text(row.user?.name ?? '没有这个账号')), column('账号', 'text', (row) => text(row.user?.login)),
  column('结果', 'text', (row) => text(`${signInResults[row.result]}${row.hasLocked ? '，随后被锁定' : ''}`)), column('方式', 'text', (row) => text(signInWays[row.way])),
  column('网络地址', 'text', (row) => text(row.ip)), column('设备', 'text', (row) => text(row.device)),
  column('现在', 'text', (row) => text(row.session === null ? null : row.session.isOpen ? '登录中' : row.session.endedReason)), column('最近使用', 'moment', (row) => moment(row.session?.lastSeenAt)),
];

/** 导出登录记录. */
export const exportSignIns = (ctx: Ctx, { query }: Input<typeof route.exportSignIns>): Promise<Download> => exportList(ctx, {
  title: '登录记录', kind: 'sign-in', on: ctx.today, columns, query,
  rows: async (db) => refuseTooManyRows(await filteredSignIns(db, ctx.scope, query).orderBy('i.id', 'desc').limit(EXPORT_MOST + 1).execute()).map((row) => signInLine(row, ctx.now, ctx.actor.sessionId)),
});

/** 导出本人的登录记录, over everything: one's own, wherever one works. */
export function exportMySignIns(ctx: Ctx, { query }: Input<typeof route.exportMySignIns>): Promise<Download> {
  const { user, county, sessionId } = sessionOf(ctx);
  const own = makeContext(ctx.kit, { actor: ctx.actor, scope: { ...everything, countyId: county.id }, requestId: ctx.requestId, ip: ctx.ip });
  return exportList(own, {
    title: '本人登录记录', kind: 'sign-in', on: ctx.today, columns, query,
    rows: async (db) => refuseTooManyRows(await ownSignIns(db, user.id, query).orderBy('i.id', 'desc').limit(EXPORT_MOST + 1).execute()).map((row) => signInLine(row, ctx.now, sessionId)),
  });
}
