import { sql } from 'kysely';
import type * as route from '#contract/administration/grant.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { permissions, roles, type Role } from '#contract/permissions.ts';
import { securityAdministratorRemains } from '#domain/administration/grants.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { decide } from '#domain/kernel/rule.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { giveGrant } from '../give-grant.ts';
import { namedGrants, presentGrants, securityAdministratorsLeft, type GrantOut } from '../store/grants.ts';
import { cut, totalOf } from '../store/page.ts';
import { lockUser } from '../store/users.ts';

/** 岗位, newest first. */
export function listGrants(ctx: Ctx, { query }: Input<typeof route.listGrants>): Promise<Output<typeof route.listGrants>> {
  return ctx.read(async (db) => {
    let grants = namedGrants(db, ctx.scope);
    if (query.userId !== undefined) grants = grants.where('g.userId', '=', query.userId);
    if (query.role !== undefined) grants = grants.where('g.role', '=', query.role);
    if (query.orgUnitId !== undefined) grants = grants.where('g.orgUnitId', '=', query.orgUnitId);
    if (query.status) grants = grants.where('g.endedAt', query.status === 'current' ? 'is' : 'is not', null);
    const total = await totalOf(db, grants);
    const after = query.after;
    const rows = await (after === undefined ? grants : grants.where(sql<boolean>`g.id < ${after}`)).orderBy('g.id', 'desc').limit(query.limit + 1).execute();
    const page = cut(rows, query.limit, ({ id }) => id);
    return { ...total, next: page.next, rows: presentGrants(page.rows) };
  });
}

/** 管辖对象选项, at most fifty. */
export function listGrantScopes(ctx: Ctx, { query }: Input<typeof route.listGrantScopes>): Promise<Output<typeof route.listGrantScopes>> {
  return ctx.read(async (db) => ({ rows: (await sql<{ id: string; name: string }>`select id, name from platform.scope_options(${query.level}, ${query.q || null}, 50)`.execute(db)).rows }));
}

const titles = (role: Role) => roles[role].permissions.map((permission) => ({ permission, title: permissions[permission] }));
const isRole = (key: string): key is Role => Object.hasOwn(roles, key);

/** 角色与权限. */
export const listRoles = async (): Promise<Output<typeof route.listRoles>> => ({
  rows: Object.keys(roles).filter(isRole).map((role) => ({ role, title: roles[role].title, level: roles[role].level, permissions: titles(role) })),
});

async function oneGrant(ctx: Ctx, tx: Tx, id: Id<'UserGrant'>): Promise<GrantOut> {
  const [grant] = presentGrants(await namedGrants(tx.db, ctx.scope).where('g.id', '=', id).execute());
  if (!grant) throw new Problem('not-found', '没有这个岗位');
  return grant;
}

/** 授予岗位. */
export function addGrant(ctx: Ctx, { params, body }: Input<typeof route.postGrant>): Promise<Output<typeof route.postGrant>> {
  return ctx.transact(async (tx) => {
    const user = await lockUser(tx.db, ctx.scope, params.userId);
    if (user.disabledAt !== null) throw new Problem('rule.violated', '该用户已停用，请先启用再授予岗位');
    const id = await giveGrant(ctx, tx, user, body);
    const grant = await oneGrant(ctx, tx, id);
    tx.audit({ action: 'grant.give', subject: ['AppUser', user.id], before: null, after: { grantId: id, role: grant.roleTitle, scope: grant.scopeName, title: grant.title, startedOn: grant.startedOn } });
    return grant;
  });
}

/** 终止岗位; it opens nothing from the next request on. */
export function endGrant(ctx: Ctx, { params, body }: Input<typeof route.putGrantEnd>): Promise<Output<typeof route.putGrantEnd>> {
  return ctx.transact(async (tx) => {
    const row = await within(ctx.scope, tx.db.selectFrom('platform.userGrant')).selectAll().where('id', '=', params.grantId).forUpdate().executeTakeFirst();
    if (!row) throw new Problem('not-found', '没有这个岗位');
    if (row.endedAt !== null) throw new Problem('state.conflict', '这个岗位已经终止');
    const removed = row.role === 'security-administrator' ? 1 : 0;
    orRefuse(decide(securityAdministratorRemains.check({ removed, remaining: await securityAdministratorsLeft(tx.db, ctx.scope, { grantId: row.id }, ctx.today) }), null));

    await tx.db.updateTable('platform.userGrant').set({ endedAt: ctx.now, endedReason: body.reason, version: row.version + 1, updatedAt: ctx.now }).where('id', '=', row.id).execute();
    const grant = await oneGrant(ctx, tx, row.id);
    tx.audit({ action: 'grant.end', subject: ['AppUser', row.userId], before: { grantId: row.id, role: grant.roleTitle, scope: grant.scopeName, endedAt: null }, after: { grantId: row.id, role: grant.roleTitle, scope: grant.scopeName, endedAt: ctx.now }, reason: body.reason });
    return grant;
  });
}
