import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineRoute } from '#contract/define-route.ts';
import { done, download, requiredText } from '#contract/kernel.ts';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import { everything } from '../access/scope.ts';
import { newId } from '../ids.ts';
import { hashPassword } from '../identity/password.ts';
import { signIn } from '../identity/sessions.ts';
import { defineModule, serve } from '../module.ts';
import { testKit, type TestKit } from '../testing/kit.ts';
import { buildServer } from './serve.ts';
import { COOKIE, CSRF_HEADER } from './session.ts';

const county = newId<'OrgUnit'>();
const note = z.object({ name: requiredText(20, '请填写名称') });
const postNote = defineRoute({ method: 'POST', path: '/notes', summary: '记一笔', permission: 'registry.edit', body: note, response: z.object({ id: z.string() }) });
const putNote = defineRoute({ method: 'PUT', path: '/notes/:noteId', summary: '改一笔', permission: 'registry.edit', params: z.object({ noteId: z.string() }), body: note, response: z.object({ version: z.int() }), needsVersion: true });
const getBug = defineRoute({ method: 'GET', path: '/bug', summary: '出错', permission: 'signed-in', response: done });
const getSearch = defineRoute({ method: 'GET', path: '/search', summary: '查找', permission: 'signed-in', query: z.object({ q: z.string(), limit: z.coerce.number().max(200, '每页最多200条').optional() }), response: done });
const getFile = defineRoute({ method: 'GET', path: '/notes/export', summary: '导出', permission: 'signed-in', response: download, kind: 'download', access: 'export' });
const postFile = defineRoute({ method: 'POST', path: '/papers', summary: '上传', permission: 'registry.edit', body: z.object({ title: requiredText(10) }), response: z.object({ names: z.array(z.string()), bytes: z.int() }), kind: 'upload' });

const postSecret = defineRoute({ method: 'POST', path: '/secrets', summary: '一次性', permission: 'registry.edit', body: note, response: z.object({ secret: z.string() }), isToldOnce: true });

const notes = defineModule({
  name: 'notes',
  routes: [
    serve(postNote, (ctx, { body }) => ctx.transact(async (tx) => {
      const id = newId<'OrgUnit'>();
      await tx.db.insertInto('platform.orgUnit').values({ id, countyId: county, kind: 'other', name: body.name, matchKey: body.name }).execute();
      tx.audit({ action: 'note.create', subject: ['Note', id], before: null, after: body });
      return { id };
    })),
    serve(getSearch, async () => ({ done: true as const })),
    serve(postSecret, (ctx) => ctx.transact(async (tx) => { tx.auditNothing('test'); return { secret: 'told-once-1234' }; })),
    serve(putNote, async (ctx) => ({ version: ctx.ifMatch ?? -1 })),
    serve(getBug, async () => { throw new Error('密码是 hunter2'); }),
    serve(getFile, async () => ({ fileName: '小区台账 2026.xlsx', mediaType: 'application/octet-stream', content: Buffer.from('abc') })),
    serve(postFile, async (ctx) => ({ names: ctx.uploads.map((file) => file.name), bytes: ctx.uploads.reduce((sum, file) => sum + file.sizeBytes, 0) })),
  ],
});

let kit: TestKit;
let app: FastifyInstance;
let headers: Record<string, string>;

beforeAll(async () => {
  kit = await testKit([notes]);
  const userId = newId<'AppUser'>();
  await kit.kit.database.write(everything, async (db) => {
    await db.insertInto('platform.orgUnit').values({ id: county, countyId: county, kind: 'county', name: '测试县', matchKey: '测试县' }).execute();
    await db.insertInto('platform.appUser').values({ id: userId, countyId: county, login: 'clerk', name: '经办', passwordHash: await hashPassword('a long enough password') }).execute();
    await db.insertInto('platform.userGrant').values({ id: newId<'UserGrant'>(), userId, countyId: county, role: 'bureau-clerk', level: 'county', scopeId: county, startedOn: localDate('2020-01-01') }).execute();
  });
  const { token, session } = await signIn(kit.kit, { login: 'clerk', password: 'a long enough password', ip: '127.0.0.1', userAgent: 'test' });
  headers = { cookie: `${COOKIE}=${token}`, [CSRF_HEADER]: session.csrfToken };
  app = await buildServer(kit.kit, { logLevel: 'silent' });
});
afterAll(async () => { await app.close(); await kit.stop(); });

const send = (options: InjectOptions) => app.inject({ ...options, headers: { ...headers, ...options.headers } });
const create = (name: string, key: string, more: Record<string, string> = {}) => send({ method: 'POST', url: '/api/notes', payload: { name }, headers: { 'idempotency-key': key, ...more } });
const named = (name: string): Promise<{ id: Id<'OrgUnit'> }[]> => kit.kit.database.read(everything, (db) => db.selectFrom('platform.orgUnit').select('id').where('name', '=', name).execute());

describe('a request from elsewhere', () => {
  test('without the session token is refused and writes nothing', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/notes', payload: { name: '跨站' }, headers: { cookie: headers.cookie ?? '', 'idempotency-key': 'k-cross-1' } });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'session.cross-site']);
    expect(await named('跨站')).toEqual([]);
  });
  test.each([['origin', 'https://evil.example'], ['sec-fetch-site', 'cross-site']])('with %s %s is refused', async (name, value) => {
    expect((await create('跨站', 'k-cross-2', { [name]: value })).json().code).toBe('session.cross-site');
  });
});

describe('one intent, however often it is sent', () => {
  test('is carried out once and answered the same', async () => {
    const [first, second] = await Promise.all([create('一次', 'k-once-0001'), create('一次', 'k-once-0001')]);
    const third = await create('一次', 'k-once-0001');
    expect([first, second, third].map((answer) => answer.statusCode).filter((status) => status === 200).length).toBeGreaterThanOrEqual(2);
    expect(third.json()).toEqual((first.statusCode === 200 ? first : second).json());
    expect(await named('一次')).toHaveLength(1);
  });
  test('with other content under the same mark is refused', async () => {
    await create('甲', 'k-other-001');
    expect((await create('乙', 'k-other-001')).json().code).toBe('idempotency.mismatch');
    expect(await named('乙')).toEqual([]);
  });
  test('whose answer is a secret is answered once, and the secret is kept nowhere', async () => {
    const ask = () => send({ method: 'POST', url: '/api/secrets', payload: { name: '密' }, headers: { 'idempotency-key': 'k-secret-01' } });
    expect((await ask()).json()).toEqual({ secret: 'told-once-1234' });
    expect((await ask()).json().code).toBe('state.conflict');
    const kept = await kit.kit.database.read(everything, (db) => db.selectFrom('platform.idempotencyKey').selectAll().execute());
    expect(JSON.stringify(kept)).not.toContain('told-once-1234');
  });
  test('without a mark is refused', async () => {
    expect((await send({ method: 'POST', url: '/api/notes', payload: { name: '无标记' } })).json().code).toBe('idempotency.required');
  });
});

describe('an edit', () => {
  test('without the version it read is refused', async () => {
    expect((await send({ method: 'PUT', url: '/api/notes/1', payload: { name: '改' } })).statusCode).toBe(428);
  });
  test('hands the version on', async () => {
    expect((await send({ method: 'PUT', url: '/api/notes/1', payload: { name: '改' }, headers: { 'if-match': '"7"' } })).json()).toEqual({ version: 7 });
  });
});

describe('a failure', () => {
  test('of a field names the field and says in Chinese what to do', async () => {
    const answer = await create('', 'k-field-001');
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ code: 'input.invalid', errors: [{ pointer: '/name', message: '请填写名称' }] });
  });
  test('of an address names what is missing or wrong in it, in words of a person', async () => {
    const detail = async (url: string) => { const answer = await send({ method: 'GET', url }); return [answer.statusCode, answer.json().detail]; };
    expect(await detail('/api/search')).toEqual([400, '地址中的“q”：没有填写，请补上']);
    expect(await detail('/api/search?q=a&limit=many')).toEqual([400, '地址中的“limit”：填写的内容格式不对，请核对']);
    expect(await detail('/api/search?q=a&limit=201')).toEqual([400, '地址中的“limit”：每页最多200条']);
    expect((await send({ method: 'GET', url: '/api/search?q=a&limit=200' })).statusCode).toBe(200);
    const answer = await send({ method: 'POST', url: '/api/notes', payload: { name: 3 }, headers: { 'idempotency-key': 'k-kind-01' } });
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/name' }] });
    expect(answer.body).not.toMatch(/string|undefined|期望/u);
  });
  test('that is a bug says nothing of itself but the request id', async () => {
    const answer = await send({ method: 'GET', url: '/api/bug' });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('hunter2');
    expect(answer.json().instance).toBe(`urn:request:${answer.headers['x-request-id']}`);
  });
  test('of an unknown address is a problem too, and its type can be read', async () => {
    const answer = await send({ method: 'GET', url: '/api/nowhere' });
    expect(answer.json()).toMatchObject({ status: 404, code: 'not-found' });
    expect((await app.inject({ method: 'GET', url: '/problems/not-found' })).body).toContain('没有找到');
  });
});

describe('files', () => {
  const paper = (name: string, content: string) => ['--b', `Content-Disposition: form-data; name="files"; filename="${name}"`, 'Content-Type: text/plain', '', content].join('\r\n');
  const upload = (...parts: string[]) => send({ method: 'POST', url: '/api/papers', headers: { 'idempotency-key': `k-${parts.join().length}-file`, 'content-type': 'multipart/form-data; boundary=b' }, payload: [...parts, '--b', 'Content-Disposition: form-data; name="title"', '', '题', '--b--', ''].join('\r\n') });

  test('are streamed into the store, several at once, and lose the path in their name', async () => {
    expect((await upload(paper('../../etc/台账.xlsx', '12345'), paper('二.txt', '678'))).json()).toEqual({ names: ['台账.xlsx', '二.txt'], bytes: 8 });
  });
  test('leave as attachments that no browser shows inline', async () => {
    const answer = await send({ method: 'GET', url: '/api/notes/export' });
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="download"; filename*=UTF-8''${encodeURIComponent('小区台账 2026.xlsx')}`);
    expect([answer.headers['x-content-type-options'], answer.body]).toEqual(['nosniff', 'abc']);
  });
});

test('health is answered without signing in, and readiness asks the database', async () => {
  expect((await app.inject({ method: 'GET', url: '/healthz' })).json()).toEqual({ ok: true });
  expect((await app.inject({ method: 'GET', url: '/readyz' })).json()).toEqual({ ok: true });
});

test('the policy of every answer lets nothing in from elsewhere', async () => {
  const policy = String((await app.inject({ method: 'GET', url: '/healthz' })).headers['content-security-policy']);
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/);
});
