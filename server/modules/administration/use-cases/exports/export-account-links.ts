import type * as route from '#contract/administration/account-link.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import { linkPurposes } from '#contract/link.ts';
import { deliveryStatusLabels } from '#contract/notice.ts';
import type { Ctx } from '#platform/context.ts';
import { column, count, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import type { ExportColumn } from '#platform/workbook/write.ts';
import { accountLinkLine, filteredAccountLinks } from '../../store/account-links.ts';

type Line = Output<typeof route.listAccountLinks>['rows'][number];
const words = { open: '等待打开', used: '已用过', expired: '已过期', revoked: '已撤销' } as const;

const columns: readonly ExportColumn<Line>[] = [
  column('序号', 'count', (row) => count(row.linkNo)), column('用途', 'text', (row) => text(linkPurposes[row.purpose])), column('姓名', 'text', (row) => text(row.name)), column('账号', 'text', (row) => text(row.login)),
  column('谁发的', 'text', (row) => text(row.madeBy ?? '运维人员')), column('发出时间', 'moment', (row) => moment(row.madeAt)), column('有效期至', 'moment', (row) => moment(row.validUntil)),
  column('状态', 'text', (row) => text(words[row.status])), column('使用时间', 'moment', (row) => moment(row.usedAt)), column('撤销原因', 'text', (row) => text(row.revokedReason)), column('邮件', 'text', (row) => text(row.letter === null ? null : deliveryStatusLabels[row.letter])), column('邮件没发成的原因', 'text', (row) => text(row.letterError)),
];

/** 导出账号链接: who was handed which, never the links themselves. */
export const exportAccountLinks = (ctx: Ctx, { query }: Input<typeof route.exportAccountLinks>): Promise<Download> => exportList(ctx, {
  title: '账号链接', kind: 'account-link', on: ctx.today, columns, query,
  rows: async (db) => refuseTooManyRows(await filteredAccountLinks(db, ctx.scope, query, ctx.now).orderBy('l.linkNo', 'desc').limit(EXPORT_MOST + 1).execute()).map((row) => accountLinkLine(row, ctx.now)),
});
