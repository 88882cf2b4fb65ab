import { expect } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { startProvider } from '#platform/identity/oidc/testing/provider.ts';
import { newId } from '#platform/ids.ts';
import { testKit } from '#platform/testing/kit.ts';
import { modules } from '../modules.ts';
import { makeWorld, WORLD_PASSWORD } from './world.ts';

const ORIGIN = 'http://127.0.0.1:8080';

export interface Body { readonly code?: string; readonly detail: string; readonly url: string; readonly key: string; readonly name: string | null; readonly outcome: string; readonly continueAt?: string | null; readonly staysOutside?: boolean; readonly next: string | null; readonly csrfToken?: string; readonly me?: { readonly csrfToken: string; readonly user: { readonly login: string } }; readonly user?: { readonly id: string; readonly login: string }; readonly id: string; readonly rows: readonly { readonly id: string; readonly userId?: string; readonly subject: string; readonly origin: string; readonly endedAt: string | null }[] }
export interface Asked { readonly status: number; readonly body: Body; readonly cookies: readonly string[] }

/** 外部登录的测试台: a provider that is really there, our own server beside it, and browsers that go from one to the other. */
export async function oidcDesk() {
  const provider = await startProvider(`${ORIGIN}/sign-in/oidc`);
  // The provider's identities bear the time of its own clock.
  const kit = await testKit(modules, { size: 4, origin: ORIGIN, oidc: provider.config, at: new Date().toISOString() });
  const world = await makeWorld(kit.kit);
  const app = await buildServer(kit.kit, { logLevel: 'silent' });

  /** One person's browser at our own pages. */
  class Browser {
    readonly jar = new Map<string, string>();
    csrf = '';
    async ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object, headers: Record<string, string> = {}): Promise<Asked> {
      const answer = await app.inject({
        method, url: `/api${path}`, ...(method === 'GET' ? {} : { payload: payload ?? {} }),
        headers: { cookie: [...this.jar].map((pair) => pair.join('=')).join('; '), 'x-shanzhi-csrf': this.csrf, 'sec-fetch-site': 'same-origin', ...(method === 'POST' ? { 'idempotency-key': newId() } : {}), ...headers },
      });
      for (const { name, value } of answer.cookies) { if (value === '') this.jar.delete(name); else this.jar.set(name, value); }
      const body = answer.json<Body>();
      this.csrf = body.me?.csrfToken ?? body.csrfToken ?? this.csrf;
      return { status: answer.statusCode, body, cookies: [answer.headers['set-cookie'] ?? ''].flat() };
    }
    async signIn(login: string): Promise<this> {
      expect((await this.ask('POST', '/sessions', { login, password: WORLD_PASSWORD })).status).toBe(200);
      return this;
    }
    /** To the provider, signing in there as somebody. @returns where it sent the browser back to */
    async goOut(as: string | null, next?: string): Promise<URL> {
      const { status, body } = await this.ask('POST', '/oidc/authorizations', next === undefined ? {} : { next });
      expect([status, body.detail]).toEqual([200, undefined]);
      return provider.visit(body.url, as);
    }
    comeBack(answer: URL | string): Promise<Asked> { return this.ask('POST', '/oidc/answers', { answer: typeof answer === 'string' ? answer : answer.search }); }
    async come(as: string, next?: string): Promise<Asked> { return this.comeBack(await this.goOut(as, next)); }
  }

  let count = 0;
  /** Binds a fresh identity to an account, as its owner does. @returns the identity */
  async function bound(login: string): Promise<string> {
    count += 1;
    const subject = `sub-${String(count)}`;
    const browser = await new Browser().signIn(login);
    for (const { id, endedAt } of (await browser.ask('GET', '/me/oidc-bindings')).body.rows) if (endedAt === null) await browser.ask('DELETE', `/me/oidc-bindings/${id}`);
    const { body } = await browser.ask('POST', '/me/oidc-bindings', { password: WORLD_PASSWORD });
    expect(await browser.comeBack(await provider.visit(body.url, subject))).toMatchObject({ status: 200, body: { outcome: 'bound' } });
    return subject;
  }
  /** What is kept of the provider's identities, of one account. */
  const hints = async (login: string) => (await kit.kit.database.read(everything, (db) => db.selectFrom('platform.session as s').innerJoin('platform.appUser as u', 'u.id', 's.userId').select('s.idTokenCipher').where('u.login', '=', login).where('s.idTokenCipher', 'is not', null).execute())).map(({ idTokenCipher }) => idTokenCipher);
  const claimsIn = (token: string | null): Record<string, unknown> => JSON.parse(Buffer.from((token ?? '').split('.')[1] ?? '', 'base64url').toString());
  const entries = (action: string) => kit.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select(['reason', 'actorName', 'after', 'countyId']).where('action', '=', action).orderBy('entryNo').execute());

  return {
    ORIGIN, provider, kit, world, app, Browser, bound, hints, claimsIn, entries,
    begin: () => { provider.tamper({}); provider.asked.length = 0; },
    stop: async () => { await app.close(); await kit.stop(); await provider.stop(); },
  };
}
