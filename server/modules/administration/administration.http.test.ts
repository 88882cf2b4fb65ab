import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Client } from 'pg';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import { defineModule } from '#platform/module.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { administration } from './index.ts';
import { PASSWORD, world, type World } from './testing/world.ts';

const listener = defineModule({
  name: 'listener', routes: [], on: { 'thing.happened': async () => undefined },
  jobs: [{ name: 'thing.count', title: '清点', run: async () => null }],
});

let kit: TestKit;
let app: FastifyInstance;
let given: World;
beforeEach(async () => {
  kit = await testKit([administration, listener]);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  given = await world(kit.kit);
});
afterEach(async () => { await app.close(); await kit.stop(); });

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
/** What these tests look at in an answer. */
interface Row { readonly id: string; readonly login: string; readonly name: string; readonly isCurrent: boolean; readonly scopeName: string; readonly actionTitle: string; readonly counted: boolean; readonly eventId: string; readonly can: { readonly set: true | string }; readonly inForce: { readonly valueText: string; readonly overrideId: string } }
interface Body {
  readonly id: string; readonly name: string; readonly status: string; readonly csrfToken?: string; readonly rows: readonly Row[]; readonly lines: readonly Row[]; readonly user: Row & { readonly mustChangePassword: boolean };
  readonly permissions: readonly string[]; readonly grants: readonly Row[]; readonly active: Row; readonly entryNo: number; readonly head: { readonly sealNo: number; readonly hash: string };
  readonly total: number; readonly missingYear: number | null; readonly oneTimePassword: string; readonly parameter: Row; readonly message: string;
}
interface Asked { readonly status: number; readonly body: Body; readonly cookie: string }
const cookieIn = (header: string): string | null => /shanzhi_session=([^;]*)/.exec(header)?.[0] ?? null;

/** One person's browser: keeps the cookie and the cross-site token. */
class Visitor {
  cookie = '';
  csrf = '';
  async ask(method: Method, path: string, payload?: object, headers: Record<string, string> = {}): Promise<Asked> {
    const answer = await app.inject({
      method, url: `/api${path}`, ...(method === 'GET' ? {} : { payload: payload ?? {} }),
      headers: { cookie: this.cookie, 'x-shanzhi-csrf': this.csrf, ...(method === 'POST' ? { 'idempotency-key': newId() } : {}), ...headers },
    });
    const set = [answer.headers['set-cookie'] ?? ''].flat().join(';');
    const cookie = cookieIn(set);
    if (cookie !== null) this.cookie = cookie;
    const body = answer.json<Body>();
    if (body.csrfToken !== undefined) this.csrf = body.csrfToken;
    return { status: answer.statusCode, body, cookie: set };
  }
}

async function signedIn(login: string, password = PASSWORD): Promise<Visitor> {
  const visitor = new Visitor();
  expect(await visitor.ask('POST', '/sessions', { login, password })).toMatchObject({ status: 200 });
  return visitor;
}

describe('signing in over HTTP', () => {
  test('sets a cookie no script can read, says who one is, and signing out takes it away', async () => {
    await given.user('wang', [{ role: 'township-officer', at: '城关街道' }]);
    const wang = new Visitor();
    const answer = await wang.ask('POST', '/sessions', { login: 'wang', password: PASSWORD });
    expect(answer.cookie).toMatch(/HttpOnly/u);
    expect(answer.cookie).toMatch(/SameSite=Lax/u);
    expect(answer.body).toMatchObject({ user: { login: 'wang' }, active: { scopeName: '城关街道' }, county: { name: '云川县' }, isDemo: false, today: '2026-11-20', passwordMinLength: 10 });
    expect(answer.body.permissions).toContain('registry.edit');
    expect(answer.body.permissions).not.toContain('administration.audit.read');
    expect((await wang.ask('GET', '/me')).body).toEqual(answer.body);
    expect((await wang.ask('DELETE', '/sessions/current')).status).toBe(200);
    wang.cookie = cookieIn(answer.cookie) ?? '';
    expect(await wang.ask('GET', '/me')).toMatchObject({ status: 401, body: { code: 'session.required' } });
  });

  test('a wrong password answers 401, too many 429, a change without the cross-site token 403', async () => {
    await given.user('wang');
    const visitor = new Visitor();
    for (const _ of [1, 2, 3]) expect(await visitor.ask('POST', '/sessions', { login: 'wang', password: 'no' })).toMatchObject({ status: 401, body: { code: 'session.wrong-password' } });
    expect(await visitor.ask('POST', '/sessions', { login: 'wang', password: PASSWORD })).toMatchObject({ status: 429, body: { code: 'session.locked' } });
    kit.clock.set('2026-11-20T02:10:00.000Z');
    const wang = await signedIn('wang');
    wang.csrf = 'forged';
    expect(await wang.ask('PUT', '/me/active-grant', { grantId: newId() })).toMatchObject({ status: 403, body: { code: 'session.cross-site' } });
  });

  test('until the first password is changed everything but that answers 403', async () => {
    await given.asksNoCode(await given.user('wang', ['security-administrator'], { mustChangePassword: true }));
    const wang = await signedIn('wang');
    for (const [method, path] of [['GET', '/users'], ['GET', '/org-units'], ['GET', '/me/sessions'], ['PUT', '/me/active-grant']] as const) {
      expect(await wang.ask(method, path, method === 'PUT' ? { grantId: newId() } : undefined)).toMatchObject({ status: 403, body: { code: 'session.password-change-required' } });
    }
    expect((await wang.ask('GET', '/me')).body.user.mustChangePassword).toBe(true);
    const old = wang.cookie;
    expect(await wang.ask('PUT', '/me/password', { current: PASSWORD, next: '123456' })).toMatchObject({ status: 409, body: { code: 'rule.violated' } });
    expect(await wang.ask('PUT', '/me/password', { current: PASSWORD, next: 'another-fine-1' })).toMatchObject({ status: 200, body: { user: { mustChangePassword: false } } });
    expect(wang.cookie).not.toBe(old);
    expect((await wang.ask('GET', '/users')).status).toBe(200);
  });

  test('devices are listed and revoked; the post is switched', async () => {
    await given.user('wang', [{ role: 'township-officer', at: '城关街道' }, { role: 'township-officer', at: '河口镇' }]);
    const [here, there] = [await signedIn('wang'), await signedIn('wang')];
    const { body } = await here.ask('GET', '/me/sessions');
    expect(body.rows).toHaveLength(2);
    const other = body.rows.find((row) => !row.isCurrent);
    expect((await here.ask('DELETE', `/me/sessions/${other?.id}`)).status).toBe(200);
    expect((await there.ask('GET', '/me')).status).toBe(401);
    const me = await here.ask('GET', '/me');
    const wanted = me.body.grants.find((grant) => grant.scopeName !== me.body.active.scopeName);
    expect((await here.ask('PUT', '/me/active-grant', { grantId: wanted?.id })).body.active).toEqual(wanted);
    expect((await here.ask('GET', '/me')).body.active).toEqual(wanted);
  });
});

describe('administrators over HTTP', () => {
  test('the security administrator makes a user whose password is told once, gives a post, and disables', async () => {
    await given.asksNoCode(await given.user('an', ['security-administrator']));
    const an = await signedIn('an');
    const made = await an.ask('POST', '/users', { login: 'zhao', name: '赵工', grant: { role: 'township-officer', scopeId: given.unit('城关街道') } });
    expect(made).toMatchObject({ status: 200, body: { user: { login: 'zhao', grants: [{ scopeName: '城关街道' }] } } });
    const successor = await an.ask('POST', '/users', { login: 'qian', name: '钱工' });
    expect((await an.ask('PUT', `/users/${successor.body.user.id}`, { login: 'qian', name: '钱工程师' }, { 'if-match': '1' })).body.name).toBe('钱工程师');
    expect((await an.ask('PUT', `/users/${successor.body.user.id}`, { login: 'qian', name: '钱' }, { 'if-match': '1' }))).toMatchObject({ status: 412, body: { code: 'state.stale' } });
    expect((await an.ask('PUT', `/users/${successor.body.user.id}`, { login: 'qian', name: '钱' }))).toMatchObject({ status: 428 });
    expect((await an.ask('PUT', `/users/${made.body.user.id}/status`, { status: 'disabled', reason: '调离' })).status).toBe(200);
    expect((await an.ask('GET', '/users?status=disabled')).body.rows.map((row) => row.login)).toEqual(['zhao']);
    const zhao = new Visitor();
    expect((await zhao.ask('POST', '/sessions', { login: 'zhao', password: made.body.oneTimePassword })).status).toBe(401);
    const roles = await an.ask('GET', '/roles');
    expect(roles.body.rows).toHaveLength(14);
    expect((await an.ask('GET', '/audit-entries')).status).toBe(403);
  });

  test('the audit administrator reads who did what, field by field, and verifies the chain; a tampered row is named', async () => {
    await given.asksNoCode(await given.user('shen', ['audit-administrator']));
    await given.user('xi', ['system-administrator']);
    const xi = await signedIn('xi');
    const unit = await xi.ask('POST', '/org-units', { kind: 'neighbourhood', name: '新桥社区', parentId: given.unit('河口镇') });
    expect(unit.status).toBe(200);
    await xi.ask('PUT', `/org-units/${unit.body.id}`, { name: '新桥村', subkind: '村' }, { 'if-match': '1' });
    const shen = await signedIn('shen');
    const list = await shen.ask('GET', `/audit-entries?subjectKind=OrgUnit&subjectId=${unit.body.id}`);
    expect(list.body.rows.map((row) => row.actionTitle)).toEqual(['修改机构', '新增机构']);
    const detail = await shen.ask('GET', `/audit-entries/${list.body.rows[0]?.id}`);
    expect(detail.body).toMatchObject({ actorName: 'xi', roleTitle: '系统管理员', changes: expect.arrayContaining([{ field: '名称', before: '新桥社区', after: '新桥村' }]), seal: null });
    expect((await shen.ask('GET', '/audit-entries?from=2026-11-21')).body.total).toBe(0);
    const fine = await shen.ask('POST', '/audit-verifications', {});
    expect(fine.body).toMatchObject({ ok: true, unsealedTail: 0, firstBad: null });
    const noted = fine.body.head;
    const owner = new Client({ connectionString: kit.ownerUrl });
    await owner.connect();
    await owner.query("update audit.entry set actor_name = '别人' where entry_no = $1", [detail.body.entryNo]);
    await owner.end();
    const found = await shen.ask('POST', '/audit-verifications', { head: { sealNo: noted.sealNo, hash: noted.hash } });
    expect(found.body).toMatchObject({ ok: false, firstBad: { entryNo: detail.body.entryNo, kind: 'edited' }, message: expect.stringContaining('记录内容被改动') });
    expect((await xi.ask('POST', '/audit-verifications', {})).status).toBe(403);
  });

  test('a clerk sees parameters with their sources, sets one on a basis and withdraws it', async () => {
    await given.user('ban', ['bureau-clerk']);
    const ban = await signedIn('ban');
    const list = await ban.ask('GET', '/parameters');
    const target = list.body.rows.find((row) => row.id === 'committee.formation.target');
    expect(target).toMatchObject({ kind: 'number', inForce: { origin: 'default', valueText: '60%', basis: { clause: '三（二）1' } } });
    const set = await ban.ask('POST', '/parameters/committee.formation.target/overrides', { value: 7000, effectiveFrom: '2026-12-01', basis: '云政发〔2026〕3号' });
    expect(set.body).toMatchObject({ before: { valueText: '60%', from: '2025-06-01' }, parameter: { inForce: { valueText: '70%', origin: 'county', from: '2026-12-01', setBy: 'ban' } } });
    expect(set.body.message).toContain('原为60%（自2025年6月1日起），自2026年12月1日起为70%');
    const on = async (day: string) => (await ban.ask('GET', `/parameters?on=${day}`)).body.rows.find((row) => row.id === 'committee.formation.target')?.inForce.valueText;
    expect([await on('2026-11-30'), await on('2026-12-01')]).toEqual(['60%', '70%']);
    expect(await ban.ask('POST', '/parameters/committee.formation.target/overrides', { value: 70_000, effectiveFrom: '2026-12-02', basis: '错' })).toMatchObject({ status: 400, body: { code: 'input.invalid', errors: [{ pointer: '/value' }] } });
    const back = await ban.ask('PUT', `/parameter-overrides/${set.body.parameter.inForce.overrideId}/withdrawal`, { from: '2027-01-01', reason: '文件废止' });
    expect(back.body.parameter.inForce).toMatchObject({ origin: 'default', valueText: '60%' });
    expect([await on('2026-12-31'), await on('2027-01-01')]).toEqual(['70%', '60%']);
    const rules = await ban.ask('GET', '/rules');
    expect(rules.body.rows.find((row) => row.id === 'administration.separation')).toMatchObject({ title: expect.stringContaining('三员分立'), basis: [{ clause: '8.1.7.1' }] });
  });

  test('what guards accounts and sign-in is set by the system administrator alone: a clerk sees it and is told so', async () => {
    await given.user('ban', ['bureau-clerk']);
    await given.asksNoCode(await given.user('xi', ['system-administrator']));
    const [ban, xi] = [await signedIn('ban'), await signedIn('xi')];
    const wish = { value: ['security-administrator'], effectiveFrom: '2026-12-01', basis: '云建办〔2026〕9号' };
    const canOf = async (who: Visitor) => (await who.ask('GET', '/parameters?about=administration')).body.rows.map(({ can }) => can.set);
    expect(new Set(await canOf(ban))).toEqual(new Set(['账号、登录和留痕的参数只能由系统管理员设置']));
    expect(new Set(await canOf(xi))).toEqual(new Set([true]));
    expect(await ban.ask('POST', '/parameters/administration.second-factor-roles/overrides', wish)).toMatchObject({ status: 403, body: { code: 'access.denied' } });
    const set = await xi.ask('POST', '/parameters/administration.second-factor-roles/overrides', wish);
    expect(set).toMatchObject({ status: 200, body: { parameter: { inForce: { origin: 'county', valueText: expect.stringContaining('安全管理员') } } } });
    expect(await ban.ask('PUT', `/parameter-overrides/${set.body.parameter.inForce.overrideId}/withdrawal`, { reason: '不要了' })).toMatchObject({ status: 403 });
    expect((await canOf(ban)).length).toBeGreaterThan(10);
  });

  test('the calendar is loaded by an officer and explains a date line by line', async () => {
    await given.user('ban', ['bureau-clerk']);
    const ban = await signedIn('ban');
    const asked = await ban.ask('GET', '/working-days?from=2026-02-13&days=3');
    expect(asked.body).toMatchObject({ on: '2026-02-25', provisional: false });
    expect(asked.body.lines[0]).toEqual({ on: '2026-02-14', weekday: '星期六', counted: true, nth: 1, reason: '调休上班', provisional: false });
    expect(asked.body.lines.filter((line) => !line.counted)).toHaveLength(9);
    expect((await ban.ask('GET', '/holiday-notices')).body.missingYear).toBe(2027);
    const notice = { noticeNo: '国办发明电〔2026〕9号', title: '2027年部分节假日安排', publishedOn: '2026-11-05', daysOff: ['2027-01-01'], makeupDays: [] };
    expect((await ban.ask('PUT', '/holiday-notices/2027', notice)).body).toMatchObject({ year: 2027, importedBy: 'ban' });
    expect((await ban.ask('GET', '/holiday-notices')).body).toMatchObject({ missingYear: null, rows: [{ year: 2027 }] });
    expect((await ban.ask('PUT', '/holiday-notices/2027', { ...notice, daysOff: ['2026-05-01'] })).body).toMatchObject({ code: 'input.invalid', errors: [{ pointer: '/daysOff/0' }] });
  });

  test('bodies keep their place, and one in use cannot be abolished', async () => {
    await given.asksNoCode(await given.user('xi', ['system-administrator']));
    await given.user('li', [{ role: 'neighbourhood-officer', at: '河口村' }]);
    const xi = await signedIn('xi');
    expect((await xi.ask('GET', '/org-units?kind=township')).body.rows.map((row) => row.name)).toEqual(['城关街道', '河口镇']);
    expect(await xi.ask('POST', '/org-units', { kind: 'township', name: '错镇', parentId: given.unit('河口镇') })).toMatchObject({ status: 409 });
    expect(await xi.ask('POST', '/org-units', { kind: 'neighbourhood', name: '河口 村', parentId: given.unit('河口镇') })).toMatchObject({ status: 409, body: { code: 'state.duplicate' } });
    expect(await xi.ask('POST', '/org-units', { kind: 'neighbourhood', name: '新村', parentId: given.unit('河口镇'), code: '990101102001' })).toMatchObject({ status: 409, body: { code: 'state.duplicate' } });
    expect(await xi.ask('PUT', `/org-units/${given.unit('河口镇')}/status`, { status: 'archived', reason: '撤并' })).toMatchObject({ status: 409, body: { detail: expect.stringContaining('河口村') } });
    expect(await xi.ask('PUT', `/org-units/${given.unit('河口村')}/status`, { status: 'archived', reason: '撤并' })).toMatchObject({ status: 409, body: { detail: expect.stringContaining('在任岗位') } });
    expect(await xi.ask('PUT', `/org-units/${given.unit('西苑社区')}/status`, { status: 'archived', reason: '撤并' })).toMatchObject({ status: 200 });
    expect((await xi.ask('GET', '/org-units?kind=neighbourhood')).body.rows).toHaveLength(2);
  });

  test('failed jobs and deliveries are listed and started again, others refused', async () => {
    await given.asksNoCode(await given.user('xi', ['system-administrator']));
    const xi = await signedIn('xi');
    const jobId = newId<'Job'>();
    await systemContext(kit.kit).transact(async (tx) => {
      tx.auditNothing('fixture');
      tx.emit({ name: 'thing.happened', key: 'one', payload: {}, countyId: given.countyId });
      await tx.db.insertInto('platform.job').values({ id: jobId, countyId: given.countyId, kind: 'thing.count', status: 'failed', input: '{}', error: '磁盘已满' }).execute();
    });
    await kit.kit.database.write(everything, (db) => db.updateTable('platform.eventDelivery').set({ status: 'failed', attempts: 8, lastError: '没有开门' }).execute());
    expect((await xi.ask('GET', '/jobs?status=failed')).body.rows).toMatchObject([{ id: jobId, title: '清点', error: '磁盘已满' }]);
    expect((await xi.ask('POST', `/jobs/${jobId}/replays`, {})).body).toMatchObject({ status: 'waiting', error: null });
    expect(await xi.ask('POST', `/jobs/${jobId}/replays`, {})).toMatchObject({ status: 409, body: { code: 'state.conflict' } });
    const { body } = await xi.ask('GET', '/event-deliveries');
    expect(body.rows).toMatchObject([{ name: 'thing.happened', subscriber: 'listener', lastError: '没有开门' }]);
    expect((await xi.ask('POST', `/event-deliveries/${body.rows[0]?.eventId}/listener/replays`, {})).body.status).toBe('waiting');
    expect((await xi.ask('GET', '/event-deliveries')).body.rows).toEqual([]);
    await given.user('ban', ['bureau-clerk']);
    expect((await (await signedIn('ban')).ask('GET', '/jobs')).status).toBe(403);
  });
});
