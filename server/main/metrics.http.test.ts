import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { newId } from '#platform/ids.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { makeMetrics, type Metrics } from '#platform/watch/metrics.ts';
import { listenMetrics } from '#platform/watch/serve-metrics.ts';
import { modules } from './modules.ts';
import { signedIn } from './testing/sign-in.ts';
import { makeWorld, type World } from './testing/world.ts';

const TOKEN = 'a-token-of-the-monitor';
let kit: TestKit;
let world: World;
let metrics: Metrics;
let app: FastifyInstance;
beforeAll(async () => {
  kit = await testKit(modules, { size: 2 });
  world = await makeWorld(kit.kit);
  metrics = makeMetrics(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent', metrics: { of: metrics, token: TOKEN }, limits: { perSession: 1000, perAddress: 10 } });
});
afterAll(async () => { metrics.stop(); await app.close(); await kit.stop(); });

/** The samples of one name, as `labels → value`. */
const samples = (text: string, name: string) => new Map([...text.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`, 'gm'))].map(([, labels = '', value]) => [labels, Number(value)]));

test('requests are counted by route pattern, method and class of status: never by address, and an unknown address makes no series of its own', async () => {
  const clerk = await signedIn(app, 'clerk');
  for (const url of [`/api/estates/${world.left.ids.estateId ?? ''}`, `/api/estates/${world.right.ids.estateId ?? ''}`, '/api/estates/none', '/api/secret-13800138000', '/api/secret-13800138001']) {
    await app.inject({ method: 'GET', url, headers: clerk.headers });
  }
  const text = await metrics.text();
  const counts = samples(text, 'shanzhi_http_request_duration_seconds_count');
  expect(counts.get('method="GET",route="/api/estates/:estateId",status="2xx"')).toBe(2);
  expect(counts.get('method="GET",route="/api/estates/:estateId",status="4xx"')).toBe(1);
  expect(counts.get('method="GET",route="(none)",status="4xx"')).toBe(2);
  expect(text).not.toMatch(/13800138|[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(samples(text, 'shanzhi_http_requests_in_flight').get('')).toBe(0);
});

test('jobs, deliveries, the last backup and its free disk, connections, memory and delay are told; a request too many is counted', async () => {
  await kit.kit.database.write(everything, async (db) => {
    const job = { countyId: world.countyId, kind: 'ledger.read', input: '{}', createdAt: kit.clock.now() };
    await db.insertInto('platform.job').values([{ ...job, id: newId<'Job'>(), status: 'failed', error: 'x' }, { ...job, id: newId<'Job'>(), status: 'waiting' }]).execute();
    const channel = { countyId: world.countyId, kind: 'webhook' as const, facts: '{}', secretCipher: 'x', isOn: true, onSince: kit.clock.now(), createdAt: kit.clock.now(), updatedAt: kit.clock.now() };
    await db.insertInto('platform.noticeChannel').values([{ ...channel, id: newId<'NoticeChannel'>(), name: '好的' }, { ...channel, id: newId<'NoticeChannel'>(), name: '坏的', failingSince: kit.clock.now() }]).execute();
    await db.insertInto('platform.backup').values([
      { id: newId<'Backup'>(), origin: 'schedule', status: 'done', createdAt: kit.clock.now(), finishedAt: kit.clock.now(), path: '/x', sizeBytes: 1234 },
      { id: newId<'Backup'>(), origin: 'schedule', status: 'failed', createdAt: kit.clock.now(), finishedAt: kit.clock.now(), error: 'x' },
    ]).execute();
  });
  kit.clock.set(new Date(Date.parse(kit.clock.now()) + 90_000).toISOString());
  for (let at = 0; at < 12; at++) await app.inject({ method: 'GET', url: '/api/me', remoteAddress: '203.0.113.9' });
  const text = await metrics.text();
  const one = (name: string, labels = '') => samples(text, `shanzhi_${name}`).get(labels);
  expect([one('jobs', 'state="failed"'), one('jobs', 'state="waiting"'), one('job_oldest_waiting_seconds')]).toEqual([1, 1, 90]);
  expect([one('backup_last_success_timestamp_seconds'), one('backup_last_size_bytes'), one('backup_failures_since_success')]).toEqual([Date.parse('2026-11-20T02:00:00.000Z') / 1000, 1234, 1]);
  expect([one('notice_channels', 'state="on"'), one('notice_channels', 'state="failing"'), one('notice_deliveries_waiting')]).toEqual([2, 1, 0]);
  expect(one('backup_free_bytes')).toBeGreaterThan(0);
  expect(one('database_up')).toBe(1);
  expect(one('database_connections', 'state="total"')).toBeGreaterThan(0);
  expect(one('memory_bytes', 'kind="rss"')).toBeGreaterThan(1_000_000);
  expect(one('event_loop_delay_seconds', 'quantile="0.99"')).toBeGreaterThan(0);
  expect(one('http_rate_limited_total')).toBe(2);
});

test('on the public port the address exists for whoever shows the token, and for nobody else', async () => {
  const ask = (authorization?: string) => app.inject({ method: 'GET', url: '/metrics', headers: authorization === undefined ? {} : { authorization } });
  expect((await ask()).statusCode).toBe(404);
  expect((await ask(`Bearer ${TOKEN}x`)).statusCode).toBe(404);
  const shown = await ask(`Bearer ${TOKEN}`);
  expect([shown.statusCode, shown.headers['content-type'], shown.body.includes('shanzhi_database_up 1')]).toEqual([200, metrics.contentType, true]);
  const without = await buildServer(kit.kit, { logLevel: 'silent', metrics: { of: metrics } });
  expect((await without.inject({ method: 'GET', url: '/metrics', headers: { authorization: 'Bearer ' } })).statusCode).toBe(404);
  await without.close();
});

test('on its own port it listens on this machine only, and asks for the token where there is one', async () => {
  const plain = await listenMetrics(metrics, { port: 0, token: undefined });
  const guarded = await listenMetrics(metrics, { port: 0, token: TOKEN });
  const get = async (port: number, headers = {}, path = '/metrics') => (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).status;
  expect([await get(plain.port), await get(plain.port, {}, '/'), await get(guarded.port), await get(guarded.port, { authorization: `Bearer ${TOKEN}` })]).toEqual([200, 404, 401, 200]);
  await expect(fetch(`http://[::1]:${plain.port}/metrics`)).rejects.toThrow();
  await plain.close();
  await guarded.close();
});

test('a database that does not answer is told as such, and the rest still is', async () => {
  const gone = await testKit([], { size: 1 });
  const lonely = makeMetrics(gone.kit);
  await gone.kit.database.close();
  const text = await lonely.text();
  expect(samples(text, 'shanzhi_database_up').get('')).toBe(0);
  expect(text).toContain('shanzhi_memory_bytes');
  lonely.stop();
  await gone.stop().catch(() => undefined);
});
