import { sql } from 'kysely';
import type { z } from 'zod';
import type { NoticeChannel } from '#contract/notice-channel.ts';
import { allNoticeKinds, channelKindLabels } from '#contract/notice.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { factsOf, type ChannelRecord } from '#platform/notices/send.ts';
import { Problem } from '#platform/problem.ts';

const WEEK_MS = 7 * 86_400_000;

/** 可见的通知渠道: the county's. */
export const visibleChannels = (db: Db, scope: Scope) => within(scope, db.selectFrom('platform.noticeChannel as c'), { alias: 'c', only: ['county'] });

/** 锁渠道 for change. @throws Problem not-found, state.stale */
export async function lockChannel(db: Db, ctx: Pick<Ctx, 'scope' | 'ifMatch'>, id: Id<'NoticeChannel'>): Promise<ChannelRecord> {
  const row = await visibleChannels(db, ctx.scope).selectAll('c').where('c.id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new Problem('not-found', '没有这个通知渠道');
  if (ctx.ifMatch !== null && ctx.ifMatch !== row.version) throw new Problem('state.stale', '渠道设置已被别人修改，请刷新后核对再办理');
  return row;
}

/** 渠道 as the page sees it, in the order given. Nothing secret. */
export async function presentChannels(db: Db, ctx: Pick<Ctx, 'now' | 'scope'>, rows: readonly ChannelRecord[]): Promise<z.input<typeof NoticeChannel>[]> {
  if (rows.length === 0) return [];
  const since = instantOf(epochOf(ctx.now) - WEEK_MS);
  const counts = await within(ctx.scope, db.selectFrom('platform.noticeDelivery as d'), { alias: 'd', only: ['county'] }).where('d.channelId', 'in', rows.map(({ id }) => id))
    .where((eb) => eb.or([eb('d.status', 'in', ['waiting', 'sending']), eb.and([eb('d.status', 'in', ['failed', 'unclear']), eb('d.createdAt', '>', since)])]))
    .select(['d.channelId', sql<number>`count(*) filter (where d.status in ('waiting', 'sending'))`.as('waiting'), sql<number>`count(*) filter (where d.status in ('failed', 'unclear'))`.as('failed')]).groupBy('d.channelId').execute();
  return rows.map((row) => {
    const count = counts.find(({ channelId }) => channelId === row.id);
    const facts = factsOf(row.facts);
    return {
      id: row.id, kind: row.kind, name: row.kind === 'webhook' ? row.name : channelKindLabels[row.kind], target: targetOf(row.kind, facts), facts, kinds: allNoticeKinds.filter((kind) => row.kinds.includes(kind)),
      isOn: row.isOn, offReason: row.offReason, isSigned: row.kind === 'webhook' || row.kind === 'sms', lastSuccessAt: row.lastSuccessAt, lastFailureAt: row.lastFailureAt, lastError: row.lastError, failingSince: row.failingSince,
      waitingCount: count?.waiting ?? 0, failedCount: count?.failed ?? 0, version: row.version,
    };
  });
}

function targetOf(kind: ChannelRecord['kind'], facts: Readonly<Record<string, string>>): string {
  if (kind === 'mail') return `${facts['host'] ?? ''}:${facts['port'] ?? ''}`;
  return facts['url'] ?? facts['host'] ?? '';
}
