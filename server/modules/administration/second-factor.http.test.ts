import type { FastifyInstance } from 'fastify';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { buildServer } from '#platform/http/serve.ts';
import { newId } from '#platform/ids.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { administration } from './index.ts';
import { PASSWORD, world, type World } from './testing/world.ts';

let kit: TestKit;
let app: FastifyInstance;
let given: World;
beforeAll(async () => {
  kit = await testKit([administration]);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  given = await world(kit.kit);
});
afterAll(async () => { await app.close(); await kit.stop(); });

/** What these tests look at in an answer. */
interface Body { readonly code?: string; readonly csrfToken?: string; readonly key: string; readonly uri: string; readonly recoveryCodes: readonly string[]; readonly me?: Body; readonly user: { readonly login: string; readonly hasTotp: boolean; readonly needsTotp: boolean }; readonly rows: readonly { readonly result: string; readonly way: string; readonly device: string; readonly user: { readonly login: string } | null; readonly session: { readonly isOpen: boolean; readonly isCurrent: boolean } | null }[] }
const blank: Body = { key: '', uri: '', recoveryCodes: [], user: { login: '', hasTotp: false, needsTotp: false }, rows: [] };
type Asked = readonly [status: number, body: Body];

/** One person's browser. */
function visitor() {
  let [cookie, csrf] = ['', ''];
  return async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload: object = {}): Promise<Asked> => {
    const answer = await app.inject({
      method, url: `/api${path}`, ...(method === 'GET' ? {} : { payload }),
      headers: { cookie, 'x-shanzhi-csrf': csrf, 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Edg/140', ...(method === 'POST' ? { 'idempotency-key': newId() } : {}) },
    });
    cookie = /shanzhi_session=([^;]*)/.exec([answer.headers['set-cookie'] ?? ''].flat().join(';'))?.[0] ?? cookie;
    // An export is a file.
    if (!String(answer.headers['content-type']).includes('json')) return [answer.statusCode, blank];
    const body = answer.json<Body>();
    csrf = body.csrfToken ?? body.me?.csrfToken ?? csrf;
    return [answer.statusCode, body];
  };
}
const wait = (seconds: number) => kit.clock.set(instantOf(epochOf(kit.kit.clock.now()) + seconds * 1000));
const codeOf = (key: string) => generateSync({ secret: key, epoch: epochOf(kit.kit.clock.now()) / 1000 });
const enter = (login: string, code?: string) => ({ login, password: PASSWORD, ...(code === undefined ? {} : { code }) });

test('a post that demands a code lets nothing else be done before one is set up; then the person works, and signs in with it', async () => {
  await given.user('an', ['security-administrator']);
  const ask = visitor();
  expect(await ask('POST', '/sessions', enter('an'))).toMatchObject([200, { user: { needsTotp: true, hasTotp: false } }]);
  for (const [method, path] of [['GET', '/users'], ['GET', '/me/sessions'], ['GET', '/me/sign-ins'], ['PUT', '/me/active-grant'], ['POST', '/users'], ['POST', '/me/recovery-codes']] as const) {
    expect([path, await ask(method, path)]).toMatchObject([path, [403, { code: 'session.enrolment-required' }]]);
  }
  const [, { key }] = await ask('POST', '/me/totp', { password: PASSWORD });
  const [status, { recoveryCodes, me }] = await ask('POST', '/me/totp/confirmation', { code: codeOf(key) });
  expect([status, recoveryCodes.length, me?.user.hasTotp]).toEqual([200, 10, true]);
  expect((await ask('GET', '/users'))[0]).toBe(200);

  wait(60);
  const later = visitor();
  expect(await later('POST', '/sessions', enter('an'))).toMatchObject([401, { code: 'session.code-required' }]);
  expect((await later('GET', '/me'))[0]).toBe(401);
  expect(await later('POST', '/sessions', enter('an', '000000'))).toMatchObject([401, { code: 'session.wrong-code' }]);
  expect(await later('POST', '/sessions', enter('an', codeOf(key)))).toMatchObject([200, { user: { login: 'an' } }]);
  expect(await later('POST', '/sessions', enter('an', recoveryCodes[0]))).toMatchObject([200, {}]);
});

test('the person sees every sign-in of his own and nobody else’s; the security administrator sees the county’s, and both may export', async () => {
  await given.user('wang', ['bureau-clerk']);
  const ask = visitor();
  await ask('POST', '/sessions', { login: 'wang', password: 'not-the-password' });
  await ask('POST', '/sessions', { login: 'nobody-here', password: 'not-the-password' });
  await ask('POST', '/sessions', enter('wang'));
  const [, own] = await ask('GET', '/me/sign-ins');
  expect(own.rows.map(({ result, way, device, user, session }) => [result, way, device, user?.login, session?.isCurrent])).toEqual([
    ['in', 'password', 'Windows Edge', 'wang', true], ['wrong-password', 'password', 'Windows Edge', 'wang', undefined],
  ]);
  expect((await ask('GET', '/sign-ins'))[0]).toBe(403);
  const auditor = visitor();
  await given.asksNoCode(await given.user('shen', ['audit-administrator']));
  await auditor('POST', '/sessions', enter('shen'));
  const [, all] = await auditor('GET', '/sign-ins?failed=true');
  expect(all.rows.map(({ user, result }) => [user?.login ?? null, result])).toEqual([[null, 'wrong-password'], ['wang', 'wrong-password'], ['an', 'wrong-code']]);
  expect((await auditor('GET', '/sign-ins?q=wang&result=in'))[1].rows).toHaveLength(1);
  for (const [who, path] of [[ask, '/me/sign-ins/export'], [auditor, '/sign-ins/export']] as const) expect(await who('GET', path)).toEqual([200, blank]);
});
