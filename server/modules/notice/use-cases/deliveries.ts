import { sql } from 'kysely';
import type { z } from 'zod';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/notice-channel.ts';
import { channelKindLabels, deliveryStatusLabels } from '#contract/notice.ts';
import type { LinkPurpose } from '#contract/link.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { enterAs, selfOf } from '#platform/notices/own.ts';
import { letterWords } from '#platform/notices/letter.ts';
import { wakeSending } from '#platform/notices/wake.ts';
import { Problem } from '#platform/problem.ts';
import { column, count, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { lockChannel, presentChannels, visibleChannels } from '../channel-store.ts';

type Filters = z.output<typeof route.deliveryFilters>;
type Row = Output<typeof route.listNoticeDeliveries>['rows'][number];
const EXACT_TO = 1_000;

/** 通知渠道. */
export const listChannels = (ctx: Ctx): Promise<Output<typeof route.listNoticeChannels>> => ctx.read(async (db) => ({ rows: await presentChannels(db, ctx, await visibleChannels(db, ctx.scope).selectAll('c').orderBy('c.id').limit(200).execute()) }));

/** 可见的发送: the county's. */
const visibleDeliveries = (db: Db, scope: Scope) => within(scope, db.selectFrom('platform.noticeDelivery as d'), { alias: 'd', only: ['county'] });

async function pageDeliveries(db: Db, scope: Scope, { channelKind, status }: Filters, { after, limit }: { after?: string | undefined; limit: number }) {
  let query = visibleDeliveries(db, scope);
  if (channelKind !== undefined) query = query.where('d.channelKind', '=', channelKind);
  if (status !== undefined) query = query.where('d.status', '=', status);
  const { total } = await db.selectFrom(query.select(sql<number>`1`.as('one')).limit(EXACT_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  if (after !== undefined) query = query.where(sql<boolean>`d.id < ${after}::uuid`);
  const found = await query.innerJoin('platform.noticeChannel as c', 'c.id', 'd.channelId').leftJoin('platform.appUser as u', 'u.id', 'd.userId').leftJoin('platform.link as l', 'l.id', 'd.linkId')
    .selectAll('d').select(['c.name', 'c.isOn', 'u.name as to', 'l.purpose']).orderBy('d.id', 'desc').limit(limit + 1).execute();
  const rows = found.slice(0, limit).map(({ id, name, channelKind: kind, to, status: state, isTest, noticeCount, attempts, createdAt, dueAt, finishedAt, lastError, isOn, purpose }): Row => ({
    id, channel: kind === 'webhook' ? name : channelKindLabels[kind], channelKind: kind, to, content: purpose === null ? (isTest ? '测试' : '通知') : letterWords(purpose), status: state, isTest, noticeCount, attempts, createdAt, dueAt, finishedAt, lastError, can: { retry: retryable(state, isOn || isTest, purpose) },
  }));
  return { rows, next: found.length > limit ? rows.at(-1)?.id ?? null : null, total: Math.min(total, EXACT_TO), totalIsExact: total <= EXACT_TO };
}

function retryable(status: Row['status'], mayGo: boolean, purpose: LinkPurpose | null): true | string {
  if (status === 'sent') return '已经发出，不用重发';
  if (status === 'sending') return '正在发送';
  if (purpose === 'complaint-receipt' && status !== 'waiting') return '地址和内容已经清除，不能重发；请承办单位用别的办法告知投诉人';
  if (purpose !== null && status !== 'waiting') return '链接和地址已经清除，请安全管理员重新生成链接再发';
  return mayGo ? true : '渠道已停用，请先启用';
}

/** 发送记录. */
export const listDeliveries = (ctx: Ctx, { query }: Input<typeof route.listNoticeDeliveries>): Promise<Output<typeof route.listNoticeDeliveries>> => ctx.read((db) => pageDeliveries(db, ctx.scope, query, query));

/** 导出发送记录: exactly what is filtered. */
export function exportDeliveries(ctx: Ctx, { query }: Input<typeof route.exportNoticeDeliveries>): Promise<Output<typeof route.exportNoticeDeliveries>> {
  return exportList<Row>(ctx, {
    title: '通知发送记录', kind: 'notice-delivery', on: ctx.today, query,
    columns: [
      column('登记时间', 'moment', (row) => moment(row.createdAt)), column('渠道', 'text', (row) => text(row.channel)), column('收件人', 'text', (row) => text(row.to)), column('内容', 'text', (row) => text(row.content)), column('状态', 'text', (row) => text(deliveryStatusLabels[row.status])),
      column('通知条数', 'count', (row) => count(row.noticeCount)), column('尝试次数', 'count', (row) => count(row.attempts)), column('结束时间', 'moment', (row) => moment(row.finishedAt)), column('失败原因', 'text', (row) => text(row.lastError)),
    ],
    rows: async (db) => refuseTooManyRows((await pageDeliveries(db, ctx.scope, query, { limit: EXPORT_MOST + 1 })).rows),
  });
}

/** 发一条测试: to oneself where the channel has receivers. The worker is woken when this commits. */
export function testChannel(ctx: Ctx, { params }: Input<typeof route.postChannelTest>): Promise<Output<typeof route.postChannelTest>> {
  return ctx.transact(async (tx) => {
    const channel = await lockChannel(tx.db, ctx, params.channelId);
    const hasReceivers = channel.kind === 'mail' || channel.kind === 'sms';
    if (hasReceivers) await refuseWithoutAddress(tx.db, ctx, channel.kind === 'mail' ? { column: 'mailCipher', words: '邮箱' } : { column: 'phoneCipher', words: '手机号' });
    const deliveryId = newId<'NoticeDelivery'>();
    await tx.db.insertInto('platform.noticeDelivery').values({ id: deliveryId, countyId: channel.countyId, channelId: channel.id, channelKind: channel.kind, userId: hasReceivers ? selfOf(ctx) : null, status: 'waiting', isTest: true, noticeCount: 0, dueAt: ctx.now, createdAt: ctx.now }).execute();
    tx.audit({ action: 'channel.test', subject: ['NoticeChannel', channel.id], before: null, after: { name: channel.name } });
    await wakeSending(tx.db);
    return { deliveryId };
  });
}

async function refuseWithoutAddress(db: Db, ctx: Ctx, { column: name, words }: { column: 'mailCipher' | 'phoneCipher'; words: string }): Promise<void> {
  const own = await db.selectFrom('platform.noticeChoice').select(name).where('userId', '=', await enterAs(db, selfOf(ctx))).where(name, 'is not', null).executeTakeFirst();
  if (!own) throw new Problem('state.conflict', `测试消息发给您本人，请先在“通知方式”里填写您的${words}`);
}

/** 立即重发: from the first try on, with the same mark by which the other side knows a repeat. @throws Problem state.conflict saying why not */
export function retryDelivery(ctx: Ctx, { params }: Input<typeof route.postDeliveryRetry>): Promise<Output<typeof route.postDeliveryRetry>> {
  return ctx.transact(async (tx) => {
    const row = await visibleDeliveries(tx.db, ctx.scope).innerJoin('platform.noticeChannel as c', 'c.id', 'd.channelId').leftJoin('platform.link as l', 'l.id', 'd.linkId').select(['d.id', 'd.status', 'd.isTest', 'l.purpose', 'c.isOn', 'c.name']).where('d.id', '=', params.deliveryId).forUpdate('d').executeTakeFirst();
    if (!row) throw new Problem('not-found', '没有这次发送');
    const can = retryable(row.status, row.isOn || row.isTest, row.purpose);
    if (can !== true) throw new Problem('state.conflict', can);
    await tx.db.updateTable('platform.noticeDelivery').set({ status: 'waiting', dueAt: ctx.now, attempts: 0, finishedAt: null, claimedAt: null }).where('id', '=', row.id).execute();
    tx.audit({ action: 'notice-delivery.retry', subject: ['NoticeDelivery', row.id], before: { status: row.status }, after: { status: 'waiting' } });
    await wakeSending(tx.db);
    return { done: true };
  });
}
