/** 通知的缓急: an urgent one may pass 免打扰, because a day named by law or the county's data is at stake. */
export type NoticeUrgency = 'ordinary' | 'urgent';

/** 通知种类: every kind of notice there is, with its 中文 title and urgency. Adding one here is the only way to make one. */
export const noticeKinds = {
  'backup.failed': { title: '备份失败', urgency: 'urgent' },
  'job.failed': { title: '后台作业失败', urgency: 'ordinary' },
  'channel.failed': { title: '通知渠道失败', urgency: 'ordinary' },
  'publication.waiting': { title: '公开事项待办', urgency: 'ordinary' },
  'publication.returned': { title: '公开事项被退回', urgency: 'ordinary' },
  'publication.published': { title: '公开事项已发布', urgency: 'ordinary' },
  'publication.ended': { title: '公开事项已撤下', urgency: 'ordinary' },
  
  'handover.waiting': { title: '工作交接待办', urgency: 'ordinary' },
  'handover.ended': { title: '工作交接办结', urgency: 'ordinary' },
  'paper.waiting': { title: '文书待签发', urgency: 'ordinary' },
  'collection.waiting': { title: '采集任务待填', urgency: 'ordinary' },
  'collection.chased': { title: '采集任务催办', urgency: 'ordinary' },
  'collection.returned': { title: '采集任务退回重填', urgency: 'ordinary' },
  'collection.withdrawn': { title: '采集任务撤回', urgency: 'ordinary' },
} as const satisfies Record<string, { readonly title: string; readonly urgency: NoticeUrgency }>;

/** 通知种类 by its key. */
export type NoticeKind = keyof typeof noticeKinds;

/** 通知种类 in words. */
export const noticeKindLabels = Object.fromEntries(Object.entries(noticeKinds).map(([key, { title }]) => [key, title]));
const isNoticeKind = (key: string): key is NoticeKind => Object.hasOwn(noticeKinds, key);
/** 全部通知种类, in the order of the list above. */
export const allNoticeKinds: readonly NoticeKind[] = Object.keys(noticeKinds).filter(isNoticeKind);

/** More than this many unread are not counted. */
export const MOST_COUNTED = 999;
