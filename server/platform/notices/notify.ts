import { sql } from 'kysely';
import { mayReach, noticeKinds, type NoticeKind } from '#contract/notice.ts';
import { roleMay, roles, type Permission } from '#contract/permissions.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import type { Tx } from '../context.ts';
import { newId } from '../ids.ts';

/** 收件人: one person, or everyone with an active post at that body (or covering exactly it) whose role holds the permission. */
export type Recipient = { readonly userId: string } | { readonly orgUnitId: string; readonly permission: Permission };

/** 通知草稿. `text`: one Chinese sentence without personal data. `path`: the console page that opens the thing. */
export interface NoticeMessage {
  readonly kind: NoticeKind;
  readonly to: readonly Recipient[];
  /** Whose act it is: not told, though named in `to`. */
  readonly except?: string | null;
  readonly subject: readonly [kind: string, id: string];
  readonly text: string;
  readonly path: string;
  /** For what goes on: whoever still has an unread notice of this kind and subject gets its words renewed, instead of one more. */
  readonly isRenewed?: boolean;
}

/**
 * 通知: writes what is told to whom, in the caller's own transaction; the badge moves when it commits, and mail, robots and the rest are the worker's
 * business. Nobody is told twice of one call; whoever is disabled is not told; where nobody is meant, nothing is written. Works under any scope, and is no audit entry of its own.
 */
export async function notify(tx: Pick<Tx, 'db' | 'now'>, message: NoticeMessage): Promise<void> {
  if (!Object.hasOwn(noticeKinds, message.kind)) throw new Error(`no notice kind ${message.kind}`);
  // Whoever chooses what to be mailed is offered only what can reach them: the list must not be wrong about it.
  for (const each of message.to) if ('permission' in each && !mayReach(message.kind, each.permission)) throw new Error(`${message.kind} is told by ${each.permission}, which contract/notice.ts does not name`);
  const told = (await recipientsOf(tx, message.to)).filter(({ userId }) => userId !== message.except);
  const [kind, id] = message.subject;
  const known = message.isRenewed === true ? await renewed(tx, message, told.map(({ userId }) => userId)) : new Set<string>();
  for (const [countyId, persons] of Map.groupBy(told.filter(({ userId }) => !known.has(userId)), (each) => each.countyId)) {
    await sql`select platform.write_notice(${newId<'Notice'>()}, ${countyId}, ${message.kind}, ${kind}, ${id}, ${message.text}, ${message.path}, ${tx.now}, ${persons.map((each) => each.userId)})`.execute(tx.db);
  }
}

/** Who of these had an unread notice of it, which now says this. */
async function renewed({ db, now }: Pick<Tx, 'db' | 'now'>, { kind, subject, text }: NoticeMessage, userIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ userId: string }>`select user_id from platform.renew_notice(${kind}, ${subject[0]}, ${subject[1]}, ${text}, ${now}, ${userIds})`.execute(db);
  return new Set(rows.map(({ userId }) => userId));
}

/** 已办结: what was told of this thing waits for nobody any more: unread notices of it are marked as read, and no mail of them goes out. */
export async function settle({ db, now }: Pick<Tx, 'db' | 'now'>, { kind, subject }: Pick<NoticeMessage, 'kind' | 'subject'>): Promise<void> {
  await sql`select platform.settle_notices(${kind}, ${subject[0]}, ${subject[1]}, ${now})`.execute(db);
}

async function recipientsOf({ db, now }: Pick<Tx, 'db' | 'now'>, to: readonly Recipient[]): Promise<{ userId: string; countyId: string }[]> {
  const persons = to.flatMap((each) => ('userId' in each ? [each.userId] : []));
  const posts = to.flatMap((each) => ('userId' in each ? [] : [each]));
  const names = Object.keys(roles).filter(isRole);
  const permitted = posts.map(({ permission }) => names.filter((role) => roleMay(role, permission)));
  const found = await sql<{ userId: string; countyId: string }>`
    select user_id, county_id from platform.notice_recipients(${persons}, ${posts.map((each) => each.orgUnitId)}, ${JSON.stringify(permitted)}::jsonb, ${todayIn(now)})`.execute(db);
  return found.rows;
}

const isRole = (name: string): name is keyof typeof roles => Object.hasOwn(roles, name);
