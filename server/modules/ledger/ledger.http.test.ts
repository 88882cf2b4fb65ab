import type { FastifyInstance } from 'fastify';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { COOKIE, CSRF_HEADER } from '#platform/http/session.ts';
import { hashPassword } from '#platform/identity/password.ts';
import { signIn } from '#platform/identity/sessions.ts';
import { newId } from '#platform/ids.ts';
import { migrateQueue } from '#platform/jobs/migrate-queue.ts';
import { runJob } from '#platform/jobs/run-job.ts';
import { TEST_SECRET } from '#platform/testing/kit-on.ts';
import { givenCounty, sample, truth } from './testing/given-county.ts';

const PASSWORD = 'quiet-river-42';

describe('a ledger goes in through the API', () => {
  let county: Awaited<ReturnType<typeof givenCounty>>;
  let app: FastifyInstance;
  let clerk: Record<string, string>;
  let leader: Record<string, string>;

  beforeAll(async () => {
    county = await givenCounty();
    await migrateQueue(county.ownerUrl, TEST_SECRET);
    app = await buildServer(county.kit, { logLevel: 'silent' });
    clerk = await person('clerk', 'bureau-clerk');
    leader = await person('leader', 'bureau-leader');
  });
  afterAll(async () => { await app.close(); await county.stop(); });

  const person = async (login: string, role: string): Promise<Record<string, string>> => {
    const userId = newId<'AppUser'>();
    const countyId = county.countyId as Id<'OrgUnit'>;
    await county.kit.database.write(everything, async (db) => {
      await db.insertInto('platform.appUser').values({ id: userId, countyId, login, name: login, passwordHash: await hashPassword(PASSWORD) }).execute();
      await db.insertInto('platform.userGrant').values({ id: newId<'UserGrant'>(), userId, countyId, role, level: 'county', scopeId: countyId, startedOn: localDate('2020-01-01') }).execute();
    });
    const { token, session } = await signIn(county.kit, { login, password: PASSWORD, ip: '127.0.0.1', userAgent: 'test' });
    return { cookie: `${COOKIE}=${token}`, [CSRF_HEADER]: session.csrfToken };
  };
  const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, who = clerk) => app.inject({ method, url: `/api${path}`, headers: { ...who, ...(method === 'POST' ? { 'idempotency-key': newId() } : {}) }, ...(method === 'GET' ? {} : { payload: {} }) });
  const upload = async (kind: string, files: readonly string[], who = clerk, name = basename(files[0] ?? '')) => {
    const form = new FormData();
    form.set('kind', kind);
    for (const file of files) form.append('files', new Blob([await readFile(file)]), name);
    const request = new Request('http://127.0.0.1/', { method: 'POST', body: form });
    return app.inject({ method: 'POST', url: '/api/ledger-batches', headers: { ...who, 'idempotency-key': newId(), 'content-type': request.headers.get('content-type') ?? '' }, payload: Buffer.from(await request.arrayBuffer()) });
  };
  const work = async () => {
    const waiting = await county.kit.database.read(everything, (db) => db.selectFrom('platform.job').select('id').where('status', '=', 'waiting').execute());
    for (const { id } of waiting) await runJob(county.kit, id);
  };

  test('uploaded, read, looked at row by row, confirmed, and listed', async () => {
    const expected = await truth();
    const answer = await upload('companies', [sample('物业服务企业台账.xlsx')]);
    expect([answer.statusCode, answer.json().status]).toEqual([200, 'uploaded']);
    const { id } = answer.json();
    await work();
    const batch = (await ask('GET', `/ledger-batches/${id}`)).json();
    expect(batch).toMatchObject({ status: 'preview', counts: { rows: expected.companies.rows, new: expected.companies.valid, refused: 1 }, can: { confirm: true } });
    const refused = (await ask('GET', `/ledger-batches/${id}/rows?outcome=refused`)).json();
    expect(refused).toMatchObject({ total: 1, rows: [{ row: 68, sheet: '企业台账', problems: [{ code: 'duplicate', column: 'B', header: '企业名称' }] }] });
    expect((await ask('POST', `/ledger-batches/${id}/confirmation`)).json()).toMatchObject({ status: 'confirming' });
    await work();
    expect((await ask('GET', '/ledger-batches')).json()).toMatchObject({ total: 1, rows: [{ id, status: 'committed', createdBy: 'clerk', confirmedBy: 'clerk' }] });
    expect((await ask('GET', `/ledger-batches/${id}/refused.xlsx`)).headers['content-type']).toContain('spreadsheetml');
  });

  test('several files at once are one batch, and a company in two of them is a duplicate', async () => {
    const answer = await upload('companies', [sample('物业服务企业台账.xlsx'), sample('物业服务企业台账.xlsx')]);
    await work();
    const batch = (await ask('GET', `/ledger-batches/${answer.json().id}`)).json();
    expect(batch.counts).toMatchObject({ rows: 130, unchanged: 64, new: 0 });
    expect(batch.sameAs).toBeNull();
  });

  test('the same file again is known, and says when it came in', async () => {
    const answer = await upload('companies', [sample('物业服务企业台账.xlsx')]);
    await work();
    expect((await ask('GET', `/ledger-batches/${answer.json().id}`)).json().sameAs).not.toBeNull();
  });

  test('a file that is no workbook is refused in one sentence', async () => {
    const answer = await upload('companies', [sample('truth.json')], clerk, '台账.xlsx');
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'workbook.refused']);
    expect(answer.json().detail).toMatch(/不能导入/);
  });

  test('who may not import may not even look', async () => {
    expect((await upload('companies', [sample('物业服务企业台账.xlsx')], leader)).statusCode).toBe(403);
    expect((await ask('GET', '/ledger-batches', leader)).statusCode).toBe(403);
  });
});
