import { passwordMaxLength, passwordMinLength } from '#domain/administration/policy.ts';
import { passwordAcceptable } from '#domain/administration/password.ts';
import { decide } from '#domain/kernel/rule.ts';
import { everything } from '../access/scope.ts';
import { newId } from '../ids.ts';
import type { Kit } from '../kit.ts';
import type { Ctx, Tx } from '../context.ts';
import { makeContext } from '../make-context.ts';
import { parameterValue } from '../parameters/read.ts';
import { orRefuse, Problem } from '../problem.ts';
import { newCsrfToken, newToken } from './admit.ts';
import { factsAfter, grantsOf, sessionIdOf, type SessionFacts } from './facts.ts';
import { accountKey, clearGuard } from './guard.ts';
import { hashPassword } from './password.ts';
import { oneByOne } from './one-by-one.ts';
import { provePassword } from './prove.ts';
import type { SignedIn } from './sign-in.ts';

/** Who asks, from where: for the entry. */
export interface From { readonly ip?: string | null; readonly requestId?: string }

/** 本人的上下文, over everything: one's own account. */
export const contextOf = (kit: Kit, facts: SessionFacts, { ip, requestId }: From): Ctx =>
  makeContext(kit, { actor: facts.actor, scope: everything, requestId: requestId ?? newId(), ip: ip ?? null });

/** 轮换令牌: the same session under a new token and a new cross-site token; the old token opens nothing any more. @throws Problem session.required */
export async function rotate(tx: Tx, sessionId: string, change: { grantId?: SessionFacts['actor']['grantId'] } = {}): Promise<string> {
  const token = newToken();
  const moved = await tx.db.updateTable('platform.session').set({ id: sessionIdOf(token), csrfToken: newCsrfToken(), ...change })
    .where('id', '=', sessionId).where('revokedAt', 'is', null).executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new Problem('session.required', '登录已失效，请重新登录');
  return token;
}

/** 切换岗位; the token is rotated. @throws Problem not-found when the post is not one of the person's, in force */
export async function switchGrant(kit: Kit, facts: SessionFacts, grantId: string, from: From = {}): Promise<SignedIn> {
  const grant = (await grantsOf(kit, facts)).find((each) => each.id === grantId);
  if (!grant) throw new Problem('not-found', '没有这个岗位，或岗位已终止，请刷新页面后再试');
  const ctx = contextOf(kit, facts, from);
  const token = await ctx.transact(async (tx) => {
    const rotated = await rotate(tx, facts.sessionId, { grantId: grant.id });
    tx.audit({ action: 'session.switch-grant', subject: ['AppUser', facts.user.id], before: { grantId: facts.active?.id ?? null }, after: { grantId: grant.id }, countyId: facts.county.id });
    return rotated;
  });
  return { token, session: await factsAfter(kit, token) };
}

/** 修改密码: checks the old one under the same limits as signing in, ends the person's other sessions and rotates this one. */
export function changePassword(kit: Kit, facts: SessionFacts, words: { readonly current: string; readonly next: string }, from: From = {}): Promise<SignedIn> {
  return oneByOne(accountKey(facts.user.login), () => changeOnce(kit, facts, words, from));
}

async function changeOnce(kit: Kit, facts: SessionFacts, { current, next }: { readonly current: string; readonly next: string }, from: From): Promise<SignedIn> {
  const ctx = contextOf(kit, facts, from);
  const key = accountKey(facts.user.login);
  await provePassword(ctx, facts, current, { pointer: '/current', title: '原密码', action: 'session.password-change-failed' });
  if (current === next) throw new Problem('input.invalid', '新密码不能与原密码相同', { errors: [{ pointer: '/next', message: '新密码不能与原密码相同' }] });
  await refuseWeak(ctx, facts.county.id, facts.user.login, next);
  const passwordHash = await hashPassword(next);
  const token = await ctx.transact(async (tx) => {
    await clearGuard(tx.db, key);
    await tx.db.updateTable('platform.appUser').set({ passwordHash, mustChangePassword: false, passwordExpiresAt: null, passwordChangedAt: ctx.now, updatedAt: ctx.now }).where('id', '=', facts.user.id).execute();
    const ended = await revokeSessions(tx, facts.user.id, '密码已修改', { now: ctx.now, except: facts.sessionId });
    const rotated = await rotate(tx, facts.sessionId);
    tx.audit({ action: 'session.change-password', subject: ['AppUser', facts.user.id], before: null, after: { endedSessions: ended }, countyId: facts.county.id });
    return rotated;
  });
  return { token, session: await factsAfter(kit, token) };
}

/** 密码是否可用 under the county's limits. @throws Problem rule.violated naming every fault */
export async function refuseWeak(ctx: Ctx, countyId: string, login: string, password: string): Promise<void> {
  const minLength = await parameterValue(ctx, countyId, passwordMinLength, ctx.today);
  const maxLength = await parameterValue(ctx, countyId, passwordMaxLength, ctx.today);
  orRefuse(decide(passwordAcceptable.check({ password, username: login, minLength, maxLength }), password));
}

/** 注销会话 of a user, all but one if said. @returns how many were open */
export async function revokeSessions(tx: Tx, userId: string, why: string, { now, except }: { readonly now: Ctx['now']; readonly except?: string | undefined }): Promise<number> {
  let open = tx.db.updateTable('platform.session').set({ revokedAt: now, revokedReason: why }).where('userId', '=', userId as SessionFacts['user']['id']).where('revokedAt', 'is', null).where('expiresAt', '>', now);
  if (except !== undefined) open = open.where('id', '<>', except);
  return Number((await open.executeTakeFirst()).numUpdatedRows);
}

/** 退出登录. */
export async function signOut(kit: Kit, facts: SessionFacts, from: From = {}): Promise<void> {
  await revokeSession(kit, facts, facts.sessionId, '退出登录', from);
}

/** 注销本人的一个会话. @throws Problem not-found when it is not the person's, or over */
export async function revokeSession(kit: Kit, facts: SessionFacts, sessionId: string, why = '本人注销', from: From = {}): Promise<void> {
  const ctx = contextOf(kit, facts, from);
  await ctx.transact(async (tx) => {
    const ended = await tx.db.updateTable('platform.session').set({ revokedAt: ctx.now, revokedReason: why })
      .where('id', '=', sessionId).where('userId', '=', facts.user.id).where('revokedAt', 'is', null).executeTakeFirst();
    if (ended.numUpdatedRows !== 1n) throw new Problem('not-found', '没有这个登录会话，或已经退出');
    tx.audit({ action: sessionId === facts.sessionId ? 'session.sign-out' : 'session.revoke', subject: ['AppUser', facts.user.id], before: null, after: null, countyId: facts.county.id, reason: why });
  });
}

/** 注销本人的其他会话. @returns how many */
export async function revokeOtherSessions(kit: Kit, facts: SessionFacts, from: From = {}): Promise<number> {
  const ctx = contextOf(kit, facts, from);
  return ctx.transact(async (tx) => {
    const ended = await revokeSessions(tx, facts.user.id, '本人注销', { now: ctx.now, except: facts.sessionId });
    tx.audit({ action: 'session.revoke', subject: ['AppUser', facts.user.id], before: null, after: { endedSessions: ended }, countyId: facts.county.id, reason: '本人注销其他全部会话' });
    return ended;
  });
}

/** 本人的登录会话, those still open, the latest used first. */
export function listSessions(kit: Kit, facts: SessionFacts) {
  const now = kit.clock.now();
  return kit.database.read(everything, (db) => db.selectFrom('platform.session')
    .select(['id', 'ip', 'userAgent', 'createdAt', 'lastSeenAt', 'expiresAt'])
    .where('userId', '=', facts.user.id).where('revokedAt', 'is', null).where('expiresAt', '>', now)
    .orderBy('lastSeenAt', 'desc').limit(100).execute());
}
