import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kit } from '../kit.ts';
import { Problem } from '../problem.ts';
import { recall, remember } from '../identity/remembered.ts';
import { ATTEMPT_SECONDS } from '../identity/oidc/attempt.ts';
import { openSession, type SessionFacts } from '../identity/sessions.ts';

export const COOKIE = 'shanzhi_session';
export const CSRF_HEADER = 'x-shanzhi-csrf';

/** The session cookie: not for scripts, not across sites, only over https where the origin is https. */
export function setCookie(reply: FastifyReply, kit: Kit, token: string | null): void {
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: kit.origin.startsWith('https:') } as const;
  if (token === null) void reply.clearCookie(COOKIE, options);
  else void reply.setCookie(COOKIE, token, options);
}

/** Ties a visit to the provider to this browser; sealed, for ten minutes, sent only where the answer is taken. */
export const ATTEMPT_COOKIE = 'shanzhi_oidc';

/** Sets or clears the cookie of a visit to the provider. */
export function setAttemptCookie(reply: FastifyReply, kit: Kit, sealed: string | null): void {
  const options = { path: '/api/oidc', httpOnly: true, sameSite: 'lax', secure: kit.origin.startsWith('https:') } as const;
  if (sealed === null) void reply.clearCookie(ATTEMPT_COOKIE, options);
  else void reply.setCookie(ATTEMPT_COOKIE, sealed, { ...options, maxAge: ATTEMPT_SECONDS });
}

/** An owner's own session, shown by his telephone: sent to the owners' routes only, and good for nothing else. */
export const OWNER_COOKIE = 'shanzhi_owner';

/** Sets or clears the cookie of an owner's telephone. */
export function setOwnerCookie(reply: FastifyReply, kit: Kit, kept: { readonly token: string; readonly seconds: number } | null): void {
  const options = { path: '/api/owner', httpOnly: true, sameSite: 'strict', secure: kit.origin.startsWith('https:') } as const;
  if (kept === null) void reply.clearCookie(OWNER_COOKIE, options);
  else void reply.setCookie(OWNER_COOKIE, kept.token, { ...options, maxAge: kept.seconds });
}

/** Who is asking? Null when there is no living session. */
export async function sessionOf(kit: Kit, request: FastifyRequest): Promise<SessionFacts | null> {
  const token = request.cookies[COOKIE];
  const session = token ? await openSession(kit, { token, now: kit.clock.now() }) : null;
  if (session) remember(kit, session);
  return session;
}

/** Who asked last time with this token? Only for reading: what is read is answered after a check that it is still so. */
export function rememberedSession(kit: Kit, request: FastifyRequest): SessionFacts | null {
  const token = request.method === 'GET' ? request.cookies[COOKIE] : undefined;
  return token ? recall(kit, token) ?? null : null;
}

/** Null for what is no address: the origin of a sandboxed frame or a file is the word `null`. */
const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);

/** 跨站防御: a changing request must come from our own pages (Fetch metadata or Origin) and, when signed in, carry the session's token. */
export function refuseCrossSite(request: FastifyRequest, kit: Kit, session: SessionFacts | null): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  const foreignSite = typeof site === 'string' && site !== 'same-origin' && site !== 'none';
  const foreignOrigin = origin !== undefined && origin !== kit.origin && hostOf(origin) !== request.headers.host;
  if (foreignSite || foreignOrigin) throw new Problem('session.cross-site', '这个请求不是从本系统页面发出的，已拒绝');
  if (session && request.headers[CSRF_HEADER] !== session.csrfToken) throw new Problem('session.cross-site', '可能在别的窗口重新登录过。填写的内容还在，请核对右上角的姓名，再点一次');
}
