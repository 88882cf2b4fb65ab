import type { Instant } from '#domain/kernel/brand.ts';
import { channelKindLabels } from '#contract/notice.ts';
import { epochOf, instantOf, todayIn } from '#domain/kernel/local-date.ts';
import { offAfterDays } from '#domain/notice/policy.ts';
import type { Db } from '../db/types.ts';
import { parameterValue } from '../parameters/read.ts';
import { notify } from './notify.ts';
import type { ChannelRecord } from './send.ts';

const DAY_MS = 86_400_000;
/** A channel that fails for so long is told of, once. */
const TELL_AFTER_MS = 3_600_000;

/** 渠道发通了. */
export async function channelWorked(db: Db, { id }: Pick<ChannelRecord, 'id'>, now: Instant): Promise<void> {
  await db.updateTable('platform.noticeChannel').set({ lastSuccessAt: now, failingSince: null, lastError: null }).where('id', '=', id).execute();
}

/** 渠道没发通: its administrators hear of it after an hour; after the days the county set, or when the other side says it is gone for good, it is switched off. */
export async function channelFailed(db: Db, { id, countyId, name, kind }: ChannelRecord, { error, now, isGone }: { error: string; now: Instant; isGone: boolean }): Promise<void> {
  const row = await db.selectFrom('platform.noticeChannel').select(['failingSince', 'isOn']).where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
  const failingSince = row.failingSince ?? now;
  const lastsMs = epochOf(now) - epochOf(failingSince);
  const days = await parameterValue(db, countyId, offAfterDays, todayIn(now));
  const offReason = !row.isOn ? null : isGone ? '对方不再接收，已停用' : lastsMs >= days * DAY_MS ? `连续 ${days} 天没有发通，已停用` : null;
  await db.updateTable('platform.noticeChannel').set({ lastFailureAt: now, lastError: error, failingSince, ...(offReason === null ? {} : { isOn: false, onSince: null, offReason }) }).where('id', '=', id).execute();
  const what = `通知渠道“${kind === 'webhook' ? name : channelKindLabels[kind]}”`;
  if (offReason !== null) await tell(db, { id, countyId, now, text: `${what}${offReason}，请到通知渠道页查看原因，处理后重新启用。` });
  else if (row.isOn && lastsMs >= TELL_AFTER_MS && !(await isTold(db, id, failingSince))) await tell(db, { id, countyId, now, text: `${what}已有一小时以上没有发通，请到通知渠道页查看原因。` });
}

async function isTold(db: Db, id: string, since: Instant): Promise<boolean> {
  const told = await db.selectFrom('platform.notice').select('id').where('subjectId', '=', id).where('kind', '=', 'channel.failed').where('createdAt', '>=', instantOf(epochOf(since))).limit(1).executeTakeFirst();
  return told !== undefined;
}

const tell = (db: Db, { id, countyId, now, text }: { id: string; countyId: string; now: Instant; text: string }): Promise<void> =>
  notify({ db, now }, { kind: 'channel.failed', to: [{ orgUnitId: countyId, permission: 'notice.channel.edit' }], subject: ['NoticeChannel', id], text, path: '/notice-channels' });
