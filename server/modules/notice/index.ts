import * as route from '#contract/inbox.ts';
import { defineModule, serve } from '#platform/module.ts';
import { countUnread, exportNotices, listNotices, readNotice, readNotices, streamNotices } from './use-cases/inbox.ts';

/** 通知: the inbox and its live count. What is told is written by `#platform/notices/notify.ts`. */
export const notice = defineModule({
  name: 'notice',
  routes: [
    serve(route.listNotices, listNotices), serve(route.exportNotices, exportNotices), serve(route.getUnreadNotices, countUnread), serve(route.streamNotices, streamNotices),
    serve(route.putNoticeReading, readNotice), serve(route.putNoticeReadings, readNotices),
  ],
});
