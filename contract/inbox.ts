import { z } from 'zod';
import { defineRoute, none } from './define-route.ts';
import { count, download, id, instant, pageByIdQuery, pageOf, stream } from './kernel.ts';
import { allNoticeKinds, noticeKindLabels } from './notice.ts';

/** 通知种类. */
export const noticeKind = z.enum(allNoticeKinds).meta({ title: '种类', 'x-labels': noticeKindLabels });

/** 已读、未读 in words. */
export const noticeStateLabels = { unread: '未读', read: '已读' } as const;
const noticeState = z.enum(['unread', 'read']).meta({ title: '状态', 'x-labels': noticeStateLabels });

/** 我的通知: one line of the inbox. `path` opens what it is about. */
export const InboxNotice = z.object({
  id: id('Notice'), kind: noticeKind, text: z.string().meta({ title: '内容' }), path: z.string().meta({ title: '地址' }), state: noticeState,
  createdAt: instant.meta({ title: '时间' }), readAt: instant.nullable().meta({ title: '已读时间' }),
}).meta({ id: 'InboxNotice' });

/** 通知条件. */
export const inboxFilters = z.object({ state: noticeState.optional(), kind: noticeKind.optional() });
/** 未读条数: exact up to 999. */
export const UnreadNotices = z.object({ unread: count.meta({ title: '未读' }) }).meta({ id: 'UnreadNotices' });
/** 我的通知, newest first. */
export const listNotices = defineRoute({ method: 'GET', path: '/notices', summary: '我的通知', permission: 'signed-in', query: pageByIdQuery.extend(inboxFilters.shape), response: pageOf(InboxNotice) });
/** 导出我的通知. */
export const exportNotices = defineRoute({ method: 'GET', path: '/notices/export', summary: '导出我的通知', permission: 'signed-in', query: inboxFilters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });
/** 未读条数. */
export const getUnreadNotices = defineRoute({ method: 'GET', path: '/notices/unread', summary: '未读通知条数', permission: 'signed-in', response: UnreadNotices, access: 'count' });
/** 未读条数(持续): Server-Sent Events. `count` with `UnreadNotices`; `replaced` when one's newer streams are too many; `ended` when the session is. */
export const streamNotices = defineRoute({ method: 'GET', path: '/notices/stream', summary: '未读通知条数（持续推送）', permission: 'signed-in', response: stream, kind: 'stream' });
/** 标为已读, one; done twice it stays the first time. */
export const putNoticeReading = defineRoute({ method: 'PUT', path: '/notices/:noticeId/reading', summary: '标为已读', permission: 'signed-in', params: z.object({ noticeId: id('Notice') }), body: none, response: InboxNotice, problems: ['not-found'] });
/** 全部标为已读, up to the newest that was on screen: what came since stays unread. */
export const putNoticeReadings = defineRoute({
  method: 'PUT', path: '/notice-readings', summary: '全部标为已读', permission: 'signed-in', body: z.object({ upTo: id('Notice').meta({ title: '读到哪一条' }), kind: noticeKind.optional() }), response: z.object({ read: count.meta({ title: '标为已读的条数' }) }),
});
