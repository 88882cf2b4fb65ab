import { z } from 'zod';
import { defineRoute, none } from './define-route.ts';
import { ability, count, done, download, id, instant, pageByIdQuery, pageOf, requiredText, text } from './kernel.ts';
import { allNoticeKinds, channelKindLabels, deliveryStatusLabels, noticeKindLabels, noticeSecurityLabels } from './notice.ts';

const channelKind = z.enum(['mail', 'sms', 'wecom', 'dingtalk', 'webhook']).meta({ title: '渠道', 'x-labels': channelKindLabels });
const kinds = z.array(z.enum(allNoticeKinds)).max(100, '通知种类过多').meta({ title: '通知种类', 'x-labels': noticeKindLabels });
const url = (title: string) => requiredText(1_000, `请填写${title}`).refine((value) => /^https?:\/\/\S+$/u.test(value), '网址应以 https:// 或 http:// 开头，中间没有空格').meta({ title });
/** 邮箱地址, as given. */
export const mailAddress = z.email('邮箱地址格式不正确').max(200, '不超过 200 个字');

/** 通知渠道: how one way out of the machine is set and how it does. `facts`: what is not secret of its settings. */
export const NoticeChannel = z.object({
  id: id('NoticeChannel'), kind: channelKind, name: z.string().meta({ title: '名称' }), target: z.string().meta({ title: '发往' }), facts: z.record(z.string(), z.string()), kinds,
  isOn: z.boolean().meta({ title: '启用' }), offReason: z.string().nullable().meta({ title: '停用原因' }), isSigned: z.boolean().meta({ title: '有签名密钥' }),
  lastSuccessAt: instant.nullable().meta({ title: '最近成功' }), lastFailureAt: instant.nullable().meta({ title: '最近失败' }), lastError: z.string().nullable().meta({ title: '失败原因' }), failingSince: instant.nullable().meta({ title: '连续失败开始' }),
  waitingCount: count.meta({ title: '待发' }), failedCount: count.meta({ title: '近 7 天失败' }), version: z.int(),
}).meta({ id: 'NoticeChannel' });

/** 一次发送. `to`: whose it is; null for what has no single receiver. */
export const NoticeDelivery = z.object({
  id: id('NoticeDelivery'), channel: z.string().meta({ title: '渠道' }), channelKind, to: z.string().nullable().meta({ title: '收件人' }), content: z.string().meta({ title: '内容' }), status: z.enum(['waiting', 'sending', 'sent', 'failed', 'unclear', 'dropped']).meta({ title: '状态', 'x-labels': deliveryStatusLabels }),
  isTest: z.boolean().meta({ title: '测试' }), noticeCount: count.meta({ title: '通知条数' }), attempts: count.meta({ title: '尝试次数' }), createdAt: instant.meta({ title: '登记时间' }), dueAt: instant.meta({ title: '发送时间' }),
  finishedAt: instant.nullable().meta({ title: '结束时间' }), lastError: z.string().nullable().meta({ title: '失败原因' }), can: z.object({ retry: ability }),
}).meta({ id: 'NoticeDelivery' });

const read = { permission: 'notice.channel.read' } as const;
const edit = { permission: 'notice.channel.edit', problems: ['input.invalid', 'not-found', 'state.stale', 'state.conflict', 'state.duplicate'] } as const;
const one = z.object({ channelId: id('NoticeChannel') });

/** 通知渠道, with how each does. */
export const listNoticeChannels = defineRoute({ method: 'GET', path: '/notice-channels', summary: '通知渠道', ...read, response: z.object({ rows: z.array(NoticeChannel) }) });

/** 邮件服务器. A blank password keeps the one that is there. */
export const MailChannelDraft = z.object({
  host: requiredText(200, '请填写邮件服务器').meta({ title: '邮件服务器' }), port: z.int('端口应为整数').min(1, '端口应为 1 到 65535').max(65_535, '端口应为 1 到 65535').meta({ title: '端口' }),
  security: z.enum(['tls', 'starttls', 'none']).meta({ title: '加密方式', 'x-labels': noticeSecurityLabels }), user: text(200).nullable().meta({ title: '登录名（不需要登录的留空）' }), password: z.string().max(500, '不超过 500 个字').nullable().meta({ title: '密码' }), from: mailAddress.meta({ title: '发件地址' }),
}).meta({ id: 'MailChannelDraft' });
const saving = { ...edit, method: 'PUT', needsVersion: true, response: NoticeChannel } as const;
/** The version is 0 where the channel is not set yet. */
export const putMailChannel = defineRoute({ path: '/notice-channels/mail', summary: '设置邮件服务器', body: MailChannelDraft, ...saving });
export const putSmsChannel = defineRoute({ path: '/notice-channels/sms', summary: '设置短信网关', body: z.object({ url: url('网关网址') }), ...saving });
export const putWecomChannel = defineRoute({ path: '/notice-channels/wecom', summary: '设置企业微信群机器人', body: z.object({ address: url('机器人 Webhook 地址'), kinds }), ...saving });
export const putDingtalkChannel = defineRoute({ path: '/notice-channels/dingtalk', summary: '设置钉钉群机器人', body: z.object({ address: url('机器人 Webhook 地址'), sign: requiredText(200, '请填写加签密钥').meta({ title: '加签密钥（SEC 开头）' }), kinds }), ...saving });

const WebhookDraft = z.object({ name: requiredText(50, '请填写名称').meta({ title: '名称' }), url: url('网址'), kinds }).meta({ id: 'WebhookDraft' });
/** 网址推送 (Standard Webhooks). */
export const postWebhook = defineRoute({ method: 'POST', path: '/webhooks', summary: '新增网址推送', body: WebhookDraft, response: NoticeChannel, ...edit });
export const putWebhook = defineRoute({ path: '/webhooks/:channelId', summary: '修改网址推送', params: one, body: WebhookDraft, ...saving });
/** 签名密钥, told this once. The one before stays good for a day beside it, so that the other side can change over. */
export const postChannelSecret = defineRoute({ method: 'POST', path: '/notice-channels/:channelId/secrets', summary: '取得新的签名密钥', params: one, body: none, response: z.object({ secret: z.string().meta({ title: '签名密钥' }) }), isToldOnce: true, ...edit });
/** 启用、停用. What waits when it is switched off is dropped, and what was told before it is switched on is never sent. */
export const putChannelState = defineRoute({ method: 'PUT', path: '/notice-channels/:channelId/state', summary: '启用或停用渠道', params: one, needsVersion: true, body: z.object({ isOn: z.boolean().meta({ title: '启用' }) }), response: NoticeChannel, ...edit });
/** 发一条测试: to oneself where the channel has receivers, else to the group or address. Also while it is off. */
export const postChannelTest = defineRoute({ method: 'POST', path: '/notice-channels/:channelId/tests', summary: '发送测试消息', params: one, body: none, response: z.object({ deliveryId: id('NoticeDelivery') }), ...edit });

/** 发送条件. */
export const deliveryFilters = z.object({ channelKind: channelKind.optional(), status: NoticeDelivery.shape.status.optional() });
/** 发送记录, newest first. */
export const listNoticeDeliveries = defineRoute({ method: 'GET', path: '/notice-deliveries', summary: '通知发送记录', ...read, query: pageByIdQuery.extend(deliveryFilters.shape), response: pageOf(NoticeDelivery) });
export const exportNoticeDeliveries = defineRoute({ method: 'GET', path: '/notice-deliveries/export', summary: '导出通知发送记录', ...read, query: deliveryFilters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });
/** 立即重发. */
export const postDeliveryRetry = defineRoute({ method: 'POST', path: '/notice-deliveries/:deliveryId/retries', summary: '立即重发', params: z.object({ deliveryId: id('NoticeDelivery') }), body: none, response: done, ...edit });

const minutes = z.int().min(0).max(1_439);
/** 通知方式 of oneself. Addresses come masked; `default…` is the county's 免打扰; `offered`: the kinds that can reach this person in any of the posts held now. */
export const NoticeChoice = z.object({
  offered: kinds,
  mail: z.string().nullable().meta({ title: '邮箱' }), mailKinds: kinds, phone: z.string().nullable().meta({ title: '手机号' }), smsKinds: kinds,
  quietFromMinute: minutes.nullable(), quietUntilMinute: minutes.nullable(), defaultFromMinute: minutes, defaultUntilMinute: minutes,
  hasMail: z.boolean().meta({ title: '本县已启用邮件' }), hasSms: z.boolean().meta({ title: '本县已启用短信' }), version: z.int(),
}).meta({ id: 'NoticeChoice' });
/** Address left out: it stays; null: taken back, and no more is sent there. Of the kinds only those offered are read: what a later post brings is as it was before. */
export const NoticeChoiceDraft = z.object({
  mail: mailAddress.nullable().optional().meta({ title: '邮箱' }), mailKinds: kinds, phone: z.string().regex(/^1\d{10}$/u, '手机号应为 11 位数字').nullable().optional().meta({ title: '手机号' }), smsKinds: kinds,
  quietFromMinute: minutes.nullable(), quietUntilMinute: minutes.nullable(),
}).refine((draft) => (draft.quietFromMinute === null) === (draft.quietUntilMinute === null), { message: '免打扰的开始和结束应一起填写', path: ['quietFromMinute'] }).meta({ id: 'NoticeChoiceDraft' });
export const getNoticeChoice = defineRoute({ method: 'GET', path: '/me/notice-choice', summary: '我的通知方式', permission: 'signed-in', response: NoticeChoice });
export const putNoticeChoice = defineRoute({ method: 'PUT', path: '/me/notice-choice', summary: '修改我的通知方式', permission: 'signed-in', needsVersion: true, body: NoticeChoiceDraft, response: NoticeChoice, problems: ['input.invalid', 'state.stale'] });
