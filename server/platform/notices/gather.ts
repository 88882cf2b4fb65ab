import { sql, type RawBuilder, type Selectable } from 'kysely';
import { noticeKinds } from '#contract/notice.ts';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { mergedAt } from '#domain/notice/merge.ts';
import type { Quiet } from '#domain/notice/quiet.ts';
import { everything } from '../access/scope.ts';
import type { Db } from '../db/types.ts';
import { newId } from '../ids.ts';
import type { Kit } from '../kit.ts';
import type { PlatformTables } from '../tables.gen.ts';
import { quietOf, termsOf, type CountyTerms } from './terms.ts';

type Channel = Selectable<PlatformTables['platform.noticeChannel']>;
interface Found { readonly noticeId: Id<'Notice'>; readonly kind: string; readonly at: Instant }
interface Receiver { readonly userId: Id<'AppUser'> | null; readonly quiet: Quiet; readonly found: readonly Found[] }

/** One worker at a time gathers; the key of an item would refuse the other's anyway. */
const GATHER_LOCK = 7_271;
/** What could not be sent for so long is no news any more. */
const NEWS_MS = 3 * 86_400_000;
/** Taken up at one go; the rest a minute later. */
const MOST = 2_000;

/** 收拢: makes one delivery of what waits for each receiver of each channel that is on and may send now. @returns how many */
export function gatherNotices(kit: Kit): Promise<number> {
  return kit.database.write(everything, async (db) => {
    const { rows: [lock] } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${GATHER_LOCK}) as mine`.execute(db);
    if (lock?.mine !== true) return 0;
    const now = kit.clock.now();
    let made = 0;
    for (const channel of await db.selectFrom('platform.noticeChannel').selectAll().where('isOn', '=', true).orderBy('id').execute()) {
      const terms = await termsOf(db, channel.countyId, now);
      for (const each of await receiversOf(db, channel, terms, now)) made += await deliver(db, channel, { ...each, ...terms, quiet: each.quiet }, now);
    }
    return made;
  });
}

async function receiversOf(db: Db, channel: Channel, { quiet }: CountyTerms, now: Instant): Promise<Receiver[]> {
  if (channel.kind === 'mail' || channel.kind === 'sms') return personsOf(db, channel, channel.kind, quiet, now);
  const found = await db.selectFrom('platform.notice as n').select(['n.id as noticeId', 'n.kind', 'n.createdAt as at']).where('n.countyId', '=', channel.countyId)
    .where('n.kind', 'in', [...channel.kinds, '']).where('n.createdAt', '>=', since(now, channel.onSince)).where('n.createdAt', '<=', now)
    .where(isNew(channel, sql`${channel.id}::uuid`)).orderBy('n.id').limit(MOST).execute();
  return found.length === 0 ? [] : [{ userId: null, quiet, found }];
}

/** The notice `n` is in no delivery of the channel to this receiver. */
const isNew = ({ id }: Channel, target: RawBuilder<unknown>) => sql<boolean>`not exists (select from platform.notice_delivery_item i where i.channel_id = ${id} and i.target_id = ${target} and i.notice_id = n.id)`;
const since = (now: Instant, ...others: readonly (Instant | null)[]): Instant => [instantOf(epochOf(now) - NEWS_MS), ...others.flatMap((each) => each ?? [])].toSorted().at(-1) ?? now;

/** Who wants the channel, with what is unread of the kinds they chose; somebody disabled gets nothing. */
async function personsOf(db: Db, channel: Channel, kind: 'mail' | 'sms', county: Quiet, now: Instant): Promise<Receiver[]> {
  const [address, from, kinds] = kind === 'mail' ? (['mailCipher', 'mailSince', 'mailKinds'] as const) : (['phoneCipher', 'smsSince', 'smsKinds'] as const);
  const rows = await db.selectFrom('platform.noticeChoice as c').innerJoin('platform.appUser as u', 'u.id', 'c.userId').innerJoin('platform.noticeReceipt as r', 'r.userId', 'c.userId').innerJoin('platform.notice as n', 'n.id', 'r.noticeId')
    .select(['c.userId', 'c.quietFromMinute', 'c.quietUntilMinute', 'n.id as noticeId', 'n.kind', 'n.createdAt as at'])
    .where('c.countyId', '=', channel.countyId).where('u.disabledAt', 'is', null).where(`c.${address}`, 'is not', null).where('r.readAt', 'is', null)
    .where((eb) => sql<boolean>`n.kind = any (${eb.ref(`c.${kinds}`)})`).whereRef('n.createdAt', '>=', `c.${from}`).where('n.createdAt', '>=', since(now, channel.onSince)).where('n.createdAt', '<=', now)
    .where(isNew(channel, sql`c.user_id`)).orderBy('n.id').limit(MOST).execute();
  return [...Map.groupBy(rows, (row) => row.userId)].map(([userId, found]) => ({ userId, found, quiet: found[0] ? quietOf(found[0], county) : county }));
}

/** A machine wants each by itself and at once; people want what gathered as one. */
async function deliver(db: Db, channel: Channel, { userId, found, quiet, gatherMinutes }: Receiver & CountyTerms, now: Instant): Promise<number> {
  if (channel.kind === 'webhook') {
    for (const one of found) await put(db, channel, { userId, found: [one] }, now);
    return found.length;
  }
  const due = mergedAt(found.map(({ at, kind }) => ({ at, isUrgent: isUrgent(kind) })), { lastAt: await lastTo(db, channel, userId), quiet, gatherMinutes });
  if (due === null || due > now) return 0;
  await put(db, channel, { userId, found }, now);
  return 1;
}

const urgent: ReadonlySet<string> = new Set(Object.entries(noticeKinds).flatMap(([kind, { urgency }]) => (urgency === 'urgent' ? [kind] : [])));
const isUrgent = (kind: string): boolean => urgent.has(kind);

async function lastTo(db: Db, { id }: Channel, userId: Id<'AppUser'> | null): Promise<Instant | null> {
  const row = await db.selectFrom('platform.noticeDelivery').select('createdAt').where('channelId', '=', id).where('isTest', '=', false).where('linkId', 'is', null)
    .$if(userId !== null, (some) => some.where('userId', '=', userId)).orderBy('createdAt', 'desc').limit(1).executeTakeFirst();
  return row?.createdAt ?? null;
}

async function put(db: Db, { id: channelId, countyId, kind }: Channel, { userId, found }: Pick<Receiver, 'userId' | 'found'>, now: Instant): Promise<void> {
  const deliveryId = newId<'NoticeDelivery'>();
  await db.insertInto('platform.noticeDelivery').values({ id: deliveryId, countyId, channelId, channelKind: kind, userId, status: 'waiting', noticeCount: found.length, dueAt: now, createdAt: now }).execute();
  await db.insertInto('platform.noticeDeliveryItem').values(found.map(({ noticeId }) => ({ targetId: userId ?? channelId, channelId, noticeId, countyId, deliveryId }))).execute();
}
