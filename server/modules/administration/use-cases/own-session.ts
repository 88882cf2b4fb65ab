import type { z } from 'zod';
import type * as route from '#contract/administration/session.ts';
import type { Me } from '#contract/administration/session.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { permissions, roleMay, type Permission } from '#contract/permissions.ts';
import { passwordMinLength } from '#domain/administration/policy.ts';
import type { Ctx } from '#platform/context.ts';
import { edgeOf } from '#platform/http/serve-route.ts';
import { changePassword, grantsOf, listSessions, revokeOtherSessions, revokeSession, signIn as signInTo, signOut as endSession, switchGrant, type From, type Grant, type SessionFacts } from '#platform/identity/sessions.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { Problem } from '#platform/problem.ts';
import { deviceOf } from '../device.ts';
import { cameBy, leaveProvider } from './oidc/leave.ts';

/** 来处 of the running request, for entries. */
export const fromOf = (ctx: Ctx): From => ({ ip: ctx.ip, requestId: ctx.requestId });
const isPermission = (key: string): key is Permission => Object.hasOwn(permissions, key);

/** 本人的会话, of the running request. @throws Problem session.required */
export function sessionOf(ctx: Ctx): SessionFacts {
  const { session } = edgeOf(ctx);
  if (!session) throw new Problem('session.required', '请先登录');
  return session;
}

/** 本人与当前岗位 as the pages read it. */
export async function presentMe(ctx: Ctx, session: SessionFacts): Promise<z.input<typeof Me>> {
  const { user, county, active, csrfToken } = session;
  const [grants, minLength] = await Promise.all([grantsOf(ctx.kit, session), parameterValue(ctx, county.id, passwordMinLength, ctx.today)]);
  const shown = ({ countyId: _county, ...grant }: Grant) => grant;
  return {
    user, county, csrfToken, grants: grants.map(shown), active: active && shown(active),
    permissions: active ? Object.keys(permissions).filter(isPermission).filter((each) => roleMay(active.role, each)) : [],
    isDemo: ctx.kit.isDemo, today: ctx.today,
    passwordMinLength: minLength,
  };
}

/** 登录: sets the cookie; the answer is what `GET /me` says. */
export async function signIn(ctx: Ctx, { body }: Input<typeof route.postSession>): Promise<Output<typeof route.postSession>> {
  const { userAgent, setSession, session: before } = edgeOf(ctx);
  const { token, session } = await signInTo(ctx.kit, { ...body, ip: ctx.ip ?? '', userAgent, requestId: ctx.requestId });
  // Whoever signs in over a session that was still open leaves that one behind for good.
  if (before) await endSession(ctx.kit, before, fromOf(ctx));
  setSession(token);
  return presentMe(ctx, session);
}

/** 退出登录: ends the session and clears the cookie; who came in by the county's provider is led out there too. */
export async function signOut(ctx: Ctx): Promise<Output<typeof route.deleteCurrentSession>> {
  const session = sessionOf(ctx);
  // Asked first: what it came in with is forgotten with the session.
  const came = await cameBy(ctx, session);
  await endSession(ctx.kit, session, fromOf(ctx));
  edgeOf(ctx).setSession(null);
  return { done: true, ...await leaveProvider(ctx, came) };
}

/** 本人与当前岗位. */
export const getMe = (ctx: Ctx): Promise<Output<typeof route.getMe>> => presentMe(ctx, sessionOf(ctx));

/** 修改本人密码. */
export async function changeMyPassword(ctx: Ctx, { body }: Input<typeof route.putMyPassword>): Promise<Output<typeof route.putMyPassword>> {
  const { token, session } = await changePassword(ctx.kit, sessionOf(ctx), body, fromOf(ctx));
  edgeOf(ctx).setSession(token);
  return presentMe(ctx, session);
}

/** 切换岗位. */
export async function switchMyGrant(ctx: Ctx, { body }: Input<typeof route.putActiveGrant>): Promise<Output<typeof route.putActiveGrant>> {
  const { token, session } = await switchGrant(ctx.kit, sessionOf(ctx), body.grantId, fromOf(ctx));
  edgeOf(ctx).setSession(token);
  return presentMe(ctx, session);
}

/** 登录设备. */
export async function listMySessions(ctx: Ctx): Promise<Output<typeof route.listMySessions>> {
  const session = sessionOf(ctx);
  const rows = await listSessions(ctx.kit, session);
  return { rows: rows.map(({ userAgent, ...row }) => ({ ...row, isCurrent: row.id === session.sessionId, device: deviceOf(userAgent) })) };
}

/** 退出某个设备. */
export async function revokeMySession(ctx: Ctx, { params }: Input<typeof route.deleteMySession>): Promise<Output<typeof route.deleteMySession>> {
  const session = sessionOf(ctx);
  await revokeSession(ctx.kit, session, params.sessionId, '本人注销', fromOf(ctx));
  if (params.sessionId === session.sessionId) edgeOf(ctx).setSession(null);
  return { done: true };
}

/** 退出其他全部设备. */
export const revokeMyOtherSessions = async (ctx: Ctx): Promise<Output<typeof route.deleteMyOtherSessions>> => ({ ended: await revokeOtherSessions(ctx.kit, sessionOf(ctx), fromOf(ctx)) });
