import { sql } from 'kysely';
import type { z } from 'zod';
import type { User } from '#contract/administration/user.ts';
import { instant, type Id, type Instant } from '#domain/kernel/brand.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import { namedGrants, presentGrants, type GrantOut } from './grants.ts';

export type UserOut = z.input<typeof User>;

/** Every read of users starts here, inside the scope. */
export const visibleUsers = (db: Db, scope: Scope) => within(scope, db.selectFrom('platform.appUser as u'), { alias: 'u' });

const columns = ['u.id', 'u.countyId', 'u.login', 'u.name', 'u.mustChangePassword', 'u.passwordExpiresAt', 'u.isDemo', 'u.disabledAt', 'u.createdAt', 'u.version'] as const;

/** Users as listed; never their password. */
export const namedUsers = (db: Db, scope: Scope) => visibleUsers(db, scope).select(columns)
  .select(sql<Instant | null>`(select max(s.last_seen_at) from platform.session s where s.user_id = u.id)`.as('lastSeenAt'))
  .select(sql<Instant | null>`(select t.confirmed_at from platform.totp t where t.user_id = u.id)`.as('totpSince'))
  .select(sql<{ purpose: 'invitation' | 'password-reset'; validUntil: string } | null>`(select jsonb_build_object('purpose', l.purpose, 'validUntil', l.valid_until) from platform.link l
    where l.subject_kind = 'AppUser' and l.subject_id = u.id and l.purpose in ('invitation', 'password-reset') and l.revoked_at is null and l.used_count = 0 order by l.link_no desc limit 1)`.as('link'));

type UserRow = Awaited<ReturnType<ReturnType<typeof namedUsers>['execute']>>[number];

const missing = () => new Problem('user.not-found', '用户不存在或不在管辖范围内');

/** Locks one user for change. @throws Problem user.not-found, state.stale */
export async function lockUser(db: Db, scope: Scope, id: Id<'AppUser'>, version: number | null = null) {
  const row = await visibleUsers(db, scope).select(columns).where('u.id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw missing();
  if (version !== null && row.version !== version) throw new Problem('state.stale', '这个用户已被别人修改，请刷新后再保存');
  return row;
}

/** The county a user belongs to. @throws Problem user.not-found */
export async function findCounty(db: Db, scope: Scope, id: Id<'AppUser'>): Promise<{ countyId: Id<'OrgUnit'> }> {
  const row = await visibleUsers(db, scope).select('u.countyId').where('u.id', '=', id).executeTakeFirst();
  if (!row) throw missing();
  return row;
}

/** One user with all grants, past ones last. @throws Problem user.not-found */
export async function getUser(db: Db, scope: Scope, id: Id<'AppUser'>): Promise<UserOut> {
  const row = await namedUsers(db, scope).where('u.id', '=', id).executeTakeFirst();
  if (!row) throw missing();
  const grants = await namedGrants(db, scope).where('g.userId', '=', id).orderBy(sql`g.ended_at desc nulls first`).orderBy('g.id').limit(200).execute();
  return presentUser(row, presentGrants(grants));
}

/** Users with their grants in force. */
export async function withGrants(db: Db, scope: Scope, rows: readonly UserRow[]): Promise<UserOut[]> {
  if (rows.length === 0) return [];
  const grants = presentGrants(await namedGrants(db, scope).where('g.userId', 'in', rows.map(({ id }) => id)).where('g.endedAt', 'is', null).orderBy('g.startedOn').orderBy('g.id').execute());
  return rows.map((row) => presentUser(row, grants.filter(({ userId }) => userId === row.id)));
}

const presentUser = ({ countyId: _county, link, ...row }: UserRow, grants: GrantOut[]): UserOut =>
  ({ ...row, link: link && { purpose: link.purpose, validUntil: instant(new Date(link.validUntil).toISOString()) }, grants });
