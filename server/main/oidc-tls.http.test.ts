import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { openProvider } from '#platform/identity/oidc/provider.ts';
import { startProvider, type TestProvider } from '#platform/identity/oidc/testing/provider.ts';
import { newId } from '#platform/ids.ts';
import { authority } from '#platform/testing/certificates.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from './modules.ts';
import { makeWorld } from './testing/world.ts';

const ORIGIN = 'http://127.0.0.1:8080';
const root = authority('County Root');
let provider: TestProvider;
let kit: TestKit;
beforeAll(async () => {
  provider = await startProvider(`${ORIGIN}/sign-in/oidc`, { server: root.issue(['127.0.0.1']), root: root.cert });
  kit = await testKit(modules, { origin: ORIGIN, oidc: { ...provider.config, authority: root.cert }, at: new Date().toISOString() });
  await makeWorld(kit.kit);
});
afterAll(async () => { await kit.stop(); await provider.stop(); });

interface Body { readonly code?: string; readonly detail?: string; readonly url: string; readonly outcome?: string; readonly continueAt?: string }

/** One browser at a server that believes `believed` of the provider. */
async function browser(believed: string | undefined): Promise<{ ask(method: 'POST' | 'DELETE', path: string, payload?: object): Promise<{ status: number; body: Body }>; close(): Promise<void> }> {
  const app: FastifyInstance = await buildServer({ ...kit.kit, oidc: openProvider({ ...provider.config, ...(believed === undefined ? {} : { authority: believed }) }) }, { logLevel: 'silent' });
  const jar = new Map<string, string>();
  let csrf = '';
  return {
    close: () => app.close(),
    async ask(method, path, payload = {}) {
      const answer = await app.inject({ method, url: `/api${path}`, payload, headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; '), 'x-shanzhi-csrf': csrf, 'sec-fetch-site': 'same-origin', 'idempotency-key': newId() } });
      for (const { name, value } of answer.cookies) jar.set(name, value);
      const body = answer.json<Body & { me?: { csrfToken: string } }>();
      csrf = body.me?.csrfToken ?? csrf;
      return { status: answer.statusCode, body };
    },
  };
}

test('a provider under the county’s own root is signed in to and left over TLS, when that root is named', async () => {
  const user = await kit.kit.database.read(everything, (db) => db.selectFrom('platform.appUser').select(['id', 'countyId']).where('login', '=', 'clerk').executeTakeFirstOrThrow());
  await kit.kit.database.write(everything, (db) => db.insertInto('platform.oidcBinding').values({ id: newId<'OidcBinding'>(), userId: user.id, countyId: user.countyId, issuer: provider.config.issuer, subject: 'sub-tls', origin: 'self', boundBy: user.id, boundAt: kit.kit.clock.now() }).execute());
  expect(provider.config.issuer).toMatch(/^https:/u);
  const { ask, close } = await browser(root.cert);
  const out = await ask('POST', '/oidc/authorizations');
  expect([out.status, out.body.detail]).toEqual([200, undefined]);
  const back = await provider.visit(out.body.url, 'sub-tls');
  expect(await ask('POST', '/oidc/answers', { answer: back.search })).toMatchObject({ status: 200, body: { outcome: 'signed-in', me: { user: { login: 'clerk' } } } });
  const left = await ask('DELETE', '/sessions/current');
  expect(left.body.continueAt).toMatch(/^https:.*id_token_hint=/u);
  expect((await provider.leave(left.body.continueAt ?? '')).href).toBe(`${ORIGIN}/sign-in`);
  await close();
});

test.each<[string, string | undefined]>([['no root is named', undefined], ['another root is named', authority('Another Root').cert]])('when %s nobody is sent there, and the page says which setting is missing', async (_what, believed) => {
  const { ask, close } = await browser(believed);
  provider.asked.length = 0;
  expect(await ask('POST', '/oidc/authorizations')).toMatchObject({ status: 503, body: { code: 'oidc.unavailable', detail: expect.stringMatching(/认证平台的证书不是可信的机构签发的，没有连接.*SHANZHI_OIDC_CA_FILE.*用账号和密码登录/u) } });
  expect(provider.asked).toEqual([]);
  await close();
});
