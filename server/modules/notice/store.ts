import { sql } from 'kysely';
import type { z } from 'zod';
import type { inboxFilters } from '#contract/inbox.ts';
import { noticeKinds, type NoticeKind } from '#contract/notice.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';

type Filters = z.output<typeof inboxFilters>;
const EXACT_TO = 1_000;

/** 本人收到的通知: every read of an inbox starts here, after `enterAs`. A kind that this version no longer knows is left out. */
export function ownNotices(db: Db, person: Id<'AppUser'>) {
  return db.selectFrom('platform.noticeReceipt as r').innerJoin('platform.notice as n', 'n.id', 'r.noticeId').where('r.userId', '=', person).where('n.kind', 'in', Object.keys(noticeKinds))
    .select(['n.id', 'n.text', 'n.path', 'n.createdAt', 'r.readAt', sql<NoticeKind>`n.kind`.as('kind')]);
}

/** One line of an inbox as stored. */
export type InboxRecord = Awaited<ReturnType<ReturnType<typeof ownNotices>['executeTakeFirstOrThrow']>>;

function filtered(db: Db, person: Id<'AppUser'>, { state, kind }: Filters) {
  let found = ownNotices(db, person);
  if (state !== undefined) found = found.where('r.readAt', state === 'unread' ? 'is' : 'is not', null);
  if (kind !== undefined) found = found.where('n.kind', '=', kind);
  return found;
}

/** 一页通知, the newest first; `next` is the key of the following page. */
export async function pageNotices(db: Db, person: Id<'AppUser'>, filters: Filters, { after, limit }: { after?: string | undefined; limit: number }) {
  const query = filtered(db, person, filters);
  const { total } = await db.selectFrom(query.limit(EXACT_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const page = after === undefined ? query : query.where(sql<boolean>`r.notice_id < ${after}::uuid`);
  const found = await page.orderBy('r.noticeId', 'desc').limit(limit + 1).execute();
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? rows.at(-1)?.id ?? null : null, total: Math.min(total, EXACT_TO), totalIsExact: total <= EXACT_TO };
}
