import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Input, Output } from '#contract/define-route.ts';
import { noticeStateLabels, type InboxNotice } from '#contract/inbox.ts';
import type * as route from '#contract/inbox.ts';
import { noticeKinds } from '#contract/notice.ts';
import type { Ctx } from '#platform/context.ts';
import { edgeOf } from '#platform/http/serve-route.ts';
import { enterAs, selfOf, unreadOf } from '#platform/notices/own.ts';
import { openStream } from '#platform/notices/stream.ts';
import { Problem } from '#platform/problem.ts';
import { column, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { ownNotices, pageNotices, type InboxRecord } from '../store.ts';

const stateOf = ({ readAt }: Pick<InboxRecord, 'readAt'>) => (readAt === null ? 'unread' : 'read');
const present = (row: InboxRecord): z.input<typeof InboxNotice> => ({ ...row, state: stateOf(row) });

/** 我的通知. */
export function listNotices(ctx: Ctx, { query }: Input<typeof route.listNotices>): Promise<Output<typeof route.listNotices>> {
  return ctx.read(async (db) => {
    const { rows, ...page } = await pageNotices(db, await enterAs(db, selfOf(ctx)), query, query);
    return { rows: rows.map(present), ...page };
  });
}

/** 导出我的通知: exactly what is filtered. */
export function exportNotices(ctx: Ctx, { query }: Input<typeof route.exportNotices>): Promise<Output<typeof route.exportNotices>> {
  return exportList<InboxRecord>(ctx, {
    title: '我的通知', kind: 'notice', on: ctx.today, query,
    columns: [
      column('时间', 'moment', (row) => moment(row.createdAt)), column('种类', 'text', (row) => text(noticeKinds[row.kind].title)), column('内容', 'text', (row) => text(row.text)),
      column('状态', 'text', (row) => text(noticeStateLabels[stateOf(row)])), column('已读时间', 'moment', (row) => moment(row.readAt)),
    ],
    rows: async (db) => refuseTooManyRows((await pageNotices(db, await enterAs(db, selfOf(ctx)), query, { limit: EXPORT_MOST + 1 })).rows),
  });
}

/** 未读条数. */
export const countUnread = (ctx: Ctx): Promise<Output<typeof route.getUnreadNotices>> => ctx.read(async (db) => ({ unread: await unreadOf(db, selfOf(ctx)) }));

/** 未读条数(持续). @throws Problem session.required */
export async function streamNotices(ctx: Ctx): Promise<Readable> {
  const { session } = edgeOf(ctx);
  if (session === null) throw new Problem('session.required', '请先登录');
  return openStream(ctx.kit, session);
}

const NO_RECORD = 'reading a notice is nobody else’s business';

/** 标为已读. @throws Problem not-found, also when it is somebody else's */
export function readNotice(ctx: Ctx, { params }: Input<typeof route.putNoticeReading>): Promise<Output<typeof route.putNoticeReading>> {
  return ctx.transact(async (tx) => {
    tx.auditNothing(NO_RECORD);
    const person = await enterAs(tx.db, selfOf(ctx));
    await tx.db.updateTable('platform.noticeReceipt').set({ readAt: ctx.now }).where('userId', '=', person).where('noticeId', '=', params.noticeId).where('readAt', 'is', null).execute();
    const row = await ownNotices(tx.db, person).where('n.id', '=', params.noticeId).executeTakeFirst();
    if (!row) throw new Problem('not-found', '没有这条通知');
    return present(row);
  });
}

/** 全部标为已读, up to the newest that was on screen. */
export function readNotices(ctx: Ctx, { body }: Input<typeof route.putNoticeReadings>): Promise<Output<typeof route.putNoticeReadings>> {
  return ctx.transact(async (tx) => {
    tx.auditNothing(NO_RECORD);
    const person = await enterAs(tx.db, selfOf(ctx));
    const { kind } = body;
    const read = await tx.db.updateTable('platform.noticeReceipt').set({ readAt: ctx.now }).where('userId', '=', person).where('readAt', 'is', null).where('noticeId', '<=', body.upTo)
      .$if(kind !== undefined, (some) => some.where('noticeId', 'in', tx.db.selectFrom('platform.notice').select('id').where('kind', '=', kind ?? ''))).executeTakeFirst();
    return { read: Number(read.numUpdatedRows) };
  });
}
