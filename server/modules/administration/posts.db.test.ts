import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import { countyScope, everything } from '#platform/access/scope.ts';
import { changePassword, signIn } from '#platform/identity/sessions.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import type { Role } from '#contract/permissions.ts';
import { addCounty } from './county/add-county.ts';
import { addUser, firstAdministrator, resetUser } from './commands.ts';
import { addGrant, endGrant, listGrants, listGrantScopes } from './use-cases/grants.ts';
import { setParameter } from './use-cases/parameters.ts';
import { createUser, getUser, listUsers, resetPassword, setUserStatus, updateUser } from './use-cases/users.ts';
import { divisions, world, type World } from './testing/world.ts';

type UserId = Id<'AppUser'>;
let kit: TestKit;
let given: World;
let security: UserId;
beforeEach(async () => {
  kit = await testKit([]);
  given = await world(kit.kit);
  security = await given.user('security', ['security-administrator']);
});
afterEach(() => kit.stop());

const ctx = (userId: UserId = security) => given.as(userId, 'security-administrator');
const give = (userId: UserId, role: Role, at = '云川县', by: UserId = security) => addGrant(ctx(by), { params: { userId }, query: {}, body: { role, scopeId: given.unit(at) } });

describe('三员分立', () => {
  test.each([
    ['system-administrator', 'audit-administrator'], ['security-administrator', 'system-administrator'], ['audit-administrator', 'security-administrator'],
  ] as const)('who is %s cannot become %s', async (held, wanted) => {
    const user = await given.user('li', [held]);
    await expect(give(user, wanted)).rejects.toMatchObject({ code: 'rule.violated', violations: [{ rule: 'administration.separation' }] });
  });

  test('another role beside is no matter, and after the first has ended the other may be given', async () => {
    const user = await given.user('li', ['audit-administrator']);
    await give(user, 'department-officer');
    const { rows } = await listGrants(ctx(), { params: {}, query: { limit: 50, userId: user, role: 'audit-administrator' }, body: {} });
    await endGrant(ctx(), { params: { grantId: rows[0]?.id ?? newId<'UserGrant'>() }, query: {}, body: { reason: '调整' } });
    expect((await give(user, 'system-administrator')).roleTitle).toBe('系统管理员');
  });

  test('nobody gives himself a post, whatever it is', async () => {
    await expect(give(security, 'bureau-clerk')).rejects.toMatchObject({ code: 'rule.violated', violations: [{ rule: 'administration.grant-by-someone-else' }] });
  });

  test('two gifts at once cannot slip past each other', async () => {
    const user = await given.user('li');
    const answers = await Promise.allSettled([give(user, 'audit-administrator'), give(user, 'system-administrator')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('the last security administrator can be neither ended nor disabled', async () => {
    const { rows } = await listGrants(ctx(), { params: {}, query: { limit: 50, userId: security }, body: {} });
    const end = { params: { grantId: rows[0]?.id ?? newId<'UserGrant'>() }, query: {}, body: { reason: '调离' } };
    await expect(endGrant(ctx(), end)).rejects.toMatchObject({ code: 'rule.violated', violations: [{ rule: 'administration.security-administrator-remains' }] });
    const second = await given.user('second', ['security-administrator']);
    await setUserStatus(ctx(), { params: { userId: second }, query: {}, body: { status: 'disabled', reason: '试' } });
    await expect(endGrant(ctx(second), end)).rejects.toMatchObject({ code: 'rule.violated' });
    await setUserStatus(ctx(), { params: { userId: second }, query: {}, body: { status: 'active', reason: '试' } });
    expect((await endGrant(ctx(second), end)).endedReason).toBe('调离');
  });
});

describe('a post', () => {
  test('covers what its role covers: a township’s officer no county, no neighbourhood', async () => {
    const user = await given.user('li');
    await expect(give(user, 'township-officer', '云川县')).rejects.toMatchObject({ code: 'rule.violated', message: '「乡镇街道经办人」应管辖乡镇街道，所选的是县，请重新选择管辖对象' });
    await expect(give(user, 'township-officer', '东门社区')).rejects.toMatchObject({ violations: [{ rule: 'administration.grant-level-fits' }] });
    expect(await give(user, 'township-officer', '河口镇')).toMatchObject({ scopeName: '河口镇', orgUnitName: '河口镇', level: 'township' });
    await expect(give(user, 'township-officer', '河口镇')).rejects.toMatchObject({ code: 'state.duplicate' });
  });

  test('of another county cannot be given, and its users are not there', async () => {
    const other = await addCounty(kit.kit, { code: '990102', divisions: divisions.map((each) => ({ ...each, code: each.code.replace('990101', '990102'), parentCode: each.parentCode?.replace('990101', '990102') ?? null })) });
    const user = await given.user('li');
    await expect(addGrant(ctx(), { params: { userId: user }, query: {}, body: { role: 'bureau-clerk', scopeId: other.id } })).rejects.toMatchObject({ code: 'not-found' });
    const made = await firstAdministrator(kit.kit, other.id);
    const found = await kit.kit.database.read(everything, (db) => db.selectFrom('platform.appUser').select('id').where('login', '=', made?.login ?? '').executeTakeFirstOrThrow());
    await expect(getUser(ctx(), { params: { userId: found.id }, query: {}, body: {} })).rejects.toMatchObject({ code: 'user.not-found' });
    await expect(setUserStatus(ctx(), { params: { userId: found.id }, query: {}, body: { status: 'disabled', reason: '越权' } })).rejects.toMatchObject({ code: 'user.not-found' });
    expect((await listGrantScopes(ctx(), { params: {}, query: { level: 'township' }, body: {} })).rows.map(({ name }) => name).toSorted()).toEqual(['城关街道', '河口镇']);
  });
});

describe('users', () => {
  test('a new user gets a password that is shown once and must be changed', async () => {
    const made = await createUser(ctx(), { params: {}, query: {}, body: { login: 'zhao', name: '赵工', grant: { role: 'bureau-clerk', scopeId: given.countyId, orgUnitId: given.unit('云川县住房和城乡建设局') } } });
    expect(made.user).toMatchObject({ name: '赵工', mustChangePassword: true, grants: [{ roleTitle: '住建局经办人', orgUnitName: '云川县住房和城乡建设局' }] });
    const { session } = await signIn(kit.kit, { login: 'zhao', password: made.oneTimePassword, ip: '10.0.0.1', userAgent: '' });
    expect(session.user.mustChangePassword).toBe(true);
    const trail = JSON.stringify(await kit.kit.database.read(everything, (db) => db.selectFrom('audit.entry').selectAll().execute()));
    expect(trail).not.toContain(made.oneTimePassword);
    expect(trail).not.toContain('argon2');
    await expect(createUser(ctx(), { params: {}, query: {}, body: { login: 'ZHAO', name: '另一人' } })).rejects.toMatchObject({ code: 'state.duplicate' });
  });

  test('a one-time password opens the account until it expires; the one who knows it is told, and a reset gives a new one', async () => {
    const made = await createUser(ctx(), { params: {}, query: {}, body: { login: 'zhao', name: '赵工' } });
    expect(made.expiresAt).toBe('2026-11-27T02:00:00.000Z');
    const enter = (password: string) => signIn(kit.kit, { login: 'zhao', password, ip: '10.0.0.1', userAgent: '' });
    kit.clock.set('2026-11-27T01:59:59.000Z');
    expect((await enter(made.oneTimePassword)).session.user.mustChangePassword).toBe(true);
    kit.clock.set('2026-11-27T02:00:00.000Z');
    await expect(enter(made.oneTimePassword)).rejects.toMatchObject({ code: 'session.password-expired', message: expect.stringContaining('已于2026年11月27日过期，请联系本单位的安全管理员') });
    await expect(enter('not-the-password')).rejects.toMatchObject({ code: 'session.wrong-password' });
    kit.clock.set('2026-11-27T03:00:00.000Z');
    const again = await resetPassword(ctx(), { params: { userId: made.user.id }, query: {}, body: { reason: '一次性密码过期' } });
    const { session } = await enter(again.oneTimePassword);
    await changePassword(kit.kit, session, { current: again.oneTimePassword, next: 'a-fine-long-word-1' });
    kit.clock.set('2027-11-27T03:00:00.000Z');
    expect((await enter('a-fine-long-word-1')).session.user.mustChangePassword).toBe(false);
  });

  test('the county may set how long a one-time password is good; the first administrator’s is good for thirty days', async () => {
    await setParameter({ ...given.as(security, 'system-administrator'), scope: countyScope(given.countyId) }, { params: { parameterId: 'administration.one-time-password-days' }, query: {}, body: { value: 2, effectiveFrom: localDate('2026-11-20'), basis: '云建办〔2026〕1号' } });
    expect((await addUser(kit.kit, { login: 'sun', name: '孙工', role: 'township-officer', countyId: given.countyId, body: '城关' })).expiresAt).toBe('2026-11-22T02:00:00.000Z');
    expect((await resetUser(kit.kit, 'sun')).expiresAt).toBe('2026-11-22T02:00:00.000Z');
    const other = await addCounty(kit.kit, { code: '990102', divisions: divisions.map((each) => ({ ...each, code: each.code.replace('990101', '990102'), parentCode: each.parentCode?.replace('990101', '990102') ?? null })) });
    expect((await firstAdministrator(kit.kit, other.id))?.expiresAt).toBe('2026-12-20T02:00:00.000Z');
  });

  test('are listed by page, name, role and state', async () => {
    for (const n of [1, 2, 3, 4, 5]) await given.user(`user-${n}`, n % 2 ? ['bureau-clerk'] : []);
    const query = { limit: 4 };
    const first = await listUsers(ctx(), { params: {}, query, body: {} });
    const second = await listUsers(ctx(), { params: {}, query: { ...query, after: first.next ?? '' }, body: {} });
    expect([first.total, first.rows.length, second.rows.length, second.next]).toEqual([6, 4, 2, null]);
    expect([...first.rows, ...second.rows].map(({ login }) => login)).toEqual(['user-5', 'user-4', 'user-3', 'user-2', 'user-1', 'security']);
    expect((await listUsers(ctx(), { params: {}, query: { ...query, role: 'bureau-clerk' }, body: {} })).total).toBe(3);
    expect((await listUsers(ctx(), { params: {}, query: { ...query, q: 'R-2' }, body: {} })).rows.map(({ login }) => login)).toEqual(['user-2']);
  });

  test('an edit on an old version is refused', async () => {
    const user = await given.user('li');
    const edit = (version: number) => updateUser({ ...ctx(), ifMatch: version }, { params: { userId: user }, query: {}, body: { login: 'li', name: '李工' } });
    expect((await edit(1)).version).toBe(2);
    await expect(edit(1)).rejects.toMatchObject({ code: 'state.stale' });
  });

  test('the command line makes users, resets passwords and makes the first administrator once', async () => {
    const made = await addUser(kit.kit, { login: 'sun', name: '孙工', role: 'township-officer', countyId: given.countyId, body: '城关' });
    expect((await signIn(kit.kit, { ...made, ip: '10.0.0.1', userAgent: '' })).session.active?.scopeName).toBe('城关街道');
    await expect(addUser(kit.kit, { login: 'qian', name: '钱', role: 'neighbourhood-officer', countyId: given.countyId, body: '社区' })).rejects.toMatchObject({ message: expect.stringContaining('不止一个') });
    await expect(addUser(kit.kit, { login: 'qian', name: '钱', role: 'king', countyId: given.countyId })).rejects.toMatchObject({ code: 'input.invalid' });
    const reset = await resetUser(kit.kit, 'SUN');
    await expect(signIn(kit.kit, { ...made, ip: '10.0.0.1', userAgent: '' })).rejects.toMatchObject({ code: 'session.wrong-password' });
    expect((await signIn(kit.kit, { ...reset, ip: '10.0.0.1', userAgent: '' })).session.user.mustChangePassword).toBe(true);
    expect(await firstAdministrator(kit.kit, given.countyId)).toBeNull();
  });

  test('two starts at once make one first administrator', async () => {
    const other = await addCounty(kit.kit, { code: '990102', divisions: divisions.map((each) => ({ ...each, code: each.code.replace('990101', '990102'), parentCode: each.parentCode?.replace('990101', '990102') ?? null })) });
    const made = await Promise.all([firstAdministrator(kit.kit, other.id), firstAdministrator(kit.kit, other.id)]);
    expect(made.filter((each) => each !== null)).toHaveLength(1);
  });
});
