import { sql } from 'kysely';
import { noticeKinds } from '#contract/notice.ts';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import { instantText } from '#domain/kernel/words.ts';
import type { Db } from '../db/types.ts';
import type { Parcel } from './channels/adapter.ts';

/** What of a delivery decides what it says. */
interface Delivery { readonly id: Id<'NoticeDelivery'>; readonly userId: Id<'AppUser'> | null; readonly isTest: boolean }

const titles: ReadonlyMap<string, string> = new Map(Object.entries(noticeKinds).map(([kind, { title }]) => [kind, title]));

/** 装好一次发送: its notices as lines, the newest last; of a person's only those still unread. Null when nothing is left to say. */
export async function packed(db: Db, { id, userId, isTest }: Delivery, { now, origin }: { now: Instant; origin: string }): Promise<Parcel | null> {
  const link = `${origin}/notices`;
  if (isTest) return { id, title: '测试消息', lines: [`${instantText(now)}，这是一条测试消息，收到就说明渠道已经通了。`], link, data: { type: 'channel.test', timestamp: now, data: { id } }, now };
  const rows = await db.selectFrom('platform.noticeDeliveryItem as i').innerJoin('platform.notice as n', 'n.id', 'i.noticeId').select(['n.id', 'n.kind', 'n.subjectKind', 'n.subjectId', 'n.text', 'n.path', 'n.createdAt'])
    .where('i.deliveryId', '=', id).$if(userId !== null, (some) => some.where(sql<boolean>`exists (select from platform.notice_receipt r where r.notice_id = n.id and r.user_id = ${userId} and r.read_at is null)`))
    .orderBy('n.id').execute();
  const [first] = rows;
  if (first === undefined) return null;
  const lineOf = ({ kind, text, createdAt }: typeof first) => `${instantText(createdAt)}　${titles.get(kind) ?? '通知'}：${text}`;
  return {
    id, link, now, title: rows.length === 1 ? (titles.get(first.kind) ?? '通知') : `您有 ${rows.length} 条通知`, lines: rows.map(lineOf),
    data: { type: first.kind, timestamp: first.createdAt, data: { id: first.id, subject: { kind: first.subjectKind, id: first.subjectId }, text: first.text, url: `${origin}${first.path}` } },
  };
}
