import { roleMay, type Permission, type Role } from './permissions.ts';

/** 通知的缓急: an urgent one may pass 免打扰, because a day named by law or the county's data is at stake. */
export type NoticeUrgency = 'ordinary' | 'urgent';

/** 一种通知. `reaches`: permissions of which whoever may be told holds at least one, as a body's staff or as a party; 'anyone' where parties are told whatever their post. */
interface NoticeFact { readonly title: string; readonly urgency: NoticeUrgency; readonly reaches: readonly Permission[] | 'anyone' }

/** 通知种类: every kind of notice there is, with its 中文 title, urgency and whom it can reach. Adding one here is the only way to make one. */
export const noticeKinds = {
  'backup.failed': { title: '备份失败', urgency: 'urgent', reaches: ['operations.backup.read'] },
  'job.failed': { title: '后台作业失败', urgency: 'ordinary', reaches: ['administration.job.replay', 'ledger.import'] },
  'channel.failed': { title: '通知渠道失败', urgency: 'ordinary', reaches: ['notice.channel.edit'] },
  'publication.waiting': { title: '公开事项待办', urgency: 'ordinary', reaches: ['publication.review', 'publication.issue'] },
  'publication.returned': { title: '公开事项被退回', urgency: 'ordinary', reaches: ['publication.draft'] },
  'publication.published': { title: '公开事项已发布', urgency: 'ordinary', reaches: ['publication.draft'] },
  'publication.ended': { title: '公开事项已撤下', urgency: 'ordinary', reaches: ['publication.draft'] },
  'privacy.erasure': { title: '删除个人信息待批准', urgency: 'ordinary', reaches: ['privacy.approve'] },
  'privacy.lookups': { title: '批量查询提示', urgency: 'ordinary', reaches: ['privacy.manage'] },
  'handover.waiting': { title: '工作交接待办', urgency: 'ordinary', reaches: 'anyone' },
  'handover.ended': { title: '工作交接办结', urgency: 'ordinary', reaches: 'anyone' },
  'paper.waiting': { title: '文书待签发', urgency: 'ordinary', reaches: ['paper.issue'] },
  'complaint.waiting': { title: '投诉件待办', urgency: 'ordinary', reaches: ['complaint.handle'] },
  'complaint.objected': { title: '投诉承办有异议', urgency: 'ordinary', reaches: ['complaint.designate'] },
  'complaint.agenda': { title: '投诉件拟提请联席会议', urgency: 'ordinary', reaches: ['complaint.designate'] },
  'complaint.asked': { title: '请企业处理投诉', urgency: 'ordinary', reaches: ['complaint.feedback'] },
  'collection.answered': { title: '采集任务有新的填报', urgency: 'ordinary', reaches: ['collection.issue'] },
  'collection.waiting': { title: '采集任务待填', urgency: 'ordinary', reaches: ['collection.answer'] },
  'collection.chased': { title: '采集任务催办', urgency: 'ordinary', reaches: ['collection.answer'] },
  'collection.returned': { title: '采集任务退回重填', urgency: 'ordinary', reaches: ['collection.answer'] },
  'collection.withdrawn': { title: '采集任务撤回', urgency: 'ordinary', reaches: ['collection.answer'] },
  'obligation.due': { title: '期限将到', urgency: 'ordinary', reaches: ['obligation.read', 'complaint.designate'] },
  'obligation.overdue': { title: '已经逾期', urgency: 'urgent', reaches: ['obligation.read', 'complaint.designate'] },
  'obligation.escalated': { title: '逾期仍未完成', urgency: 'urgent', reaches: ['obligation.read'] },
  'obligation.moved': { title: '期限变动', urgency: 'ordinary', reaches: ['obligation.read'] },
} as const satisfies Record<string, NoticeFact>;

/** 通知种类 by its key. */
export type NoticeKind = keyof typeof noticeKinds;

/** 通知种类 in words. */
export const noticeKindLabels = Object.fromEntries(Object.entries(noticeKinds).map(([key, { title }]) => [key, title]));
const isNoticeKind = (key: string): key is NoticeKind => Object.hasOwn(noticeKinds, key);
/** 全部通知种类, in the order of the list above. */
export const allNoticeKinds: readonly NoticeKind[] = Object.keys(noticeKinds).filter(isNoticeKind);

/** 这种通知能否经由这项权限到人: whom a body's staff are told by must be named in the list above. */
export function mayReach(kind: NoticeKind, permission: Permission): boolean {
  const reaches: NoticeFact['reaches'] = noticeKinds[kind].reaches;
  return reaches === 'anyone' || reaches.includes(permission);
}

/** 能收到的通知种类 of whoever holds these posts, in the order of the list above; without a post only what parties are told. */
export function kindsReaching(roles: readonly Role[]): NoticeKind[] {
  return allNoticeKinds.filter((kind) => {
    const reaches: NoticeFact['reaches'] = noticeKinds[kind].reaches;
    return reaches === 'anyone' || reaches.some((permission) => roles.some((role) => roleMay(role, permission)));
  });
}

/** More than this many unread are not counted. */
export const MOST_COUNTED = 999;

/** 渠道种类 in words. */
export const channelKindLabels = { mail: '邮件', sms: '短信', wecom: '企业微信群机器人', dingtalk: '钉钉群机器人', webhook: '网址推送' } as const;
/** 渠道种类. */
export type ChannelKind = keyof typeof channelKindLabels;
/** 发送状态 in words. `unclear`: the program stopped while sending, and the channel cannot tell a repeat. */
export const deliveryStatusLabels = { waiting: '待发', sending: '正在发', sent: '已发出', failed: '没有发成', unclear: '不知是否发出', dropped: '不再发' } as const;
/** 邮件加密方式 in words. */
export const noticeSecurityLabels = { tls: 'TLS（通常 465 端口）', starttls: 'STARTTLS（通常 587 端口）', none: '不加密（只用于单位内网）' } as const;
