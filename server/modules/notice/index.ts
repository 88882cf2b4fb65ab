import * as inbox from '#contract/inbox.ts';
import * as channel from '#contract/notice-channel.ts';
import { defineModule, serve } from '#platform/module.ts';
import { noticeSealed } from './sealed.ts';
import { noticePersonalData } from './personal-data.ts';
import { noticeRetentions } from './retentions.ts';
import { tendNotices } from './tend.ts';
import { getChoice, setChoice } from './use-cases/choice.ts';
import { exportDeliveries, listChannels, listDeliveries, retryDelivery, testChannel } from './use-cases/deliveries.ts';
import { countUnread, exportNotices, listNotices, readNotice, readNotices, streamNotices } from './use-cases/inbox.ts';
import { addWebhook, editWebhook, renewSecret, setDingtalk, setMail, setSms, setWecom, switchChannel } from './use-cases/set-channel.ts';

/** 通知: the inbox and its live count, what each person wants by which way, and the ways out. What is told is written by `#platform/notices/notify.ts`. */
export const notice = defineModule({
  name: 'notice',
  routes: [
    serve(inbox.listNotices, listNotices), serve(inbox.exportNotices, exportNotices), serve(inbox.getUnreadNotices, countUnread), serve(inbox.streamNotices, streamNotices),
    serve(inbox.putNoticeReading, readNotice), serve(inbox.putNoticeReadings, readNotices),
    serve(channel.getNoticeChoice, getChoice), serve(channel.putNoticeChoice, setChoice),
    serve(channel.listNoticeChannels, listChannels), serve(channel.putMailChannel, setMail), serve(channel.putSmsChannel, setSms), serve(channel.putWecomChannel, setWecom), serve(channel.putDingtalkChannel, setDingtalk),
    serve(channel.postWebhook, addWebhook), serve(channel.putWebhook, editWebhook), serve(channel.postChannelSecret, renewSecret), serve(channel.putChannelState, switchChannel), serve(channel.postChannelTest, testChannel),
    serve(channel.listNoticeDeliveries, listDeliveries), serve(channel.exportNoticeDeliveries, exportDeliveries), serve(channel.postDeliveryRetry, retryDelivery),
  ],
  personalData: noticePersonalData,
  sealed: noticeSealed,
  schedules: [{ name: 'notices', cron: '* * * * *', run: tendNotices }],
  retentions: noticeRetentions,
});
