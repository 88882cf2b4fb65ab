import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modules } from '#server/main/modules.ts';
import { signedIn, type Signed } from '#server/main/testing/sign-in.ts';
import { makeWorld, type World } from '#server/main/testing/world.ts';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';

let kit: TestKit;
let app: FastifyInstance;
let world: World;
let clerk: Signed;
beforeAll(async () => {
  kit = await testKit(modules, { size: 4 });
  world = await makeWorld(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  clerk = await signedIn(app, 'clerk');
});
afterAll(async () => { await app.close(); await kit.stop(); });

const part = () => `/api/collections/${world.left.ids['collectionId']}/parts/${world.left.ids['partId']}`;
const post = (url: string, payload: Record<string, unknown>, headers: Record<string, string> = {}) => app.inject({ method: 'POST', url, payload, headers: { 'idempotency-key': `key-${Math.random()}`, ...headers } });
const tokenOf = (path: string) => path.slice(path.indexOf('#') + 1);
const newToken = async () => tokenOf(String((await post(`${part()}/links`, {}, clerk.headers)).json().path));

test('whoever holds the link fills in that one part without an account, gives a name and nothing more, and sees no other name', async () => {
  const token = await newToken();
  const opened = await post('/api/collection-links/opening', { token });
  expect([opened.statusCode, opened.json().recipientName, opened.json().answers, opened.body.includes('右侧')]).toEqual([200, '左侧社区', [], false]);
  const [row] = opened.json().rows;
  const answer = { token, version: opened.json().version, byName: '王五', isUnchanged: false, act: 'hand-in', values: { [row.id]: { c1: 15 } } };
  expect((await post('/api/collection-links/answers', { ...answer, byName: ' ' })).json()).toMatchObject({ code: 'input.invalid' });
  expect((await post('/api/collection-links/answers', { ...answer, values: { [row.id]: { c1: '十五' } } })).json().errors).toMatchObject([{ pointer: `/values/${row.id}/c1` }]);
  const handed = await post('/api/collection-links/answers', answer);
  expect([handed.statusCode, handed.json().isHandedIn]).toEqual([200, true]);
  expect((await post('/api/collection-links/answers', answer)).json().code).toBe('state.stale');
  const board = (await app.inject({ method: 'GET', url: `/api/collections/${world.left.ids['collectionId']}/merged`, headers: clerk.headers })).json();
  expect([board.openConflicts, board.answers.map(({ source, byName }: { source: string; byName: string }) => [source, byName])]).toEqual([1, [['online', '左侧社区'], ['link', '王五']]]);
  const entry = await kit.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select(['actorName', 'actorId', 'after']).where('action', '=', 'collection.hand-in').executeTakeFirstOrThrow());
  expect([entry.actorName, entry.actorId, JSON.stringify(entry.after).includes('15')]).toEqual(['王五（链接填报）', null, false]);
});

test('a link revoked, expired or made up opens nothing', async () => {
  const [token, other] = [await newToken(), await newToken()];
  expect((await post('/api/collection-links/opening', { token: `${token.slice(0, -2)}xx` })).json().code).toBe('link.unknown');
  expect((await app.inject({ method: 'PUT', url: `${part()}/links-revocation`, payload: {}, headers: clerk.headers })).json()).toEqual({ revoked: 3 });
  expect((await post('/api/collection-links/opening', { token })).json().code).toBe('link.over');
  expect((await post('/api/collection-links/opening', { token: other })).statusCode).toBe(410);
  const late = await newToken();
  kit.clock.set('2026-12-04T15:59:59.000Z');
  expect((await post('/api/collection-links/opening', { token: late })).statusCode).toBe(200);
  kit.clock.set('2026-12-04T16:00:00.000Z');
  expect((await post('/api/collection-links/opening', { token: late })).json().code).toBe('link.over');
  kit.clock.set('2026-11-20T02:00:00.000Z');
});

test('a change without the version that was read is refused', async () => {
  const town = await signedIn(app, '左侧-township');
  const answer = await app.inject({ method: 'PUT', url: `/api/collection-parts/${world.left.ids['partId']}/answer`, payload: { values: {} }, headers: town.headers });
  expect([answer.statusCode, answer.json().code]).toEqual([428, 'state.version-required']);
});
