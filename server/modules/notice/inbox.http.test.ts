import type { FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { systemContext } from '#platform/make-context.ts';
import { notify } from '#platform/notices/notify.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from '#server/main/modules.ts';
import { signedIn, type Signed } from '#server/main/testing/sign-in.ts';
import { makeWorld } from '#server/main/testing/world.ts';

let kit: TestKit;
let app: FastifyInstance;
beforeAll(async () => {
  kit = await testKit(modules, { size: 6 });
  await makeWorld(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => { await app.close(); await kit.stop(); });

const personOf = async (login: string): Promise<string> => (await kit.kit.database.read(everything, (db) => db.selectFrom('platform.appUser').select('id').where('login', '=', login).executeTakeFirstOrThrow())).id;

let serial = 0;
async function tell(login: string, kind: 'paper.waiting' | 'job.failed' = 'paper.waiting'): Promise<void> {
  const userId = await personOf(login);
  await systemContext(kit.kit).transact(async (tx) => {
    tx.auditNothing('test');
    await notify(tx, { kind, to: [{ userId }], subject: ['Paper', `p-${serial += 1}`], text: `第 ${serial} 件文书待签发。`, path: '/papers' });
  });
}

interface Watch { readonly headers: IncomingHttpHeaders; next(): Promise<{ event: string; data: unknown } | null>; leave(): void }
/** An open stream, on a connection of its own; `next` gives the next event, or null at its end. */
async function watch(by: Signed, server = app): Promise<Watch> {
  const request = get({ agent: false, port: (server.server.address() as AddressInfo).port, path: '/api/notices/stream', headers: { ...by.headers, 'accept-encoding': 'gzip' } });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  const pieces = answer.setEncoding('utf8')[Symbol.asyncIterator]();
  let kept = '';
  const next: Watch['next'] = async () => {
    for (;;) {
      const cut = kept.indexOf('\n\n');
      const block = kept.slice(0, Math.max(0, cut));
      const [, event] = /^event: (.+)$/m.exec(block) ?? [];
      if (cut >= 0) kept = kept.slice(cut + 2);
      if (event !== undefined) return { event, data: JSON.parse(/^data: (.+)$/m.exec(block)?.[1] ?? 'null') };
      if (cut >= 0) continue;
      const { done, value } = await pieces.next();
      if (done) return null;
      kept += String(value);
    }
  };
  return { headers: answer.headers, next, leave: () => { request.destroy(); } };
}
const count = (unread: number) => ({ event: 'count', data: { unread } });
const read = async (url: string, by: Signed) => (await app.inject({ url: `/api${url}`, headers: by.headers })).json();
const put = (url: string, by: Signed, payload: object = {}) => app.inject({ method: 'PUT', url: `/api${url}`, headers: by.headers, payload });

test('the count comes at once and moves when a notice is written or read, and nothing on the way may keep or pack it', async () => {
  const leader = await signedIn(app, 'leader');
  const stream = await watch(leader);
  expect(stream.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no', 'cache-control': 'private, no-store, no-transform' });
  expect(stream.headers['content-encoding']).toBeUndefined();
  expect(await stream.next()).toEqual(count(0));
  await tell('leader');
  expect(await stream.next()).toEqual(count(1));
  await tell('leader');
  expect(await stream.next()).toEqual(count(2));
  const { rows } = await read('/notices', leader);
  await put(`/notices/${rows[0].id}/reading`, leader);
  expect(await stream.next()).toEqual(count(1));
  expect(await read('/notices/unread', leader)).toEqual({ unread: 1 });
  stream.leave();
});

test('a notice written by another process moves the badge of this one', async () => {
  const clerk = await signedIn(app, 'clerk');
  const stream = await watch(clerk);
  expect(await stream.next()).toEqual(count(0));
  const other = new Client({ connectionString: kit.ownerUrl });
  await other.connect();
  const [userId, countyId] = [await personOf('clerk'), (await other.query("select id from platform.org_unit where kind = 'county' limit 1")).rows[0].id];
  await other.query("select platform.write_notice(gen_random_uuid(), $2, 'job.failed', 'Job', 'x', '作业失败。', '/jobs', now(), array[$1::uuid])", [userId, countyId]);
  expect(await stream.next()).toEqual(count(1));
  await other.end();
  stream.leave();
});

test('the line on which the database tells of changes is cut: what is written in the gap is counted when it stands again', async () => {
  const by = await signedIn(app, 'clerk');
  const stream = await watch(by);
  const before = Number((await read('/notices/unread', by)).unread);
  expect(await stream.next()).toEqual(count(before));
  const other = new Client({ connectionString: kit.ownerUrl });
  await other.connect();
  const cut = await other.query("select pg_terminate_backend(pid, 5000) as is_cut from pg_stat_activity where application_name = 'shanzhi-listen' and datname = current_database()");
  expect(cut.rows).toEqual([{ is_cut: true }]);
  await tell('clerk');
  // Nobody told this process: it looks by itself, for everybody, once it listens again.
  expect(await stream.next()).toEqual(count(before + 1));
  await tell('clerk');
  expect(await stream.next()).toEqual(count(before + 2));
  await other.end();
  stream.leave();
});

test('a session that is revoked, and one of a user who is disabled, ends its stream', async () => {
  const here = await signedIn(app, '左侧-township');
  const elsewhere = await signedIn(app, '左侧-township');
  const stream = await watch(here);
  expect(await stream.next()).toEqual(count(0));
  await app.inject({ method: 'DELETE', url: '/api/me/sessions', headers: elsewhere.headers });
  expect([await stream.next(), await stream.next()]).toEqual([{ event: 'ended', data: {} }, null]);
  const gone = await watch(elsewhere);
  expect(await gone.next()).toEqual(count(0));
  await kit.kit.database.write(everything, (db) => db.updateTable('platform.appUser').set({ disabledAt: kit.clock.now() }).where('login', '=', '左侧-township').execute());
  expect([await gone.next(), await gone.next()]).toEqual([{ event: 'ended', data: {} }, null]);
});

test('who opens more pages than four keeps the newest', async () => {
  const by = await signedIn(app, '左侧-company');
  const streams: Watch[] = [];
  for (let no = 0; no < 5; no += 1) { const stream = await watch(by); streams.push(stream); expect(await stream.next()).toEqual(count(0)); }
  expect([await streams[0]?.next(), await streams[0]?.next()]).toEqual([{ event: 'replaced', data: {} }, null]);
  await tell('左侧-company');
  for (const stream of streams.slice(1)) { expect(await stream.next()).toEqual(count(1)); stream.leave(); }
});

test('one sees, reads and exports only one’s own; all are read up to what was on screen', async () => {
  const [mine, other] = [await signedIn(app, 'department'), await signedIn(app, 'security')];
  await tell('department');
  await tell('department', 'job.failed');
  const seen = (await read('/notices', mine)).rows;
  expect(seen.map((row: { kind: string; state: string }) => [row.kind, row.state])).toEqual([['job.failed', 'unread'], ['paper.waiting', 'unread']]);
  expect((await read('/notices', other)).rows).toEqual([]);
  expect((await put(`/notices/${seen[0].id}/reading`, other)).statusCode).toBe(404);
  await tell('department');
  expect((await put('/notice-readings', mine, { upTo: seen[0].id, kind: 'job.failed' })).json()).toEqual({ read: 1 });
  expect((await put('/notice-readings', mine, { upTo: seen[0].id })).json()).toEqual({ read: 1 });
  expect((await read('/notices?state=unread', mine)).total).toBe(1);
  expect((await read('/notices?kind=job.failed', mine)).total).toBe(1);
  expect((await app.inject({ url: '/api/notices/export', headers: mine.headers })).statusCode).toBe(200);
});

test('the server stops at once though streams are open', async () => {
  const second = await buildServer(kit.kit, { logLevel: 'silent' });
  await second.listen({ host: '127.0.0.1', port: 0 });
  const stream = await watch(await signedIn(app, 'auditor'), second);
  await second.close();
  const told = [await stream.next(), await stream.next(), await stream.next()].filter((each) => each?.event !== 'count');
  expect(told.slice(0, 2)).toEqual([{ event: 'closing', data: {} }, null]);
});
