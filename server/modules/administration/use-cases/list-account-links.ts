import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/administration/account-link.ts';
import type { Ctx } from '#platform/context.ts';
import { accountLinkLine, filteredAccountLinks } from '../store/account-links.ts';
import { cut, totalOf } from '../store/page.ts';

/** 账号链接, newest first. */
export function listAccountLinks(ctx: Ctx, { query }: Input<typeof route.listAccountLinks>): Promise<Output<typeof route.listAccountLinks>> {
  return ctx.read(async (db) => {
    const links = filteredAccountLinks(db, ctx.scope, query, ctx.now);
    const total = await totalOf(db, links);
    const { after } = query;
    const rows = await (after === undefined ? links : links.where('l.linkNo', '<', Number(after))).orderBy('l.linkNo', 'desc').limit(query.limit + 1).execute();
    const page = cut(rows, query.limit, ({ linkNo }) => String(linkNo));
    return { ...total, next: page.next, rows: page.rows.map((row) => accountLinkLine(row, ctx.now)) };
  });
}
