import { randomBytes } from 'node:crypto';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/notice-channel.ts';
import { channelKindLabels, type ChannelKind, type NoticeKind } from '#contract/notice.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import type { ChannelRecord } from '#platform/notices/send.ts';
import { Problem } from '#platform/problem.ts';
import { lockChannel, presentChannels, visibleChannels } from '../channel-store.ts';

type Channel = Output<typeof route.putMailChannel>;
/** What is stored of one setting; `secret` left out keeps the one that is there. */
interface Wanted { readonly name: string; readonly facts: Readonly<Record<string, string>>; readonly secret?: string; readonly kinds: readonly NoticeKind[] }

/** After a change of secret the one before is good for so long. */
const CHANGE_OVER_MS = 86_400_000;
/** As Standard Webhooks writes it. */
const freshSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
const hostOf = (address: string): string => new URL(address).host;

/** 设置邮件服务器. */
export const setMail = (ctx: Ctx, { body: { password, user, port, ...facts } }: Input<typeof route.putMailChannel>): Promise<Channel> =>
  setOnly(ctx, 'mail', { name: channelKindLabels.mail, facts: { ...facts, port: String(port), user: user ?? '' }, kinds: [], ...(password === null || password === '' ? {} : { secret: password }) }, '');
/** 设置短信网关. Its signing secret is made here and taken by 取得新的签名密钥. */
export const setSms = (ctx: Ctx, { body: { url } }: Input<typeof route.putSmsChannel>): Promise<Channel> => setOnly(ctx, 'sms', { name: channelKindLabels.sms, facts: { url: acceptable(ctx, url) }, kinds: [] }, freshSecret());
/** 设置企业微信群机器人. */
export const setWecom = (ctx: Ctx, { body: { address, kinds } }: Input<typeof route.putWecomChannel>): Promise<Channel> =>
  setOnly(ctx, 'wecom', { name: channelKindLabels.wecom, facts: { host: hostOf(acceptable(ctx, address)) }, secret: address, kinds }, '');
/** 设置钉钉群机器人. */
export const setDingtalk = (ctx: Ctx, { body: { address, sign, kinds } }: Input<typeof route.putDingtalkChannel>): Promise<Channel> =>
  setOnly(ctx, 'dingtalk', { name: channelKindLabels.dingtalk, facts: { host: hostOf(acceptable(ctx, address)) }, secret: JSON.stringify({ address, sign }), kinds }, '');

/** 新增网址推送. */
export function addWebhook(ctx: Ctx, { body: { name, url, kinds } }: Input<typeof route.postWebhook>): Promise<Channel> {
  return ctx.transact(async (tx) => insert(tx, ctx, 'webhook', { name, facts: { url: acceptable(ctx, url) }, secret: freshSecret(), kinds }));
}
/** 修改网址推送. */
export function editWebhook(ctx: Ctx, { params, body: { name, url, kinds } }: Input<typeof route.putWebhook>): Promise<Channel> {
  return ctx.transact(async (tx) => {
    const before = await lockChannel(tx.db, ctx, params.channelId);
    if (before.kind !== 'webhook') throw new Problem('not-found', '没有这个网址推送');
    return update(tx, ctx, before, { name, facts: { url: acceptable(ctx, url) }, kinds });
  });
}

/** Makes the county's one channel of this kind, or changes it; `first` is its secret where none is given yet. */
function setOnly(ctx: Ctx, kind: ChannelKind, setting: Wanted, first: string): Promise<Channel> {
  return ctx.transact(async (tx) => {
    const before = await visibleChannels(tx.db, ctx.scope).selectAll('c').where('c.kind', '=', kind).forUpdate().executeTakeFirst();
    if ((before?.version ?? 0) !== ctx.ifMatch) throw new Problem('state.stale', '渠道设置已被别人修改，请刷新后核对再办理');
    return before ? update(tx, ctx, before, setting) : insert(tx, ctx, kind, { ...setting, secret: setting.secret ?? first });
  });
}

async function insert(tx: Tx, ctx: Ctx, kind: ChannelKind, { name, facts, secret, kinds }: Wanted): Promise<Channel> {
  const row = await tx.db.insertInto('platform.noticeChannel').values({
    id: newId<'NoticeChannel'>(), countyId: makeId<'OrgUnit'>(ctx.scope.countyId ?? ''), kind, name, facts: JSON.stringify(facts), secretCipher: ctx.kit.vault.seal(secret ?? ''), kinds: [...kinds], createdAt: ctx.now, updatedAt: ctx.now,
  }).returningAll().executeTakeFirstOrThrow();
  tx.audit({ action: 'channel.set', subject: ['NoticeChannel', row.id], before: null, after: { kind, name, ...facts, kinds: kinds.join('、') } });
  return one(tx, ctx, row);
}

async function update(tx: Tx, ctx: Ctx, before: ChannelRecord, { name, facts, secret, kinds }: Wanted): Promise<Channel> {
  const after = await tx.db.updateTable('platform.noticeChannel').set({
    name, facts: JSON.stringify(facts), kinds: [...kinds], ...(secret === undefined ? {} : { secretCipher: ctx.kit.vault.seal(secret) }), failingSince: null, lastError: null, version: before.version + 1, updatedAt: ctx.now,
  }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
  tx.audit({ action: 'channel.set', subject: ['NoticeChannel', before.id], before: null, after: { kind: before.kind, name, ...facts, kinds: kinds.join('、'), isSecretChanged: secret !== undefined } });
  return one(tx, ctx, after);
}

async function one(tx: Tx, ctx: Ctx, row: ChannelRecord): Promise<Channel> {
  const [shown] = await presentChannels(tx.db, ctx, [row]);
  if (shown === undefined) throw new Error('the channel just written is not there');
  return shown;
}

/** A channel that leads back to this system would feed itself. */
function acceptable({ kit }: Ctx, address: string): string {
  if (!URL.canParse(address)) throw new Problem('input.invalid', '网址格式不正确，请核对');
  const { origin, username, password } = new URL(address);
  if (origin === kit.origin) throw new Problem('input.invalid', '不能推送给本系统自己，请填写对方的网址');
  if (username !== '' || password !== '') throw new Problem('input.invalid', '网址里不能带用户名和密码');
  return address;
}

/** 取得新的签名密钥: told this once; the one before stays good for a day. */
export function renewSecret(ctx: Ctx, { params }: Input<typeof route.postChannelSecret>): Promise<Output<typeof route.postChannelSecret>> {
  return ctx.transact(async (tx) => {
    const before = await lockChannel(tx.db, ctx, params.channelId);
    if (before.kind !== 'webhook' && before.kind !== 'sms') throw new Problem('state.conflict', '这个渠道不用签名密钥');
    const secret = freshSecret();
    await tx.db.updateTable('platform.noticeChannel').set({ secretCipher: ctx.kit.vault.seal(secret), formerCipher: before.secretCipher, formerUntil: instantOf(epochOf(ctx.now) + CHANGE_OVER_MS), version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).execute();
    tx.audit({ action: 'channel.renew-secret', subject: ['NoticeChannel', before.id], before: null, after: { name: before.name } });
    return { secret };
  });
}

/** 启用、停用: what waits is dropped when it is switched off, and only what is told from now on is sent when it is switched on. */
export function switchChannel(ctx: Ctx, { params, body: { isOn } }: Input<typeof route.putChannelState>): Promise<Channel> {
  return ctx.transact(async (tx) => {
    const before = await lockChannel(tx.db, ctx, params.channelId);
    const after = await tx.db.updateTable('platform.noticeChannel').set({ isOn, onSince: isOn ? ctx.now : null, offReason: null, failingSince: null, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
    if (!isOn) await tx.db.updateTable('platform.noticeDelivery').set({ status: 'dropped', finishedAt: ctx.now, letterCipher: null }).where('channelId', '=', before.id).where('status', '=', 'waiting').execute();
    tx.audit({ action: 'channel.switch', subject: ['NoticeChannel', before.id], before: { isOn: before.isOn }, after: { isOn } });
    return one(tx, ctx, after);
  });
}
