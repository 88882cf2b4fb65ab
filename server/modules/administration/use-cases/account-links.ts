import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/administration/account-link.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newToken } from '#platform/identity/admit.ts';
import { hashPassword } from '#platform/identity/password.ts';
import { revokeSessions, takeFactorAway } from '#platform/identity/sessions.ts';
import { mailable } from '#platform/notices/letter.ts';
import { Problem } from '#platform/problem.ts';
import { giveGrant } from '../give-grant.ts';
import { endAccountLinks, makeAccountLink, type HandedLink } from '../make-account-link.ts';
import { getUser as findUser, lockUser } from '../store/users.ts';
import { insertUser } from './users.ts';

/** 邀请用户: the account, its post and the link. */
export async function inviteUser(ctx: Ctx, { body }: Input<typeof route.postInvitation>): Promise<Output<typeof route.postInvitation>> {
  const countyId = ctx.scope.countyId as Id<'OrgUnit'> | null;
  if (countyId === null) throw new Problem('access.denied', '只有本县的安全管理员可以邀请用户');
  const nobodys = await unknownPassword();
  return ctx.transact(async (tx) => {
    const id = await insertUser(ctx, tx, { countyId, login: body.login, name: body.name, passwordHash: nobodys, passwordExpiresAt: ctx.now });
    if (body.grant) await giveGrant(ctx, tx, { id, countyId }, body.grant);
    return told(ctx, tx, { id, countyId }, await makeAccountLink(ctx, tx, { id, countyId }, 'invitation'));
  });
}

/** 不知道的密码: what an invited account has until its link is used. */
export const unknownPassword = (): Promise<string> => hashPassword(newToken());

const told = async (ctx: Ctx, tx: Tx, user: { readonly id: Id<'AppUser'>; readonly countyId: Id<'OrgUnit'> }, { path, validUntil }: HandedLink) => ({ user: await findUser(tx.db, ctx.scope, user.id), path, validUntil, can: { mail: await mailable(tx.db, user.countyId) } });

/** 重发邀请. */
export function renewInvitation(ctx: Ctx, { params }: Input<typeof route.postRenewedInvitation>): Promise<Output<typeof route.postRenewedInvitation>> {
  return ctx.transact(async (tx) => {
    const user = await openUser(ctx, tx, params.userId);
    if (!user.mustChangePassword) throw new Problem('state.conflict', '本人已经设置过密码，请改用重设密码链接');
    return told(ctx, tx, user, await makeAccountLink(ctx, tx, user, 'invitation'));
  });
}

/** 发重设密码链接. */
export function sendResetLink(ctx: Ctx, { params, body }: Input<typeof route.postResetLink>): Promise<Output<typeof route.postResetLink>> {
  return ctx.transact(async (tx) => {
    const user = await openUser(ctx, tx, params.userId);
    if (user.id === ctx.actor.userId) throw new Problem('state.conflict', '自己的密码请在“修改密码”里改；忘了密码请由另一名安全管理员或运维人员办理');
    return told(ctx, tx, user, await makeAccountLink(ctx, tx, user, 'password-reset', body.reason));
  });
}

async function openUser(ctx: Ctx, tx: Tx, userId: Id<'AppUser'>) {
  const user = await lockUser(tx.db, ctx.scope, userId);
  if (user.disabledAt !== null) throw new Problem('state.conflict', '该用户已停用，请先启用');
  return user;
}

/** 撤销链接. */
export function revokeAccountLinks(ctx: Ctx, { params, body }: Input<typeof route.postLinkRevocation>): Promise<Output<typeof route.postLinkRevocation>> {
  return ctx.transact(async (tx) => {
    const user = await lockUser(tx.db, ctx.scope, params.userId);
    const ended = await endAccountLinks(ctx, tx, user.id, body.reason);
    if (ended === 0) throw new Problem('state.conflict', '没有还能打开的链接');
    tx.audit({ action: 'user.revoke-links', subject: ['AppUser', user.id], before: null, after: { endedLinks: ended }, reason: body.reason });
    return { ended };
  });
}

/** 移除动态口令, of somebody else: one's own is taken away by password and code. */
export function removeUserTotp(ctx: Ctx, { params, body }: Input<typeof route.postTotpRemoval>): Promise<Output<typeof route.postTotpRemoval>> {
  return ctx.transact(async (tx) => {
    const user = await lockUser(tx.db, ctx.scope, params.userId);
    if (user.id === ctx.actor.userId) throw new Problem('state.conflict', '自己的动态口令请在“登录与安全”里停用；手机丢了请由另一名安全管理员或运维人员办理');
    await writeTotpRemoval(ctx, tx, user, body.reason);
    return findUser(tx.db, ctx.scope, user.id);
  });
}

/** Takes it away, ends every session, records it. @throws Problem state.conflict when there is none */
export async function writeTotpRemoval(ctx: Ctx, tx: Tx, user: { readonly id: Id<'AppUser'>; readonly countyId: Id<'OrgUnit'> }, reason: string): Promise<void> {
  if (!(await takeFactorAway(tx, user.id))) throw new Problem('state.conflict', '该用户没有启用动态口令');
  const ended = await revokeSessions(tx, user.id, '动态口令被移除', { now: ctx.now });
  tx.audit({ action: 'user.remove-totp', subject: ['AppUser', user.id], before: null, after: { endedSessions: ended }, reason, countyId: user.countyId });
}

/** 让全部设备退出. */
export function endUserSessions(ctx: Ctx, { params, body }: Input<typeof route.postSessionRevocation>): Promise<Output<typeof route.postSessionRevocation>> {
  return ctx.transact(async (tx) => {
    const user = await lockUser(tx.db, ctx.scope, params.userId);
    const ended = await revokeSessions(tx, user.id, `安全管理员让全部设备退出：${body.reason}`, { now: ctx.now });
    tx.audit({ action: 'user.end-sessions', subject: ['AppUser', user.id], before: null, after: { endedSessions: ended }, reason: body.reason });
    return { ended };
  });
}
