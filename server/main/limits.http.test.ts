import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildServer, type ServeOptions } from '#platform/http/serve.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from './modules.ts';
import { signedIn } from './testing/sign-in.ts';
import { makeWorld, type World } from './testing/world.ts';

let kit: TestKit;
let world: World;
const open: FastifyInstance[] = [];
beforeAll(async () => { kit = await testKit(modules, { size: 2 }); world = await makeWorld(kit.kit); });
afterEach(async () => { for (const app of open.splice(0)) await app.close(); });
afterAll(() => kit.stop());

const LIMITS = { perSession: 8, perAddress: 4 };
async function serverWith(options: ServeOptions): Promise<FastifyInstance> {
  const app = await buildServer(kit.kit, { logLevel: 'silent', ...options });
  open.push(app);
  return app;
}

interface How { readonly from?: string; readonly headers?: Record<string, string>; readonly url?: string }
/** Statuses of five requests, each asked its own way. */
async function five(app: FastifyInstance, how: (at: number) => How): Promise<number[]> {
  const statuses: number[] = [];
  for (const at of [1, 2, 3, 4, 5]) statuses.push(...(await ask(app, 1, how(at))));
  return statuses;
}
/** Statuses of so many requests, one after the other. */
async function ask(app: FastifyInstance, times: number, how: How = {}): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < times; at++) statuses.push((await app.inject({ method: 'GET', url: how.url ?? '/api/me', remoteAddress: how.from ?? '203.0.113.7', headers: how.headers ?? {} })).statusCode);
  return statuses;
}

test('signed out, an address is refused after its limit: 429 as a problem, in Chinese, saying when to come again; another address is not', async () => {
  const app = await serverWith({ limits: LIMITS });
  expect(await ask(app, 5)).toEqual([401, 401, 401, 401, 429]);
  const refused = await app.inject({ method: 'GET', url: '/api/me', remoteAddress: '203.0.113.7' });
  expect(refused.headers['content-type']).toContain('application/problem+json');
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.json()).toMatchObject({ code: 'rate.limited', status: 429, detail: expect.stringMatching(/^操作过于频繁，请 \d+ 秒后再试$/) });
  expect(await ask(app, 1, { from: '203.0.113.8' })).toEqual([401]);
});

test('a new made-up cookie each time is still the same address; so is another address of the same /64', async () => {
  const app = await serverWith({ limits: LIMITS });
  expect(await five(app, (at) => ({ headers: { cookie: `shanzhi_session=${String(at).repeat(43)}` } }))).toEqual([401, 401, 401, 401, 429]);
  expect(await five(app, (at) => ({ from: `2001:db8::${at}` }))).toEqual([401, 401, 401, 401, 429]);
});

test('a session has its own limit, whatever its office’s address does, and health, pages and files none', async () => {
  const app = await serverWith({ limits: LIMITS });
  const clerk = await signedIn(app, 'clerk');
  await ask(app, 5, { from: '127.0.0.1' });
  expect(await ask(app, 9, { from: '127.0.0.1', headers: clerk.headers })).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 429]);
  expect(new Set(await ask(app, 20, { url: '/healthz' }))).toEqual(new Set([200]));
  expect(new Set(await ask(app, 20, { url: '/problems/not-found' }))).toEqual(new Set([200]));
});

test('an API key has a limit of its own once it has opened something; one that is made up counts with its address', async () => {
  const app = await serverWith({ limits: LIMITS });
  const security = await signedIn(app, 'security');
  const made = await app.inject({ method: 'POST', url: '/api/api-keys', headers: { ...security.headers, 'idempotency-key': 'limits-key-1' }, payload: { name: '监管平台', scopeId: world.countyId, permissions: ['registry.read'], endsOn: '2027-11-20' } });
  const bearer = (secret: string) => ({ from: '203.0.113.30', url: '/api/whoami', headers: { authorization: `Bearer ${secret}` } });
  expect(await ask(app, 10, bearer(made.json<{ secret: string }>().secret))).toEqual([...Array.from({ length: 9 }, () => 200), 429]);
  expect(await five(app, (at) => bearer(`sz_made_up_${at}`))).toEqual([401, 401, 401, 429, 429]);
});

test('X-Forwarded-For moves nobody out of a limit or a lock unless it comes through a proxy that is believed', async () => {
  const forged = (app: FastifyInstance, from: string) => five(app, (at) => ({ from, headers: { 'x-forwarded-for': `198.51.100.${at}` } }));
  expect(await forged(await serverWith({ limits: LIMITS }), '203.0.113.7')).toEqual([401, 401, 401, 401, 429]);
  expect(await forged(await serverWith({ limits: LIMITS, trustProxy: [] }), '127.0.0.1')).toEqual([401, 401, 401, 401, 429]);
  const behind = await serverWith({ limits: LIMITS, trustProxy: ['10.0.0.5'] });
  expect(await forged(behind, '10.0.0.5')).toEqual([401, 401, 401, 401, 401]);
  expect(await forged(behind, '10.0.0.6')).toEqual([401, 401, 401, 401, 429]);
  // What a visitor writes himself stands before the address our proxy adds: the added one counts.
  expect(await five(behind, (at) => ({ from: '10.0.0.5', headers: { 'x-forwarded-for': `198.51.100.${at}, 203.0.113.99` } }))).toEqual([401, 401, 401, 401, 429]);
});

test('the address a failed sign-in is filed under is the believed one too', async () => {
  const app = await serverWith({ trustProxy: ['10.0.0.5'] });
  const tryFrom = (from: string, claimed: string) => app.inject({ method: 'POST', url: '/api/sessions', remoteAddress: from, headers: { 'x-forwarded-for': claimed }, payload: { login: 'nobody-here', password: 'wrong wrong wrong' } });
  await tryFrom('203.0.113.50', '198.51.100.1');
  await tryFrom('10.0.0.5', '198.51.100.2');
  const { rows } = await kit.kit.database.read({ level: 'everything', id: null, countyId: null }, async (db) => ({ rows: await db.selectFrom('platform.signInGuard').select('key').where('key', 'like', 'address:%').execute() }));
  expect(rows.map(({ key }) => key).toSorted()).toEqual(expect.arrayContaining(['address:198.51.100.2', 'address:203.0.113.50']));
  expect(rows.map(({ key }) => key)).not.toContain('address:198.51.100.1');
});
