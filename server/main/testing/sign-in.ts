import type { FastifyInstance } from 'fastify';
import { COOKIE, CSRF_HEADER } from '#platform/http/session.ts';
import { WORLD_PASSWORD } from './world.ts';

/** A signed-in user's headers. */
export interface Signed { readonly login: string; readonly headers: Record<string, string> }

/** 登录 through the API, as a browser does. */
export async function signedIn(app: FastifyInstance, login: string, password = WORLD_PASSWORD): Promise<Signed> {
  const answer = await app.inject({ method: 'POST', url: '/api/sessions', payload: { login, password } });
  if (answer.statusCode !== 200) throw new Error(`${login}: ${answer.body}`);
  const token = answer.cookies.find((cookie) => cookie.name === COOKIE)?.value ?? '';
  const me = await app.inject({ method: 'GET', url: '/api/me', cookies: { [COOKIE]: token } });
  return { login, headers: { cookie: `${COOKIE}=${token}`, [CSRF_HEADER]: String(me.json().csrfToken) } };
}
