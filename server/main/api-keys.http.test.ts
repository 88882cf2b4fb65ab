import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeId } from '#domain/kernel/brand.ts';
import { isForMachines, machinePermissionLabels, namedForMachines } from '#contract/machine.ts';
import { machineRole } from '#contract/permissions.ts';
import { postEstate } from '#contract/registry/estate.ts';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { newKeyText } from '#platform/identity/key-text.ts';
import { newId } from '#platform/ids.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from './modules.ts';
import { sampleOf } from './testing/sample.ts';
import { signedIn, type Signed } from './testing/sign-in.ts';
import { makeWorld, type World } from './testing/world.ts';

let kit: TestKit;
let app: FastifyInstance;
let world: World;
let security: Signed;

beforeAll(async () => {
  kit = await testKit(modules, { size: 4 });
  world = await makeWorld(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  security = await signedIn(app, 'security');
});
afterAll(async () => { await app.close(); await kit.stop(); });

interface Body { readonly code?: string; readonly detail: string; readonly secret: string; readonly name: string; readonly id: string; readonly kind: string; readonly rows: readonly { readonly name: string; readonly status: string; readonly lastRefusal: string | null }[]; readonly apiKey: { readonly id: string; readonly hint: string; readonly status: string }; readonly scope: object; readonly permissions: readonly string[]; readonly total: number }
interface Asking { readonly payload?: object; readonly headers?: Record<string, string>; readonly from?: string }
interface Answered { readonly status: number; readonly body: Body; readonly text: string }

async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, { payload, headers = {}, from }: Asking = {}): Promise<Answered> {
  const answer = await app.inject({ method, url: `/api${path}`, ...(method === 'GET' ? {} : { payload: payload ?? {} }), headers: { ...(method === 'POST' ? { 'idempotency-key': newId() } : {}), ...headers }, ...(from === undefined ? {} : { remoteAddress: from }) });
  return { status: answer.statusCode, body: answer.headers['content-type']?.toString().includes('json') === true ? answer.json<Body>() : { ...({} as Body) }, text: answer.body };
}
const asAdministrator = (payload?: object): Asking => ({ headers: security.headers, ...(payload === undefined ? {} : { payload }) });
const by = (secret: string, more: Asking = {}): Asking => ({ ...more, headers: { authorization: `Bearer ${secret}`, ...more.headers } });

let made = 0;
async function makeKey(more: object = {}): Promise<{ secret: string; id: string; name: string }> {
  made += 1;
  const name = `第${String(made)}把`;
  const { status, body } = await ask('POST', '/api-keys', asAdministrator({ name, scopeId: world.countyId, permissions: ['registry.read'], endsOn: '2027-11-20', ...more }));
  expect(status).toBe(200);
  return { secret: body.secret, id: body.apiKey.id, name };
}

describe('a key for machines', () => {
  test('is told once, says who it is, and reads what it covers; only its hash is stored', async () => {
    const { secret, name } = await makeKey();
    expect(secret).toMatch(/^sz_[A-Za-z0-9]{40}[0-9a-z]{7}$/u);
    expect((await ask('GET', '/whoami', by(secret))).body).toMatchObject({ kind: 'key', name, scope: { level: 'county', name: '本县' }, permissions: ['registry.read'], endsOn: '2027-11-20' });
    const estates = await ask('GET', '/estates', by(secret));
    expect(estates.body.rows.map((row) => row.name).toSorted()).toEqual(['右侧小区', '左侧小区']);
    const stored = await kit.kit.database.read(everything, async (db) => JSON.stringify([await db.selectFrom('platform.apiKey').selectAll().execute(), await db.selectFrom('audit.entry').selectAll().execute(), await db.selectFrom('platform.idempotencyKey').selectAll().execute()]));
    expect(stored).not.toContain(secret.slice(3, 40));
    expect((await ask('GET', '/api-keys', asAdministrator())).text).not.toContain(secret.slice(3, 40));
  });

  test('of a township sees nothing of the one beside it', async () => {
    const { secret } = await makeKey({ scopeId: world.left.ids['townshipId'] });
    const estates = await ask('GET', '/estates', by(secret));
    expect(estates.body.rows.map((row) => row.name)).toEqual(['左侧小区']);
    expect(await ask('GET', `/estates/${world.right.ids['estateId']}`, by(secret))).toMatchObject({ status: 404, body: { code: 'estate.not-found' } });
    expect((await ask('GET', `/estates/${world.elsewhere.ids['estateId']}`, by(secret))).status).toBe(404);
  });

  test('does what was chosen for it and no more: other permissions, changes without a name and personal affairs are refused', async () => {
    const { secret } = await makeKey();
    for (const [method, path] of [['GET', '/quality'], ['GET', '/estates/export'], ['POST', '/estates'], ['GET', '/owners'], ['POST', `/practitioners/${world.left.ids['practitionerId']}/reveals`], ['GET', '/users'], ['GET', '/me'], ['DELETE', '/sessions/current'], ['GET', '/api-keys'], ['GET', '/audit-entries']] as const) {
      expect([path, await ask(method, path, by(secret))]).toMatchObject([path, { status: 403, body: { code: 'access.denied' } }]);
    }
    const editor = await makeKey({ permissions: ['registry.read', 'registry.edit'] });
    expect(await ask('PUT', `/units/${world.left.ids['unitId']}/ownership`, by(editor.secret))).toMatchObject({ status: 403, body: { code: 'access.denied' } });
  });

  test('shows no full number: phones are masked for it, as for a post that may not read the address book', async () => {
    const { secret } = await makeKey();
    for (const path of [`/companies/${world.left.ids['companyId']}`, `/practitioners/${world.left.ids['practitionerId']}`, `/estates/${world.left.ids['estateId']}/sheet`, `/companies/${world.left.ids['companyId']}/sheet`]) {
      const answer = await ask('GET', path, by(secret));
      expect([path, answer.status, /1990000000\d/.test(answer.text)]).toEqual([path, 200, false]);
    }
    expect((await ask('GET', `/companies/${world.left.ids['companyId']}`, { headers: (await signedIn(app, 'clerk')).headers })).text).toContain('19900000001');
  });

  test('writes under its own name, once however often the same mark is sent', async () => {
    const { secret, name } = await makeKey({ permissions: ['registry.read', 'registry.edit'] });
    const draft = by(secret, { payload: { ...Object(sampleOf(postEstate.body, world.left.ids)), name: '接口新建苑' }, headers: { 'idempotency-key': 'the-same-mark' } });
    const first = await ask('POST', '/estates', draft);
    expect([first.status, first.text.slice(0, 300)]).toMatchObject([200, expect.stringContaining('接口新建苑')]);
    expect(await ask('POST', '/estates', draft)).toMatchObject({ status: 200, body: { id: first.body.id } });
    const entries = await kit.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select(['actorName', 'actorId', 'role', 'action']).where('subjectId', '=', first.body.id).execute());
    expect(entries).toEqual([{ actorName: `接口密钥「${name}」（…${secret.slice(-4)}）`, actorId: null, role: 'machine', action: 'estate.create' }]);
    expect(await ask('POST', '/estates', { ...draft, payload: { ...draft.payload, name: '另一个苑' } })).toMatchObject({ status: 409, body: { code: 'idempotency.mismatch' } });
    expect((await ask('POST', '/estates', { ...draft, headers: { authorization: `Bearer ${secret}`, 'idempotency-key': '' } })).body.code).toBe('idempotency.required');
  });

  test('counts alone: a cookie beside it adds nothing, and a change needs no cross-site token', async () => {
    const { secret } = await makeKey();
    expect(await ask('GET', '/users', by(secret, { headers: security.headers }))).toMatchObject({ status: 403, body: { code: 'access.denied' } });
    expect(await ask('GET', '/users', { headers: { ...security.headers, authorization: 'Basic cHJveHk6cHJveHk=' } })).toMatchObject({ status: 200 });
  });
});

describe('who answers for a key', () => {
  test('is whoever made it, or an officer named then or later; the list and its search show it, and a hand-over of that person lists it', async () => {
    const { rows: users } = (await ask('GET', '/users?limit=100', asAdministrator())).body as unknown as { rows: { id: string; login: string }[] };
    const idOf = (login: string) => users.find((user) => user.login === login)?.id ?? '';
    const own = await makeKey();
    const named = await makeKey({ holderId: idOf('clerk') });
    const holders = async (q: string) => ((await ask('GET', `/api-keys?q=${encodeURIComponent(q)}`, asAdministrator())).body.rows as unknown as { name: string; holder: string }[]).map(({ name, holder }) => [name, holder]);
    expect([...await holders(own.name), ...await holders(named.name)]).toEqual([[own.name, 'security'], [named.name, 'clerk']]);
    expect(await holders('clerk')).toEqual([[named.name, 'clerk']]);

    expect(await ask('PUT', `/api-keys/${named.id}/holder`, asAdministrator({ holderId: idOf('左侧-township'), reason: '分工调整' }))).toMatchObject({ status: 200, body: { holder: '左侧-township', can: { give: true } } });
    const holdings = async (login: string) => ((await ask('GET', `/users/${idOf(login)}/holdings`, asAdministrator())).body as unknown as { items: { title: string }[] }).items.map(({ title }) => title);
    expect(await holdings('左侧-township')).toContain(`接口密钥：${named.name}`);
    expect(await holdings('clerk')).not.toContain(`接口密钥：${named.name}`);
    expect((await ask('GET', '/estates', by(named.secret))).status).toBe(200);

    const elsewhere = await kit.kit.database.read(everything, (db) => db.selectFrom('platform.appUser').select('id').where('login', '=', 'other-county').executeTakeFirstOrThrow());
    for (const holderId of [elsewhere.id, newId()]) expect(await ask('PUT', `/api-keys/${named.id}/holder`, asAdministrator({ holderId, reason: '分工调整' }))).toMatchObject({ status: 404, body: { code: 'user.not-found' } });
    await ask('PUT', `/api-keys/${own.id}/revocation`, asAdministrator({ reason: '对接结束' }));
    expect(await ask('PUT', `/api-keys/${own.id}/holder`, asAdministrator({ holderId: idOf('clerk'), reason: '分工调整' }))).toMatchObject({ status: 409, body: { code: 'state.conflict' } });
  });
});

describe('a key that opens nothing any more', () => {
  test('is one that was revoked, from the next request on, and its refusal is filed and shown', async () => {
    const { secret, id, name } = await makeKey();
    expect((await ask('GET', '/estates', by(secret))).status).toBe(200);
    expect((await ask('PUT', `/api-keys/${id}/revocation`, asAdministrator({ reason: '对接结束' }))).body).toMatchObject({ status: 'revoked', revokedReason: '对接结束', revokedByName: 'security' });
    expect(await ask('GET', '/estates', by(secret))).toMatchObject({ status: 401, body: { code: 'key.refused', detail: expect.stringContaining('已吊销') } });
    expect((await ask('GET', `/api-keys?q=${encodeURIComponent(name)}`, asAdministrator())).body.rows).toMatchObject([{ status: 'revoked', lastRefusal: expect.stringContaining('已吊销') }]);
    await ask('GET', '/estates', by(secret));
    const filed = await kit.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select('reason').where('action', '=', 'api-key.refuse').where('subjectId', '=', id).execute());
    expect(filed).toHaveLength(1);
    for (const again of [['PUT', 'revocation'], ['POST', 'rotations']] as const) expect(await ask(again[0], `/api-keys/${id}/${again[1]}`, asAdministrator({ reason: '再来一次' }))).toMatchObject({ status: 409, body: { code: 'state.conflict' } });
  });

  test('is the old one after a rotation; the new one has the same rights', async () => {
    const { secret, id } = await makeKey({ permissions: ['registry.read', 'quality.read'] });
    const renewed = await ask('POST', `/api-keys/${id}/rotations`, asAdministrator({ reason: '例行更换' }));
    expect(renewed.body.secret).not.toBe(secret);
    expect((await ask('GET', '/estates', by(secret))).body.code).toBe('key.refused');
    expect((await ask('GET', '/whoami', by(renewed.body.secret))).body.permissions).toEqual(['registry.read', 'quality.read']);
  });

  test('is one past its last day, which still counts, and its time cannot be chosen longer than the parameter allows', async () => {
    const { secret } = await makeKey({ endsOn: '2026-11-20' });
    expect((await ask('GET', '/whoami', by(secret))).status).toBe(200);
    kit.clock.set('2026-11-20T16:00:00.000Z');
    expect(await ask('GET', '/whoami', by(secret))).toMatchObject({ status: 401, body: { detail: expect.stringContaining('2026年11月20日到期') } });
    kit.clock.set('2026-11-20T02:00:00.000Z');
    for (const endsOn of ['2026-11-19', '2027-11-21']) {
      expect(await ask('POST', '/api-keys', asAdministrator({ name: endsOn, scopeId: world.countyId, permissions: ['registry.read'], endsOn }))).toMatchObject({ status: 409, body: { code: 'rule.violated' } });
    }
  });

  test('is one used from another address than those named', async () => {
    const { secret } = await makeKey({ addresses: '10.1.2.0/24，2001:db8::/32 192.0.2.7' });
    for (const from of ['10.1.2.200', '::ffff:10.1.2.3', '2001:db8:1::5', '192.0.2.7']) expect([from, (await ask('GET', '/whoami', by(secret, { from }))).status]).toEqual([from, 200]);
    for (const from of ['10.1.3.1', '2001:db9::1', '192.0.2.8', '127.0.0.1']) expect([from, (await ask('GET', '/whoami', by(secret, { from }))).body.code]).toEqual([from, 'key.refused']);
  });

  test('is one that was never made, is cut short, or whose body of the county is gone', async () => {
    const { secret } = await makeKey({ scopeId: world.right.ids['neighbourhoodId'] });
    for (const wrong of [newKeyText(), secret.slice(0, -1), `${secret}x`, '', 'undefined']) expect([wrong, await ask('GET', '/whoami', by(wrong))]).toMatchObject([wrong, { status: 401, body: { code: 'key.refused' } }]);
    await kit.kit.database.write(everything, (db) => db.updateTable('platform.orgUnit').set({ archivedAt: kit.kit.clock.now() }).where('id', '=', makeId<'OrgUnit'>(world.right.ids['neighbourhoodId'] ?? '')).execute());
    expect((await ask('GET', '/whoami', by(secret))).body.detail).toContain('已撤销');
  });
});

describe('making one', () => {
  test('is the security administrator’s alone, for a body of his own county, with a name of its own', async () => {
    const draft = { name: '别人的', scopeId: world.countyId, permissions: ['registry.read'], endsOn: '2027-01-01' };
    for (const login of ['clerk', 'system', 'auditor', '左侧-township']) expect([login, (await ask('POST', '/api-keys', { headers: (await signedIn(app, login)).headers, payload: draft })).status]).toEqual([login, 403]);
    for (const scopeId of [world.elsewhere.ids['townshipId'], world.left.ids['estateId']]) expect(await ask('POST', '/api-keys', asAdministrator({ ...draft, scopeId }))).toMatchObject({ status: 404, body: { code: 'not-found' } });
    const { name } = await makeKey();
    expect(await ask('POST', '/api-keys', asAdministrator({ ...draft, name }))).toMatchObject({ status: 409, body: { code: 'state.duplicate' } });
    const other = await signedIn(app, 'other-security');
    expect((await ask('GET', '/api-keys', { headers: other.headers })).body.total).toBe(0);
  });

  test.each([
    ['an administrator’s permission', { permissions: ['administration.user.read'] }], ['the sight of full numbers', { permissions: ['registry.owner.reveal'] }], ['no permission', { permissions: [] }],
    ['an address that is none', { addresses: '10.1.2.300' }], ['a network with a name', { addresses: 'example.com' }],
  ])('%s cannot be chosen', async (_what, wrong) => {
    expect(await ask('POST', '/api-keys', asAdministrator({ name: '不行', scopeId: world.countyId, permissions: ['registry.read'], endsOn: '2027-01-01', ...wrong }))).toMatchObject({ status: 400, body: { code: 'input.invalid' } });
  });
});

/** What a machine is told once all the same: the receipt of the complaint that it files for somebody. */
const RECEIPT = '/complaints';

test('what machines may do is reads and changes that stand by name; every name is served, and none administers, reveals or shows owners', () => {
  const routes = modules.flatMap((module) => module.routes.map(({ route }) => route));
  const names = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  expect(namedForMachines.filter((name) => !names.has(name))).toEqual([]);
  expect(Object.keys(machinePermissionLabels).toSorted()).toEqual([...machineRole.permissions].toSorted());
  const open = routes.filter(isForMachines);
  expect(open.length).toBeGreaterThan(25);
  const breaches = open.filter(({ permission, path, isToldOnce }) => /^(?:administration|operations|registry\.owner)\./.test(permission) || permission === 'public' || /reveals|\/me\b|\/users|session/.test(path) || (isToldOnce && path !== RECEIPT));
  expect(breaches.map(({ path }) => path)).toEqual([]);
  expect(isForMachines({ method: 'POST', path: '/practitioners/:practitionerId/reveals', permission: 'registry.owner.reveal' })).toBe(false);
});
