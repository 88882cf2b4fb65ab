import { sql } from 'kysely';
import type { Id } from '#domain/kernel/brand.ts';
import { MOST_COUNTED } from '#contract/notice.ts';
import type { Ctx } from '../context.ts';
import type { Db } from '../db/types.ts';
import { Problem } from '../problem.ts';

/** 以本人身份: opens the second lock of one's own notices for the rest of the transaction. */
export async function enterAs(db: Db, person: Id<'AppUser'>): Promise<Id<'AppUser'>> {
  await sql`select set_config('shanzhi.person_id', ${person}, true)`.execute(db);
  return person;
}

/** 本人. @throws Problem session.required */
export function selfOf({ actor }: Pick<Ctx, 'actor'>): Id<'AppUser'> {
  if (actor.userId === null) throw new Problem('session.required', '请先登录');
  return actor.userId;
}

/** 未读条数 of this person, counted up to `MOST_COUNTED`. */
export async function unreadOf(db: Db, person: Id<'AppUser'>): Promise<number> {
  await enterAs(db, person);
  const some = db.selectFrom('platform.noticeReceipt').select('noticeId').where('userId', '=', person).where('readAt', 'is', null).limit(MOST_COUNTED).as('some');
  return (await db.selectFrom(some).select((eb) => eb.fn.countAll<number>().as('unread')).executeTakeFirstOrThrow()).unread;
}
