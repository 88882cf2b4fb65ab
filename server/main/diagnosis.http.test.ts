import { gunzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { sql } from 'kysely';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { newId } from '#platform/ids.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { openLog, type ProcessLog } from '#platform/watch/process-log.ts';
import { modules } from './modules.ts';
import { signedIn, type Signed } from './testing/sign-in.ts';
import { makeWorld } from './testing/world.ts';

/** What is somebody's: a name, a login, a telephone, an identity number, an address, a plate, a mailbox, a password. Made up, and each unmistakable. */
const PERSONAL = ['欧阳青禾', 'ouyangqinghe', 'Ouyang', '13912345678', '139 1234 5678', '990101199003077758', '幸福里3幢2单元501室', '云A12345', 'qinghe@example.cn', 'Sunny-river-77', '0877-6123456', '192.0.2.77'];
const ALL = PERSONAL.join(' ');

let kit: TestKit;
let app: FastifyInstance;
let log: ProcessLog;
let system: Signed;
beforeAll(async () => {
  kit = await testKit(modules, { size: 2, slowMs: 20 });
  const world = await makeWorld(kit.kit);
  log = openLog({ folder: kit.kit.deployment.logFolder, days: 200, clock: kit.clock, screen: () => undefined });
  app = await buildServer(kit.kit, { logLevel: 'info', log });
  system = await signedIn(app, 'system');
  const bad = newId<'AppUser'>();
  await kit.kit.database.write(everything, async (db) => {
    await db.insertInto('platform.appUser').values({ id: bad, countyId: world.countyId, login: 'ouyangqinghe', name: '欧阳青禾', passwordHash: 'Sunny-river-77' }).execute();
    await db.insertInto('platform.job').values({ id: newId<'Job'>(), countyId: world.countyId, kind: 'ledger.read', status: 'failed', input: JSON.stringify({ name: ALL }), error: `第 3 行${ALL}：duplicate key value violates unique constraint "app_user_login_key"`, createdAt: kit.clock.now() }).execute();
    await db.insertInto('platform.backup').values({ id: newId<'Backup'>(), origin: 'page', status: 'failed', error: `写不进 /srv/ouyangqinghe/${ALL}`, createdAt: kit.clock.now(), finishedAt: kit.clock.now() }).execute();
    await sql`select pg_sleep(0.05), ${ALL}::text as anything`.execute(db);
  });
  log.tell('error', `Failed task 7 (job.run) with error '${ALL}'`, { err: { message: `Key (name)=(${ALL}) already exists`, stack: `Error: ${ALL}\n    at readRow (/srv/ouyangqinghe/shanzhi/server/modules/ledger/read.ts:12:3)\n    at async run (node:internal/process:1:2)`, code: '23505' }, who: ALL, route: `/api/${ALL}`, reqId: ALL });
  log.write(`${ALL}\n`);
  await app.inject({ method: 'GET', url: `/api/owners?q=${encodeURIComponent('欧阳青禾')}&phone=13912345678`, headers: system.headers });
  await app.inject({ method: 'POST', url: '/api/sessions', payload: { login: 'ouyangqinghe', password: 'Sunny-river-77' } });
  await log.close();
});
afterAll(async () => { await app.close(); await kit.stop(); });

async function membersOf(bytes: Buffer): Promise<Map<string, string>> {
  const members = new Map<string, string>();
  const reading = extract();
  Readable.from([gunzipSync(bytes)]).pipe(reading);
  for await (const entry of reading) members.set(entry.header.name.replace('shanzhi-diagnosis/', ''), await text(entry));
  return members;
}

/** Which of these a text holds, also spelled as JSON or an address would. */
const found = (text: string, values: readonly string[]) => values.filter((value) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), Buffer.from(value).toString('base64').slice(0, -4), Buffer.from(value).toString('hex')].some((form) => text.includes(form)));

describe('the bundle for whoever must find a fault', () => {
  test('holds nobody’s name, number, address, mailbox or password, wherever they were put, and still says what is wrong', async () => {
    const answer = await app.inject({ method: 'GET', url: '/api/diagnosis', headers: system.headers });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/gzip']);
    const members = await membersOf(answer.rawPayload);
    expect([...members.keys()]).toEqual(['README.txt', 'versions.json', 'settings.json', 'migrations.json', 'database.json', 'tables.json', 'indexes.json', 'failed-jobs.json', 'failed-deliveries.json', 'backups.json', 'statements.json', 'slow-statements.json', 'metrics.txt', 'log.jsonl']);
    for (const [name, text] of members) expect([name, found(text, PERSONAL)]).toEqual([name, []]);
    // The search is shown what it must find.
    expect(found(`x ${encodeURIComponent('欧阳青禾')} ${Buffer.from('13912345678').toString('hex')}`, PERSONAL)).toEqual(['欧阳青禾', '13912345678']);
    const is = (name: string, text: RegExp) => expect(members.get(name)).toMatch(text);
    is('failed-jobs.json', /duplicate key value violates unique constraint app_user_login_key/);
    is('log.jsonl', /"code":"23505"/);
    is('log.jsonl', /readRow server\/modules\/ledger\/read\.ts:12/);
    is('log.jsonl', /"route":"\/api\/owners"/);
    is('log.jsonl', /"lines":\d+,"leftOut":1/);
    is('slow-statements.json', /pg_sleep\(0\.05\), \$1::text/);
    is('tables.json', /"registry\.estate"/);
    is('migrations.json', /platform_create-platform\.sql/);
    is('metrics.txt', /shanzhi_jobs\{state="failed"\} 1/);
  });

  test('is on the record and only for the system administrator', async () => {
    const entries = await kit.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select('action').where('action', '=', 'diagnosis.export').execute());
    expect(entries).toHaveLength(1);
    const clerk = await signedIn(app, 'clerk');
    expect((await app.inject({ method: 'GET', url: '/api/diagnosis', headers: clerk.headers })).statusCode).toBe(403);
  });
});

describe('slow statements', () => {
  test('are listed newest first, page by page, with a plan that carries nothing out', async () => {
    await kit.kit.database.write(everything, (db) => sql`insert into platform.idempotency_key (user_id, key, fingerprint, created_at) select id, 'slow-one', ${'x'}, now() from platform.app_user, pg_sleep(0.03) where login = ${'system'}`.execute(db));
    const list = await app.inject({ method: 'GET', url: '/api/slow-statements?limit=1', headers: system.headers });
    const { rows, next, total } = list.json<{ rows: { id: string; text: string; ms: number }[]; next: string | null; total: number }>();
    expect([rows.length, rows[0]?.text.startsWith('insert into platform.idempotency_key'), next, total >= 2]).toEqual([1, true, rows[0]?.id, true]);
    const rest = await app.inject({ method: 'GET', url: `/api/slow-statements?limit=200&after=${next ?? ''}`, headers: system.headers });
    expect(rest.json().rows).toHaveLength(total - 1);
    const plan = await app.inject({ method: 'GET', url: `/api/slow-statements/${rows[0]?.id ?? ''}/plan`, headers: system.headers });
    if (process.env.SHANZHI_TEST_PG === '15') expect(plan.json().detail).toContain('PostgreSQL 16 起');
    else expect(plan.json().plan).toMatch(/^Insert on idempotency_key/);
    expect(await kit.kit.database.read(everything, async (db) => (await db.selectFrom('platform.idempotencyKey').select('key').where('key', '=', 'slow-one').execute()).length)).toBe(1);
    expect((await app.inject({ method: 'GET', url: `/api/slow-statements/${newId()}/plan`, headers: system.headers })).statusCode).toBe(404);
    expect((await app.inject({ method: 'GET', url: '/api/slow-statements/export', headers: system.headers })).statusCode).toBe(200);
  });
});
