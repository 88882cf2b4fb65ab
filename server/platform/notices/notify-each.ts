import { sql } from 'kysely';
import { mayReach, type NoticeKind } from '#contract/notice.ts';
import { roleMay, roles, type Permission } from '#contract/permissions.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import type { Tx } from '../context.ts';
import { newId } from '../ids.ts';

/** 给各单位的通知草稿: one kind, told by one permission; each body its own subject, words and page. */
export interface NoticesToBodies {
  readonly kind: NoticeKind;
  readonly permission: Permission;
  readonly each: readonly { readonly orgUnitId: string; readonly subject: readonly [kind: string, id: string]; readonly text: string; readonly path: string }[];
}

/** 分别通知: like `notify` of every one of them, in two statements however many there are. Nobody holds two notices of one body. */
export async function notifyEach(tx: Pick<Tx, 'db' | 'now'>, { kind, permission, each }: NoticesToBodies): Promise<void> {
  if (each.length === 0) return;
  if (!mayReach(kind, permission)) throw new Error(`${kind} is told by ${permission}, which contract/notice.ts does not name`);
  const permitted = Object.keys(roles).filter(isRole).filter((role) => roleMay(role, permission));
  const { rows } = await sql<{ no: number; userId: string; countyId: string }>`select no, user_id, county_id from platform.notice_audience(${each.map(({ orgUnitId }) => orgUnitId)}::uuid[], ${permitted}::text[], ${todayIn(tx.now)})`.execute(tx.db);
  const told = Map.groupBy(rows, ({ no, countyId }) => `${no} ${countyId}`);
  const notices = [...told.values()].flatMap((persons) => {
    const [first] = persons;
    const message = first === undefined ? undefined : each[first.no - 1];
    return first === undefined || message === undefined ? [] : [{ id: newId<'Notice'>(), county: first.countyId, kind, about_kind: message.subject[0], about_id: message.subject[1], said: message.text, page: message.path, persons: persons.map(({ userId }) => userId) }];
  });
  if (notices.length > 0) await sql`select platform.write_notices(${JSON.stringify(notices)}::jsonb, ${tx.now})`.execute(tx.db);
}

const isRole = (name: string): name is keyof typeof roles => Object.hasOwn(roles, name);
