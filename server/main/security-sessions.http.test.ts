import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { COOKIE, CSRF_HEADER } from '#platform/http/session.ts';
import { buildServer } from '#platform/http/serve.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from './modules.ts';
import { signedIn, type Signed } from './testing/sign-in.ts';
import { makeWorld, WORLD_PASSWORD, type World } from './testing/world.ts';

let kit: TestKit;
let app: FastifyInstance;
let https: FastifyInstance;
let world: World;
let clerk: Signed;

beforeAll(async () => {
  kit = await testKit(modules, { size: 4 });
  world = await makeWorld(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  https = await buildServer({ ...kit.kit, origin: 'https://wuye.example.gov.cn' }, { logLevel: 'silent' });
  clerk = await signedIn(app, 'clerk');
});
afterAll(async () => { await app.close(); await https.close(); await kit.stop(); });

const signIn = (login: string, password = WORLD_PASSWORD, more: InjectOptions = {}, on = app) => on.inject({ method: 'POST', url: '/api/sessions', payload: { login, password }, ...more });
const cookieOf = (answer: { headers: Readonly<Record<string, string | string[] | number | undefined>> }) => answer.headers['set-cookie']?.toString() ?? '';
const entries = () => kit.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow());
let sent = 0;
const write = (by: Signed, headers: Record<string, string | undefined>, url = '/api/companies', body: unknown = { name: '某物业有限公司' }) => {
  sent += 1;
  return app.inject({ method: 'POST', url, payload: JSON.stringify(body), headers: { 'content-type': 'application/json', ...by.headers, 'idempotency-key': `security-${sent}`, ...headers } });
};

describe('the cookie of a session', () => {
  test('is not for scripts, nor other sites; over https only where the origin is https; and holds nothing but a token', async () => {
    const [http, secure] = [cookieOf(await signIn('leader')), cookieOf(await signIn('leader', WORLD_PASSWORD, {}, https))];
    for (const cookie of [http, secure]) expect(cookie).toMatch(new RegExp(`^${COOKIE}=[\\w-]{43}; Path=/; HttpOnly;.*SameSite=Lax`));
    expect([/Secure/.test(http), /Secure/.test(secure), /Domain=/i.test(http)]).toEqual([false, true, false]);
  });
  test('brought along to a sign-in is thrown away: nobody can be made to use a token that another knows', async () => {
    const planted = 'a'.repeat(43);
    const token = /=([\w-]{43});/.exec(cookieOf(await signIn('leader', WORLD_PASSWORD, { cookies: { [COOKIE]: planted } })))?.[1];
    expect(token).not.toBe(planted);
    expect((await app.inject({ method: 'GET', url: '/api/me', cookies: { [COOKIE]: planted } })).statusCode).toBe(401);
  });
  test('is worth nothing after signing out, even to who kept a copy', async () => {
    const someone = await signedIn(app, 'department');
    await app.inject({ method: 'GET', url: '/api/me', headers: someone.headers });
    expect((await app.inject({ method: 'DELETE', url: '/api/sessions/current', headers: someone.headers })).statusCode).toBe(200);
    expect((await app.inject({ method: 'GET', url: '/api/estates', headers: someone.headers })).statusCode).toBe(401);
  });
  test.each(['', 'x', '%00', 'a'.repeat(6_000), '%E0%A4%A', '__proto__', '"a;b"', '\u00ff'])('that is rubbish (%#) is no session and no error', async (value) => {
    const answer = await app.inject({ method: 'GET', url: '/api/me', headers: { cookie: `${COOKIE}=${value}; ${COOKIE}=${value}` } });
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'session.required']);
  });
});

describe('a change asked for from elsewhere', () => {
  const foreign: [string, Record<string, string>][] = [
    ['another site', { origin: 'https://evil.example' }], ['a sibling host', { origin: 'http://other.127.0.0.1:8080' }], ['another port', { origin: 'http://127.0.0.1:9999', host: '127.0.0.1:8080' }],
    ['a frame without an origin', { origin: 'null' }], ['an origin that is no address', { origin: '::::' }], ['an origin with a user name', { origin: 'http://127.0.0.1:8080@evil.example' }],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }], ['a page elsewhere', { 'sec-fetch-site': 'cross-site' }], ['a page with another token', { [CSRF_HEADER]: 'x'.repeat(22) }], ['a page with an empty token', { [CSRF_HEADER]: '' }],
  ];
  test.each(foreign)('%s is refused and writes nothing', async (_name, headers) => {
    const before = await entries();
    const answer = await write(clerk, headers);
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'session.cross-site']);
    expect(await entries()).toEqual(before);
  });
  test('without any token is refused, whatever kind of form it pretends to be', async () => {
    const cookie = { cookie: clerk.headers['cookie'] ?? '' };
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=b']) {
      const answer = await app.inject({ method: 'POST', url: '/api/companies', headers: { ...cookie, 'content-type': type, 'idempotency-key': 'security-form' }, payload: '{}' });
      expect([type, answer.statusCode >= 400 && answer.statusCode < 500]).toEqual([type, true]);
      expect(answer.json().code).toMatch(/session\.cross-site|input\.invalid/);
    }
  });
  test('signing in counts too: a stranger’s page signs nobody in', async () => {
    expect((await signIn('leader', WORLD_PASSWORD, { headers: { origin: 'https://evil.example' } })).json().code).toBe('session.cross-site');
  });
  test('never changes anything by GET: no route that writes answers one', () => {
    const writing = modules.flatMap((module) => module.routes).filter(({ route }) => route.method === 'GET' && route.access === 'write');
    expect(writing).toEqual([]);
  });
});

describe('an address that pretends', () => {
  test('by the Host header moves no link of ours: problems name the configured origin', async () => {
    const answer = await app.inject({ method: 'GET', url: '/api/me', headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' } });
    expect(answer.json().type).toBe('http://127.0.0.1:8080/problems/session.required');
    expect(JSON.stringify([answer.headers, answer.body])).not.toContain('evil.example');
  });
  test('is never redirected to: nothing of ours answers 3xx with a place of the asker’s choosing', async () => {
    for (const url of ['//evil.example', '/%2f%2fevil.example', '/\\evil.example', '/?next=https://evil.example', '/api/sessions?next=//evil.example', '/problems/%2f%2fevil.example']) {
      const answer = await app.inject({ method: 'GET', url });
      expect([url, answer.statusCode >= 300 && answer.statusCode < 400, answer.headers.location]).toEqual([url, false, undefined]);
    }
    expect((await signIn('leader', WORLD_PASSWORD, { url: '/api/sessions?next=https://evil.example' })).headers.location).toBeUndefined();
  });
});

describe('who has an account', () => {
  test('is not told by a refused sign-in: known, unknown and disabled are answered alike', async () => {
    await kit.kit.database.write(everything, (db) => db.updateTable('platform.appUser').set({ disabledAt: kit.clock.now() }).where('login', '=', 'other-auditor').execute());
    const bodies = [];
    for (const [login, password] of [['leader', 'wrong-password-1'], ['nobody-here', 'wrong-password-1'], ['other-auditor', WORLD_PASSWORD]] as const) {
      await kit.kit.database.write(everything, (db) => db.deleteFrom('platform.signInGuard').execute());
      const { statusCode, headers, body } = await signIn(login, password);
      bodies.push([statusCode, body.replace(/urn:request:[\w-]+/, ''), Object.keys(headers).toSorted().join()]);
    }
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
  });
  test('is not told by locking either: an unknown account locks like a known one', async () => {
    const told = async (login: string) => {
      await kit.kit.database.write(everything, (db) => db.deleteFrom('platform.signInGuard').execute());
      const codes: string[] = [];
      for (let n = 0; n < 7; n += 1) codes.push(String((await signIn(login, 'wrong-password-1')).json().code));
      return codes;
    };
    expect(await told('nobody-here')).toEqual(await told('leader'));
    await kit.kit.database.write(everything, (db) => db.deleteFrom('platform.signInGuard').execute());
  });
});

describe('an id that rides in a body, a query or a mark of the next page', () => {
  const township = () => signedIn(app, '右侧-township');
  test('opens nothing of another half: estates, buildings, owners, companies, batches', async () => {
    const stranger = await township();
    const { left, right } = world;
    const asks: [string, unknown, number?][] = [
      [`/api/estates/${right.ids['estateId']}/merge`, { intoId: left.ids['estateId'], reason: '合并到别处去' }],
      [`/api/buildings/${right.ids['buildingId']}/merge`, { intoId: left.ids['buildingId'], reason: '合并到别处去' }],
      [`/api/owners/${right.ids['ownerId']}/merge`, { intoId: left.ids['ownerId'], reason: '合并到别处去' }],
      [`/api/units/${right.ids['unitId']}/merge`, { intoId: left.ids['unitId'], reason: '合并到别处去' }],
      [`/api/estates/${right.ids['estateId']}/split`, { name: '分出小区', onDate: '2026-01-05', basis: '批复', buildingIds: [left.ids['buildingId']] }],
      [`/api/estates/${right.ids['estateId']}/units`, { buildingId: left.ids['buildingId'], entrance: '1', room: '999', usage: 'residence', deliveredOn: null, areaCm2: null, areaSource: null }],
    ];
    for (const by of [stranger, clerk]) for (const [url, body] of by === clerk ? asks.slice(4) : asks) {
      const answer = await write(by, { 'if-match': '"1"' }, url, body);
      expect([url, answer.statusCode >= 400 && answer.statusCode < 500, answer.body.includes('左侧')]).toEqual([url, true, false]);
    }
  });
  test('of another half in the mark of the next page shows only the asker’s own', async () => {
    const stranger = await township();
    for (const path of ['estates', 'units', 'owners', 'committees', 'service-contracts', 'papers', 'ledger-batches', 'report-forms', 'report-sendings']) {
      for (const after of [world.left.ids['estateId'] ?? '', 'f'.repeat(8) + '-ffff-7fff-bfff-' + 'f'.repeat(12), Buffer.from(JSON.stringify([world.left.ids['estateId'], ''])).toString('base64url')]) {
        const answer = await app.inject({ method: 'GET', url: `/api/${path}?after=${after}`, headers: stranger.headers });
        expect([path, [200, 400].includes(answer.statusCode), /(?<!企)左侧/.test(answer.body)]).toEqual([path, true, false]);
      }
    }
  });
  test('of another person’s post or session takes nobody’s place', async () => {
    const [stranger, own] = [await township(), await app.inject({ method: 'GET', url: '/api/me', headers: clerk.headers })];
    const grantId = /"id":"([0-9a-f-]{36})","role"/.exec(own.body)?.[1];
    expect(grantId).toBeDefined();
    const switched = await app.inject({ method: 'PUT', url: '/api/me/active-grant', headers: stranger.headers, payload: { grantId } });
    expect(switched.statusCode).toBe(404);
    const sessions = await app.inject({ method: 'GET', url: '/api/me/sessions', headers: clerk.headers });
    const id = String(sessions.json().rows[0].id);
    expect((await app.inject({ method: 'DELETE', url: `/api/me/sessions/${id}`, headers: stranger.headers })).statusCode).toBe(404);
    expect((await app.inject({ method: 'GET', url: '/api/me', headers: clerk.headers })).statusCode).toBe(200);
  });
});

describe('a header that is rubbish', () => {
  const rubbish = ['', '""', '"abc"', '"1"x', 'W/"1"', '*', '99999999999999999999', '-1', '"\u00ff"'];
  test.each(rubbish)('If-Match %j is refused', async (value) => {
    const answer = await app.inject({ method: 'PUT', url: `/api/estates/${world.left.ids['estateId']}/name`, headers: { ...clerk.headers, 'if-match': value }, payload: { name: '新名', onDate: null, basis: null } });
    expect([400, 412, 428]).toContain(answer.statusCode);
  });
  test.each(['', 'short', 'x'.repeat(101), 'a\tb c d e f g', '\u00e9'.repeat(10)])('Idempotency-Key %j is refused or taken as a mark, never an error', async (value) => {
    const answer = await write(clerk, { 'idempotency-key': value });
    expect(answer.statusCode).toBeLessThan(500);
  });
  test.each(['', 'application/xml', 'text/plain', 'application/json; charset=utf-16', 'multipart/form-data', 'multipart/form-data; boundary=', 'x'.repeat(500), 'application/json; x="\u00ff'])('Content-Type %j is refused in words', async (value) => {
    for (const url of ['/api/companies', '/api/ledger-batches', '/api/sessions']) {
      const answer = await write(clerk, { 'content-type': value }, url, 'x');
      expect([url, answer.statusCode >= 400 && answer.statusCode < 500, answer.headers['content-type']]).toEqual([url, true, 'application/problem+json; charset=utf-8']);
      expect(answer.json().detail).toMatch(/[\u4e00-\u9fff]/);
    }
  });
  test.each(['{', '[', '{"a":1,}', '{"__proto__":{"a":1}}', '{"constructor":{"prototype":{}}}', '\0', '\ufeff{}', '['.repeat(500_000), '{"a":'.repeat(300_000), 'x'.repeat(3_000_000)])('a body that is no such thing (%#) is refused in words', async (payload) => {
    const answer = await app.inject({ method: 'POST', url: '/api/companies', headers: { ...clerk.headers, 'content-type': 'application/json', 'idempotency-key': 'security-body' }, payload });
    expect([answer.statusCode >= 400 && answer.statusCode < 500, answer.headers['content-type']]).toEqual([true, 'application/problem+json; charset=utf-8']);
    expect(answer.json().detail).toMatch(/[\u4e00-\u9fff]/);
  });
});
