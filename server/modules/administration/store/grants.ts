import { sql } from 'kysely';
import type { z } from 'zod';
import type { Grant } from '#contract/administration/grant.ts';
import { roles, type Role } from '#contract/permissions.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import { within } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';

export type GrantOut = z.input<typeof Grant>;
const isRole = (role: string): role is Role => Object.hasOwn(roles, role);

/** Every read of grants starts here, inside the scope. */
export const visibleGrants = (db: Db, scope: Scope) => within(scope, db.selectFrom('platform.userGrant as g'), { alias: 'g' })
  .innerJoin('platform.appUser as u', 'u.id', 'g.userId')
  .leftJoin('platform.orgUnit as o', 'o.id', 'g.orgUnitId')
  .leftJoin('platform.appUser as n', 'n.id', 'g.successorId');

const columns = ['g.id', 'g.userId', 'u.name as userName', 'g.role', 'g.level', 'g.scopeId', 'g.orgUnitId', 'o.name as orgUnitName', 'g.title', 'g.startedOn', 'g.endedAt', 'g.endedReason', 'g.successorId', 'n.name as successorName'] as const;

/** Grants with the names of all they point to. */
export const namedGrants = (db: Db, scope: Scope) => visibleGrants(db, scope).select(columns).select(sql<string | null>`(platform.scope_fact(g.level, g.scope_id)).name`.as('scopeName'));

type NamedGrant = Awaited<ReturnType<ReturnType<typeof namedGrants>['execute']>>[number];

/** 岗位 → contract shape; a role that is no longer known is left out. */
export function presentGrants(rows: readonly NamedGrant[]): GrantOut[] {
  return rows.flatMap(({ role, scopeName, successorId, successorName, ...row }) => (isRole(role)
    ? [{ ...row, role, roleTitle: roles[role].title, scopeName: scopeName ?? '（已归档）', successor: successorId === null ? null : { id: successorId, name: successorName ?? '' } }]
    : []));
}

/** Grants in force of some users, locked where they are about to change. */
export const currentGrants = (db: Db, scope: Scope, userId: Id<'AppUser'>) => namedGrants(db, scope).where('g.userId', '=', userId).where('g.endedAt', 'is', null).orderBy('g.startedOn').orderBy('g.id');

export interface ScopeFact { readonly name: string; readonly countyId: Id<'OrgUnit'> }

/** 管辖对象: its name and county, or nothing when there is none at that level. */
export async function scopeFact(db: Db, level: string, scopeId: string): Promise<ScopeFact | undefined> {
  const found = await sql<{ name: string | null; countyId: Id<'OrgUnit'> | null }>`select name, county_id from platform.scope_fact(${level}, ${scopeId})`.execute(db);
  const row = found.rows[0];
  return row?.name != null && row.countyId !== null ? { name: row.name, countyId: row.countyId } : undefined;
}

/** How many security administrators of the county would be left, `without` one user or one grant. */
export async function securityAdministratorsLeft(db: Db, scope: Scope, without: { userId?: string; grantId?: string }, today: LocalDate): Promise<number> {
  let query = visibleGrants(db, scope).select('g.userId').where('g.role', '=', 'security-administrator').where('g.endedAt', 'is', null).where('g.startedOn', '<=', today).where('u.disabledAt', 'is', null);
  if (without.userId !== undefined) query = query.where(sql<boolean>`g.user_id <> ${without.userId}`);
  if (without.grantId !== undefined) query = query.where(sql<boolean>`g.id <> ${without.grantId}`);
  return (await query.limit(2).execute()).length;
}
