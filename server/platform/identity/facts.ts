import { sql } from 'kysely';
import { createHash } from 'node:crypto';
import { roles, type Role } from '#contract/permissions.ts';
import { secondFactorRoles, sessionIdleMinutes } from '#domain/administration/policy.ts';
import { demandsTotp } from '#domain/administration/second-factor.ts';
import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import { epochOf, instantOf, todayIn } from '#domain/kernel/local-date.ts';
import { parameterOn } from '#domain/kernel/parameter.ts';
import { everything, nothing, type Scope } from '../access/scope.ts';
import type { Actor } from '../context.ts';
import type { Db } from '../db/types.ts';
import type { Kit } from '../kit.ts';
import { inDomainTerms, type OverrideFacts } from '../parameters/read.ts';

/** 岗位 in force: role × body × what it covers. */
export interface Grant {
  readonly id: Id<'UserGrant'>;
  readonly role: Role;
  readonly roleTitle: string;
  readonly level: 'county' | 'township' | 'neighbourhood' | 'estate' | 'company';
  readonly scopeId: string;
  readonly scopeName: string;
  readonly countyId: Id<'OrgUnit'>;
  readonly orgUnitId: Id<'OrgUnit'> | null;
  readonly orgUnitName: string | null;
  readonly title: string | null;
  readonly startedOn: LocalDate;
}

/** 会话事实: who is signed in, under which post, and whether that post demands a one-time code (`needsTotp`). `active` is null when the post ended or none was given: then nothing is visible. */
export interface SessionFacts {
  readonly sessionId: string;
  readonly csrfToken: string;
  readonly user: { readonly id: Id<'AppUser'>; readonly name: string; readonly login: string; readonly mustChangePassword: boolean; readonly hasTotp: boolean; readonly needsTotp: boolean };
  readonly county: { readonly id: Id<'OrgUnit'>; readonly name: string };
  readonly active: Grant | null;
  readonly actor: Actor;
  readonly scope: Scope;
}

type GrantRow = Omit<Grant, 'role' | 'roleTitle'> & { readonly role: string };
interface Row extends Omit<GrantRow, 'id' | 'countyId' | 'scopeName'> {
  readonly id: string; readonly csrfToken: string; readonly lastSeenAt: Instant;
  readonly userId: Id<'AppUser'>; readonly userName: string; readonly login: string; readonly mustChangePassword: boolean;
  readonly countyId: Id<'OrgUnit'>; readonly countyName: string;
  /** Null, with all of the post, when there is none in force; the scope's name is null when what it covers is gone. */
  readonly grantId: Id<'UserGrant'> | null; readonly grantCountyId: Id<'OrgUnit'> | null; readonly scopeName: string | null;
  /** What the county set for the two parameters asked about. */
  readonly settings: readonly OverrideFacts[] | null; readonly isDemo: boolean; readonly hasTotp: boolean;
}

/** 令牌的哈希: all that is stored of it. */
export const sessionIdOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * 打开会话, in one query. Null when it is unknown, ended, idle too long, past its end, or its user was disabled.
 * The time last seen is written at most once a minute.
 */
export async function openSession(kit: Kit, { token, now }: { readonly token: string; readonly now: Instant }): Promise<SessionFacts | null> {
  const found = await kit.database.ask((db) => factsIn(db, sessionIdOf(token), now));
  if (found?.isSeenLongAgo) {
    await kit.database.write(everything, (db) => db.updateTable('platform.session').set({ lastSeenAt: now }).where('id', '=', found.facts.sessionId).where('lastSeenAt', '<', now).execute());
  }
  return found?.facts ?? null;
}

/** 会话事实 right after a change of it. @throws Error when the session is not there */
export async function factsAfter(kit: Kit, token: string): Promise<SessionFacts> {
  const found = await kit.database.ask((db) => factsIn(db, sessionIdOf(token), kit.clock.now()));
  if (!found) throw new Error('the session just written is not there');
  return found.facts;
}

/** 查会话: one statement under any scope or none; the function answers for this session's hash only. Null as for `openSession`. */
export async function factsIn(db: Db, sessionId: string, now: Instant): Promise<{ readonly facts: SessionFacts; readonly isSeenLongAgo: boolean } | null> {
  const [row] = (await sql<Row>`select * from platform.open_session(${sessionId}, ${now}, ${todayIn(now)}, ${sessionIdleMinutes.id}, ${secondFactorRoles.id})`.execute(db)).rows;
  return !row || isIdle(row, now) ? null : { facts: factsOf(row, now), isSeenLongAgo: epochOf(now) - epochOf(row.lastSeenAt) > 60_000 };
}

/** 本人的岗位 in force today, the oldest first. */
export async function grantsOf(kit: Kit, { user }: Pick<SessionFacts, 'user'>): Promise<Grant[]> {
  const found = await kit.database.read(everything, (db) => sql<GrantRow>`
    select g.id, g.role, g.level, g.scope_id, f.name as scope_name, g.county_id, o.id as org_unit_id, o.name as org_unit_name, g.title, g.started_on
      from platform.user_grant g left join platform.org_unit o on o.id = g.org_unit_id cross join lateral platform.scope_fact(g.level, g.scope_id) f
     where g.user_id = ${user.id} and g.ended_at is null and g.started_on <= ${todayIn(kit.clock.now())} and f.name is not null
     order by g.started_on, g.id`.execute(db));
  return found.rows.flatMap(asGrant);
}

/** 闲置时限. */
function isIdle(row: Row, now: Instant): boolean {
  const minutes = parameterOn(sessionIdleMinutes, inDomainTerms(row.settings ?? []), todayIn(now)).value;
  return row.lastSeenAt <= instantOf(epochOf(now) - minutes * 60_000);
}

const isRole = (role: string): role is Role => Object.hasOwn(roles, role);

/** A post whose role is unknown here, or does not go with its level, is none. */
const asGrant = (grant: GrantRow): Grant[] => (isRole(grant.role) && roles[grant.role].level === grant.level ? [{ ...grant, role: grant.role, roleTitle: roles[grant.role].title }] : []);

function activeOf({ grantId: id, grantCountyId: countyId, scopeName, role, level, scopeId, orgUnitId, orgUnitName, title, startedOn }: Row): Grant | null {
  if (id === null || countyId === null || scopeName === null) return null;
  return asGrant({ id, role, level, scopeId, scopeName, countyId, orgUnitId, orgUnitName, title, startedOn })[0] ?? null;
}

/** 该岗位要求动态口令. */
function needsTotp({ settings, isDemo }: Row, active: Grant | null, now: Instant): boolean {
  const { value, origin } = parameterOn(secondFactorRoles, inDomainTerms(settings ?? []), todayIn(now));
  return demandsTotp({ role: active?.role ?? null, demanded: value, origin, isDemo });
}

function factsOf(row: Row, now: Instant): SessionFacts {
  const active = activeOf(row);
  return {
    sessionId: row.id, csrfToken: row.csrfToken,
    user: { id: row.userId, name: row.userName, login: row.login, mustChangePassword: row.mustChangePassword, hasTotp: row.hasTotp, needsTotp: needsTotp(row, active, now) },
    county: { id: row.countyId, name: row.countyName },
    active,
    actor: { userId: row.userId, name: row.userName, grantId: active?.id ?? null, role: active?.role ?? null, sessionId: row.id },
    scope: active ? { level: active.level, id: active.scopeId, countyId: active.countyId } : nothing,
  };
}
