import type { Selectable } from 'kysely';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { nextTryAt } from '#domain/notice/retry.ts';
import { everything } from '../access/scope.ts';
import type { Db } from '../db/types.ts';
import type { Kit } from '../kit.ts';
import type { PlatformTables } from '../tables.gen.ts';
import type { Outcome, Opened, Parcel } from './channels/adapter.ts';
import { adapters } from './channels/all.ts';
import { channelFailed, channelWorked } from './channel-health.ts';
import { openLetter, packedLetter } from './letter.ts';
import { packed } from './parcel.ts';

/** 一次发送 as stored. */
export type DeliveryRecord = Selectable<PlatformTables['platform.noticeDelivery']>;
/** 一个渠道 as stored. */
export type ChannelRecord = Selectable<PlatformTables['platform.noticeChannel']>;

/** No sending lasts so long: one that does belongs to a process that died. */
const SILENT_MS = 120_000;
/** Sent by one worker before it looks for others' news again. */
const MOST = 200;

/** 发送: takes up what a dead process left, then sends what is due, channels side by side and each channel's one after the other. @returns how many were tried */
export async function sendDue(kit: Kit): Promise<number> {
  await takeUpInterrupted(kit);
  const due = await kit.database.read(everything, (db) => db.selectFrom('platform.noticeDelivery').select(['id', 'channelId']).where('status', '=', 'waiting').where('dueAt', '<=', kit.clock.now()).orderBy('dueAt').limit(MOST).execute());
  const tried = await Promise.all([...Map.groupBy(due, ({ channelId }) => channelId).values()].map(async (some) => {
    let count = 0;
    for (const { id } of some) if (await sendOne(kit, id)) count += 1;
    return count;
  }));
  return tried.reduce((sum, count) => sum + count, 0);
}

/** What was being sent when a process died: tried again where the other side knows a repeat by its mark, else left for people to decide. */
function takeUpInterrupted(kit: Kit): Promise<void> {
  const now = kit.clock.now();
  return kit.database.write(everything, async (db) => {
    const dead = await db.selectFrom('platform.noticeDelivery').select(['id', 'channelKind']).where('status', '=', 'sending').where('claimedAt', '<', instantOf(epochOf(now) - SILENT_MS)).forUpdate().skipLocked().execute();
    for (const { id, channelKind } of dead) {
      await db.updateTable('platform.noticeDelivery').set(adapters[channelKind].isRepeatable ? { status: 'waiting', claimedAt: null } : { status: 'unclear', claimedAt: null, finishedAt: now, letterCipher: null, lastError: '发送时程序停止了，不知道是否已经发出，没有重发' }).where('id', '=', id).execute();
    }
  });
}

/** Claims it, sends it, records what came of it: three steps, since nothing is held in the database while another server is waited for. */
async function sendOne(kit: Kit, id: Id<'NoticeDelivery'>): Promise<boolean> {
  const now = kit.clock.now();
  const claimed = await kit.database.write(everything, async (db) => {
    const delivery = await db.selectFrom('platform.noticeDelivery').selectAll().where('id', '=', id).where('status', '=', 'waiting').where('dueAt', '<=', now).forUpdate().skipLocked().executeTakeFirst();
    if (!delivery) return null;
    const channel = await db.selectFrom('platform.noticeChannel').selectAll().where('id', '=', delivery.channelId).executeTakeFirstOrThrow();
    const { parcel, to } = await contentOf(kit, db, delivery, now);
    const isMeant = parcel !== null && (channel.isOn || delivery.isTest) && (delivery.userId === null || to !== null);
    await db.updateTable('platform.noticeDelivery').set(isMeant ? { status: 'sending', claimedAt: now, attempts: delivery.attempts + 1 } : { status: 'dropped', finishedAt: now, letterCipher: null }).where('id', '=', id).execute();
    return isMeant ? { delivery: { ...delivery, attempts: delivery.attempts + 1 }, channel, parcel, to } : null;
  });
  if (claimed === null) return false;
  const { delivery, channel, parcel, to } = claimed;
  const outcome = await adapters[channel.kind].send(parcel, settingOf(kit, channel, now), to, { rules: kit.outgoing, ownOrigin: kit.origin })
    .catch((error: unknown): Outcome => ({ isSent: false, error: `发送时出错（${error instanceof Error ? error.name : '原因不明'}）`, retryAfterSeconds: null, isFinal: false, isReceivers: false, isUnclear: true }));
  await kit.database.write(everything, (db) => settleDelivery(db, { delivery, channel, outcome, now: kit.clock.now() }));
  return true;
}

/** What it says and to which address: a letter brings its own, notices go to where the person wants them. */
async function contentOf(kit: Kit, db: Db, delivery: DeliveryRecord, now: Instant): Promise<{ readonly parcel: Parcel | null; readonly to: string | null }> {
  const about = { id: delivery.id, now, origin: kit.origin };
  if (delivery.linkId === null) return { parcel: await packed(db, delivery, about), to: await addressOf(kit, db, delivery) };
  if (delivery.letterCipher === null) return { parcel: null, to: null };
  const letter = openLetter(kit.vault, delivery.letterCipher);
  return { parcel: await packedLetter(db, letter, about), to: letter.to };
}

/** The receiver's address as it is now; null where the channel has none, or the person took it back. */
async function addressOf({ vault }: Kit, db: Db, { userId, channelKind }: DeliveryRecord): Promise<string | null> {
  if (userId === null) return null;
  const choice = await db.selectFrom('platform.noticeChoice').select(['mailCipher', 'phoneCipher']).where('userId', '=', userId).executeTakeFirst();
  const sealed = channelKind === 'mail' ? choice?.mailCipher : choice?.phoneCipher;
  return sealed ? vault.open(sealed) : null;
}

/** 渠道的设置, opened. */
export function settingOf({ vault }: Pick<Kit, 'vault'>, { facts, secretCipher, formerCipher, formerUntil }: ChannelRecord, now: Instant): Opened {
  const isChangingOver = formerCipher !== null && formerUntil !== null && formerUntil > now;
  return { facts: factsOf(facts), secret: vault.open(secretCipher), formerSecret: isChangingOver ? vault.open(formerCipher) : null };
}

/** 渠道的不保密设置, as texts. */
export const factsOf = (stored: unknown): Record<string, string> =>
  (typeof stored === 'object' && stored !== null ? Object.fromEntries(Object.entries(stored).filter((pair): pair is [string, string] => typeof pair[1] === 'string')) : {});

async function settleDelivery(db: Db, { delivery, channel, outcome, now }: { delivery: DeliveryRecord; channel: ChannelRecord; outcome: Outcome; now: Instant }): Promise<void> {
  const set = (values: Partial<DeliveryRecord>) => db.updateTable('platform.noticeDelivery').set({ claimedAt: null, ...values }).where('id', '=', delivery.id).where('status', '=', 'sending').execute();
  if (outcome.isSent) {
    await set({ status: 'sent', finishedAt: now, lastError: null, letterCipher: null });
    await channelWorked(db, channel, now);
    return;
  }
  const lastError = outcome.error.slice(0, 300);
  const isUnclear = outcome.isUnclear && !adapters[channel.kind].isRepeatable;
  // A test is somebody waiting for its answer: it is not tried again by itself.
  const again = outcome.isFinal || isUnclear || delivery.isTest ? null : nextTryAt(delivery.attempts, now, outcome.retryAfterSeconds);
  await set(again === null ? { status: isUnclear ? 'unclear' : 'failed', finishedAt: now, lastError, letterCipher: null } : { status: 'waiting', dueAt: again, lastError });
  if (!outcome.isReceivers) await channelFailed(db, channel, { error: lastError, now, isGone: outcome.isFinal && !isUnclear && !delivery.isTest });
}
