import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { everything } from '#platform/access/scope.ts';
import { localDate, instant } from '#domain/kernel/brand.ts';
import { changePassword, grantsOf, listSessions, openSession, revokeOtherSessions, revokeSession, signIn, signOut, switchGrant } from '#platform/identity/sessions.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { setUserStatus } from './use-cases/users.ts';
import { endGrant } from './use-cases/grants.ts';
import { PASSWORD, world, type World } from './testing/world.ts';

let kit: TestKit;
let given: World;
beforeEach(async () => { kit = await testKit([], { at: '2026-11-20T02:00:00.000Z' }); given = await world(kit.kit); });
afterEach(() => kit.stop());

const enter = (login: string, password = PASSWORD, ip = '10.0.0.1') => signIn(kit.kit, { login, password, ip, userAgent: 'test' });
const open = (token: string) => openSession(kit.kit, { token, now: kit.kit.clock.now() });
const at = (time: string) => kit.clock.set(`2026-11-20T${time}.000Z`);
const actions = () => kit.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select(['action', 'reason', 'subjectId']).where('action', 'like', 'session.%').orderBy('entryNo').execute());

describe('signing in', () => {
  test('opens a session under the person’s post; the token itself is stored nowhere', async () => {
    await given.user('wang', [{ role: 'township-officer', at: '城关街道' }]);
    const { token, session } = await enter('WANG');
    expect(session).toMatchObject({ user: { login: 'wang' }, active: { role: 'township-officer', scopeName: '城关街道' }, scope: { level: 'township', id: given.unit('城关街道'), countyId: given.countyId } });
    const [row] = await kit.kit.database.read(everything, (db) => db.selectFrom('platform.session').selectAll().execute());
    expect(JSON.stringify(row)).not.toContain(token);
    expect(await open(token)).toEqual(session);
    expect(await open(`${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`)).toBeNull();
  });

  test('a wrong password and an unknown account are told the same, and both leave an entry', async () => {
    await given.user('wang');
    const wrong = await enter('wang', 'not-it-at-all').catch((error: unknown) => error);
    const unknown = await enter('nobody').catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'session.wrong-password', message: '账号或密码不正确' });
    expect(unknown).toMatchObject({ code: 'session.wrong-password', message: '账号或密码不正确' });
    await enter('wang');
    expect((await actions()).map(({ action }) => action)).toEqual(['session.sign-in-failed', 'session.sign-in-failed', 'session.sign-in']);
    expect(JSON.stringify(await actions())).not.toContain('nobody');
  });

  test('the fifth failure locks the account for a quarter of an hour, even for the right password, from any address', async () => {
    await given.user('wang');
    for (const [n, time] of ['02:00:00', '02:00:01', '02:00:02', '02:01:00', '02:02:00'].entries()) {
      at(time);
      await expect(enter('wang', `wrong-${n}`, `10.0.1.${n}`)).rejects.toMatchObject({ code: 'session.wrong-password' });
    }
    at('02:16:59');
    await expect(enter('wang', PASSWORD, '10.9.9.9')).rejects.toMatchObject({ code: 'session.locked' });
    at('02:17:01');
    expect((await enter('wang')).session.user.login).toBe('wang');
  });

  test('after the third failure the next try must wait, and a success forgets the failures', async () => {
    await given.user('wang');
    for (const n of [1, 2, 3]) await expect(enter('wang', `wrong-${n}`)).rejects.toMatchObject({ code: 'session.wrong-password' });
    await expect(enter('wang')).rejects.toMatchObject({ code: 'session.locked', message: expect.stringContaining('秒后再试') });
    at('02:00:10');
    await enter('wang');
    await expect(enter('wang', 'wrong-again')).rejects.toMatchObject({ code: 'session.wrong-password' });
    await enter('wang');
  });

  test('an unknown account locks as a known one does', async () => {
    for (const time of ['02:00:00', '02:00:01', '02:00:02', '02:01:00', '02:02:00']) { at(time); await expect(enter('ghost')).rejects.toMatchObject({ code: 'session.wrong-password' }); }
    await expect(enter('ghost')).rejects.toMatchObject({ code: 'session.locked' });
  });

  test('twenty failures from one address lock the address for every account, and not other addresses', async () => {
    await given.user('wang');
    for (let n = 0; n < 20; n += 1) {
      at(`02:${String(Math.floor(n / 6)).padStart(2, '0')}:${String((n % 6) * 10).padStart(2, '0')}`);
      await expect(enter(`somebody-${n}`, 'wrong', '10.0.0.66')).rejects.toMatchObject({ code: 'session.wrong-password' });
    }
    at('02:05:00');
    await expect(enter('wang', PASSWORD, '10.0.0.66')).rejects.toMatchObject({ code: 'session.locked', message: expect.stringContaining('网络地址') });
    expect((await enter('wang', PASSWORD, '10.0.0.67')).session.user.login).toBe('wang');
  });

  test('guesses sent side by side are counted one by one', async () => {
    await given.user('wang');
    const answers = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => enter('wang', `guess-${n}`)));
    expect(answers.filter((each) => each.status === 'rejected' && each.reason.code === 'session.wrong-password')).toHaveLength(3);
    expect(answers.filter((each) => each.status === 'rejected' && each.reason.code === 'session.locked')).toHaveLength(9);
  });
});

describe('a session', () => {
  test('ends after half an hour of idleness; each use moves that on, but never past twelve hours', async () => {
    await given.user('wang', ['bureau-clerk']);
    const { token } = await enter('wang');
    at('02:29:00');
    expect(await open(token)).not.toBeNull();
    at('02:58:00');
    expect(await open(token)).not.toBeNull();
    at('03:28:00');
    expect(await open(token)).toBeNull();

    const day = await enter('wang');
    for (let minute = 3 * 60 + 28; minute < 15 * 60 + 28; minute += 20) {
      kit.clock.set(instant(`2026-11-20T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00.000Z`));
      expect(await open(day.token)).not.toBeNull();
    }
    at('15:28:00');
    expect(await open(day.token)).toBeNull();
  });

  test('the county’s own idle limit holds from its day on', async () => {
    const clerk = await given.user('wang', ['bureau-clerk']);
    await kit.kit.database.write(everything, (db) => db.insertInto('platform.parameterOverride').values({
      id: newId<'ParameterOverride'>(), countyId: given.countyId, parameterId: 'administration.session-idle-minutes', value: '5', effectiveFrom: localDate('2026-11-20'), basis: '测试', setBy: clerk,
    }).execute());
    const { token } = await enter('wang');
    at('02:04:59');
    expect(await open(token)).not.toBeNull();
    at('02:10:00');
    expect(await open(token)).toBeNull();
  });

  test('is written at most once a minute', async () => {
    await given.user('wang');
    const { token, session } = await enter('wang');
    const seen = async () => (await listSessions(kit.kit, session))[0]?.lastSeenAt;
    at('02:00:59');
    await open(token);
    expect(await seen()).toBe('2026-11-20T02:00:00.000Z');
    at('02:01:01');
    await open(token);
    expect(await seen()).toBe('2026-11-20T02:01:01.000Z');
  });

  test('switching the post rotates the token and changes what is in scope; another’s post cannot be taken', async () => {
    await given.user('wang', [{ role: 'township-officer', at: '城关街道' }, { role: 'township-officer', at: '河口镇' }]);
    await given.user('li', [{ role: 'township-officer', at: '河口镇' }]);
    const first = await enter('wang');
    const other = (await grantsOf(kit.kit, first.session)).find(({ scopeName }) => scopeName === '河口镇');
    const second = await switchGrant(kit.kit, first.session, other?.id ?? '');
    expect(second.session.scope.id).toBe(given.unit('河口镇'));
    expect(second.session.csrfToken).not.toBe(first.session.csrfToken);
    expect(await open(first.token)).toBeNull();
    expect((await open(second.token))?.active?.scopeName).toBe('河口镇');
    const li = await enter('li');
    await expect(switchGrant(kit.kit, second.session, li.session.active?.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
    await signOut(kit.kit, second.session);
    kit.clock.set('2026-11-20T03:00:00.000Z');
    expect((await enter('wang')).session.active?.scopeName).toBe('河口镇');
  });

  test('changing the password rotates the token, ends the others and wants the old one and a good new one', async () => {
    await given.user('wang', [], { mustChangePassword: true });
    const [here, there] = [await enter('wang'), await enter('wang', PASSWORD, '10.0.0.2')];
    expect(here.session.user.mustChangePassword).toBe(true);
    await expect(changePassword(kit.kit, here.session, { current: 'wrong', next: 'another-fine-1' })).rejects.toMatchObject({ code: 'session.wrong-password' });
    await expect(changePassword(kit.kit, here.session, { current: PASSWORD, next: 'wang' })).rejects.toMatchObject({ code: 'rule.violated' });
    await expect(changePassword(kit.kit, here.session, { current: PASSWORD, next: PASSWORD })).rejects.toMatchObject({ code: 'input.invalid' });
    const changed = await changePassword(kit.kit, here.session, { current: PASSWORD, next: 'another-fine-1' });
    expect(changed.session.user.mustChangePassword).toBe(false);
    expect([await open(here.token), await open(there.token)]).toEqual([null, null]);
    await expect(enter('wang')).rejects.toMatchObject({ code: 'session.wrong-password' });
    await enter('wang', 'another-fine-1');
  });

  test('can be listed and revoked, one or all others; never another person’s', async () => {
    await given.user('wang');
    await given.user('li');
    const [a, b, c, li] = [await enter('wang'), await enter('wang'), await enter('wang'), await enter('li')];
    expect(await listSessions(kit.kit, a.session)).toHaveLength(3);
    await revokeSession(kit.kit, a.session, b.session.sessionId);
    expect(await open(b.token)).toBeNull();
    await expect(revokeSession(kit.kit, a.session, li.session.sessionId)).rejects.toMatchObject({ code: 'not-found' });
    expect(await revokeOtherSessions(kit.kit, a.session)).toBe(1);
    expect(await open(c.token)).toBeNull();
    expect(await open(a.token)).not.toBeNull();
    expect(await open(li.token)).not.toBeNull();
  });

  test('a disabled user is out at the next request, and an ended post sees nothing', async () => {
    const security = await given.user('an', ['security-administrator']);
    const wang = await given.user('wang', [{ role: 'township-officer', at: '城关街道' }]);
    const { token, session } = await enter('wang');
    const ctx = given.as(security, 'security-administrator');
    await endGrant(ctx, { params: { grantId: session.active?.id ?? newId<'UserGrant'>() }, query: {}, body: { reason: '调离' } });
    expect(await open(token)).toMatchObject({ active: null, scope: { level: 'nothing' }, actor: { role: null } });
    await setUserStatus(ctx, { params: { userId: wang }, query: {}, body: { status: 'disabled', reason: '调离' } });
    expect(await open(token)).toBeNull();
    await expect(enter('wang')).rejects.toMatchObject({ code: 'session.wrong-password' });
  });

  test('a user without a post sees nothing', async () => {
    await given.user('wang');
    expect((await enter('wang')).session).toMatchObject({ active: null, scope: { level: 'nothing', id: null } });
  });
});
