import { sql } from 'kysely';
import type { z } from 'zod';
import type * as route from '#contract/administration/user.ts';
import type { userFilters } from '#contract/administration/user.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { securityAdministratorRemains } from '#domain/administration/grants.ts';
import { oneTimePasswordDays } from '#domain/administration/policy.ts';
import { decide } from '#domain/kernel/rule.ts';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { accountKey, clearGuard } from '#platform/identity/guard.ts';
import { hashPassword, oneTimePassword } from '#platform/identity/password.ts';
import { revokeSessions } from '#platform/identity/sessions.ts';
import { newId } from '#platform/ids.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { endAccountLinks } from '../make-account-link.ts';
import { giveGrant } from '../give-grant.ts';
import { cut, totalOf } from '../store/page.ts';
import { currentGrants, securityAdministratorsLeft } from '../store/grants.ts';
import { findCounty, getUser as findUser, lockUser, namedUsers, withGrants } from '../store/users.ts';

/** 用户, newest first. */
export function listUsers(ctx: Ctx, { query }: Input<typeof route.listUsers>): Promise<Output<typeof route.listUsers>> {
  return ctx.read(async (db) => {
    const users = filteredUsers(db, ctx.scope, query);
    const total = await totalOf(db, users);
    const after = query.after;
    const rows = await (after === undefined ? users : users.where(sql<boolean>`u.id < ${after}`)).orderBy('u.id', 'desc').limit(query.limit + 1).execute();
    const page = cut(rows, query.limit, ({ id }) => id);
    return { ...total, next: page.next, rows: await withGrants(db, ctx.scope, page.rows) };
  });
}

/** Users that fit the conditions. */
export function filteredUsers(db: Db, scope: Scope, query: z.output<typeof userFilters>) {
  let users = namedUsers(db, scope);
  if (query.q) users = users.where(sql<boolean>`(position(lower(${query.q}) in lower(u.login)) > 0 or position(${query.q} in u.name) > 0)`);
  if (query.status) users = users.where('u.disabledAt', query.status === 'active' ? 'is' : 'is not', null);
  if (query.role !== undefined) users = users.where(holding('role', query.role));
  return query.orgUnitId === undefined ? users : users.where(holding('org_unit_id', query.orgUnitId));
}

const holding = (column: 'role' | 'org_unit_id', value: string) =>
  sql<boolean>`exists (select from platform.user_grant held where held.user_id = u.id and held.ended_at is null and held.${sql.ref(column)} = ${value})`;

/** 用户详情. */
export const getUser = (ctx: Ctx, { params }: Input<typeof route.getUser>): Promise<Output<typeof route.getUser>> => ctx.read((db) => findUser(db, ctx.scope, params.userId));

/** 新增用户, with a password that is shown once and must be changed. */
export async function createUser(ctx: Ctx, { body }: Input<typeof route.postUser>): Promise<Output<typeof route.postUser>> {
  const countyId = ctx.scope.countyId as Id<'OrgUnit'> | null;
  if (countyId === null) throw new Problem('access.denied', '只有本县的安全管理员可以新增用户');
  const made = await newOneTime(ctx, countyId);
  const user = await ctx.transact(async (tx) => {
    const id = await insertUser(ctx, tx, { countyId, login: body.login, name: body.name, ...made.stored });
    if (body.grant) await giveGrant(ctx, tx, { id, countyId }, body.grant);
    return findUser(tx.db, ctx.scope, id);
  });
  return { user, oneTimePassword: made.password, expiresAt: made.stored.passwordExpiresAt };
}

/** 一次性密码 in the making: what is told, and what is stored of it. */
export interface OneTime { readonly password: string; readonly stored: { readonly passwordHash: string; readonly passwordExpiresAt: Instant } }

/** 发一次性密码, good for the county's number of days, or `days` where said. */
export async function newOneTime(ctx: Ctx, countyId: string, days?: number): Promise<OneTime> {
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  const lasts = days ?? await parameterValue(ctx, countyId, oneTimePasswordDays, ctx.today);
  return { password, stored: { passwordHash, passwordExpiresAt: instantOf(epochOf(ctx.now) + lasts * 86_400_000) } };
}

/** Inserts and audits. @throws Problem state.duplicate */
export async function insertUser(ctx: Ctx, tx: Tx, draft: { countyId: Id<'OrgUnit'>; login: string; name: string } & OneTime['stored']): Promise<Id<'AppUser'>> {
  const row = await tx.db.insertInto('platform.appUser')
    .values({ id: newId<'AppUser'>(), ...draft, mustChangePassword: true, passwordChangedAt: ctx.now, createdAt: ctx.now, updatedAt: ctx.now })
    .onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
  if (!row) throw taken(draft.login);
  tx.audit({ action: 'user.create', subject: ['AppUser', row.id], before: null, after: { login: draft.login, name: draft.name }, countyId: draft.countyId });
  return row.id;
}

const taken = (login: string) => new Problem('state.duplicate', `账号「${login}」已被使用，请换一个`, { errors: [{ pointer: '/login', message: '账号已被使用' }] });

/** 修改用户. */
export function updateUser(ctx: Ctx, { params, body }: Input<typeof route.putUser>): Promise<Output<typeof route.putUser>> {
  return ctx.transact(async (tx) => {
    const before = await lockUser(tx.db, ctx.scope, params.userId, ctx.ifMatch);
    const other = await tx.db.selectFrom('platform.appUser').select('id').where(sql<boolean>`lower(login) = lower(${body.login})`).where('id', '<>', before.id).executeTakeFirst();
    if (other) throw taken(body.login);

    await tx.db.updateTable('platform.appUser').set({ ...body, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).execute()
      .catch((error: unknown) => { throw isTaken(error) ? taken(body.login) : error; });
    tx.audit({ action: 'user.edit', subject: ['AppUser', before.id], before: { login: before.login, name: before.name }, after: body });
    return findUser(tx.db, ctx.scope, before.id);
  });
}

/** The login may be taken in a county this scope does not see; only the unique index knows. */
const isTaken = (error: unknown) => error instanceof Error && 'constraint' in error && error.constraint === 'app_user_login_key';

/** 停用或启用; a disabled user is out at the next request. */
export function setUserStatus(ctx: Ctx, { params, body }: Input<typeof route.putUserStatus>): Promise<Output<typeof route.putUserStatus>> {
  return ctx.transact(async (tx) => {
    const user = await lockUser(tx.db, ctx.scope, params.userId);
    const disable = body.status === 'disabled';
    if (disable === (user.disabledAt !== null)) throw new Problem('state.conflict', disable ? '该用户已经停用' : '该用户没有停用');
    if (disable && user.id === ctx.actor.userId) throw new Problem('state.conflict', '不能停用自己的账号，请由另一名安全管理员办理');

    await setDisabled(ctx, tx, user.id, disable, body.reason);
    tx.audit({ action: disable ? 'user.disable' : 'user.enable', subject: ['AppUser', user.id], before: { disabledAt: user.disabledAt }, after: { disabledAt: disable ? ctx.now : null }, reason: body.reason });
    return findUser(tx.db, ctx.scope, user.id);
  });
}

/** @throws Problem rule.violated when nobody would be left to manage users */
export async function setDisabled(ctx: Ctx, tx: Tx, userId: Id<'AppUser'>, disable: boolean, reason: string): Promise<void> {
  if (disable) {
    const held = await currentGrants(tx.db, ctx.scope, userId).execute();
    const removed = held.filter(({ role }) => role === 'security-administrator').length;
    orRefuse(decide(securityAdministratorRemains.check({ removed, remaining: await securityAdministratorsLeft(tx.db, ctx.scope, { userId }, ctx.today) }), null));
    await revokeSessions(tx, userId, `账号已停用：${reason}`, { now: ctx.now });
    await endAccountLinks(ctx, tx, userId, '账号已停用');
  }
  await tx.db.updateTable('platform.appUser').set((eb) => ({ disabledAt: disable ? ctx.now : null, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', userId).execute();
}

/** 重置密码: a new one-time password, every session ended, the lock lifted. */
export async function resetPassword(ctx: Ctx, { params, body }: Input<typeof route.postPasswordReset>): Promise<Output<typeof route.postPasswordReset>> {
  const { countyId } = await ctx.read((db) => findCounty(db, ctx.scope, params.userId));
  const made = await newOneTime(ctx, countyId);
  const user = await ctx.transact(async (tx) => {
    const before = await lockUser(tx.db, ctx.scope, params.userId);
    await writeReset(ctx, tx, before, { ...made.stored, reason: body.reason });
    return findUser(tx.db, ctx.scope, before.id);
  });
  return { user, oneTimePassword: made.password, expiresAt: made.stored.passwordExpiresAt };
}

/** Stores the new password and lets the person in again with it. */
export async function writeReset(ctx: Ctx, tx: Tx, user: { id: Id<'AppUser'>; login: string; countyId: Id<'OrgUnit'> }, { reason, ...stored }: OneTime['stored'] & { reason: string }): Promise<void> {
  await tx.db.updateTable('platform.appUser').set((eb) => ({ ...stored, mustChangePassword: true, passwordChangedAt: ctx.now, version: eb('version', '+', 1), updatedAt: ctx.now })).where('id', '=', user.id).execute();
  await clearGuard(tx.db, accountKey(user.login));
  await endAccountLinks(ctx, tx, user.id, '密码已重置');
  const ended = await revokeSessions(tx, user.id, '密码已重置', { now: ctx.now });
  tx.audit({ action: 'user.reset-password', subject: ['AppUser', user.id], before: null, after: { endedSessions: ended }, reason, countyId: user.countyId });
}
