import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { openSession, signIn } from '#platform/identity/sessions.ts';
import { systemContext } from '#platform/make-context.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { inviteByCommand, resetByLink, totpOff } from './commands.ts';
import { PASSWORD, world, type World } from './testing/world.ts';
import { endUserSessions, inviteUser, removeUserTotp, renewInvitation, revokeAccountLinks, sendResetLink } from './use-cases/account-links.ts';
import { listAccountLinks } from './use-cases/list-account-links.ts';
import { openAccountLink, setPasswordByLink } from './use-cases/open-account-link.ts';
import { getUser, resetPassword, setUserStatus } from './use-cases/users.ts';

const NEXT = 'seven-herons-wade-9';
let kit: TestKit;
let given: World;
let security: Id<'AppUser'>;
let number = 0;
beforeAll(async () => { kit = await testKit([], { at: '2026-11-20T02:00:00.000Z' }); given = await world(kit.kit); security = await given.user('anquan', ['security-administrator']); });
afterAll(() => kit.stop());
let login: string;
beforeEach(() => { number += 1; login = `person${number}`; });

const an = (): Ctx => given.as(security, 'security-administrator');
const anybody = (): Ctx => systemContext(kit.kit);
const wait = (hours: number) => kit.clock.set(instantOf(epochOf(kit.kit.clock.now()) + hours * 3_600_000));
const shownBy = (path: string) => {
  const [, purpose = '', token = ''] = /^\/l\/([a-z-]+)#([\w-]{43})$/.exec(path) ?? [];
  if (purpose !== 'invitation' && purpose !== 'password-reset') throw new Error(`no link: ${path}`);
  return { purpose, token } as const;
};
const open = (path: string) => openAccountLink(anybody(), { params: {}, query: {}, body: shownBy(path) });
const set = (path: string, password = NEXT) => setPasswordByLink(anybody(), { params: {}, query: {}, body: { ...shownBy(path), password } });
const invite = () => inviteUser(an(), { params: {}, query: {}, body: { login, name: '王新', grant: { role: 'township-officer', scopeId: given.unit('城关街道'), title: '物业专员' } } });
const reset = (userId: Id<'AppUser'>, ctx = an()) => sendResetLink(ctx, { params: { userId }, query: {}, body: { reason: '忘记密码，已当面核实' } });
const enter = (password = NEXT) => signIn(kit.kit, { login, password, ip: `10.2.0.${number}`, userAgent: '' });
const refusal = (done: Promise<unknown>) => done.then(() => null, (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error));

describe('an invitation', () => {
  test('tells who invites and for which post, and lets the person set the first password, once', async () => {
    const { user, path, validUntil } = await invite();
    expect(epochOf(validUntil) - epochOf(kit.kit.clock.now())).toBe(7 * 86_400_000);
    expect(user).toMatchObject({ login, mustChangePassword: true, link: { purpose: 'invitation', validUntil } });
    expect(await open(path)).toEqual({ purpose: 'invitation', name: '王新', login, county: '云川县', madeBy: 'anquan', validUntil, passwordMinLength: 10, posts: [{ roleTitle: '乡镇街道经办人', scopeName: '城关街道', title: '物业专员' }] });
    expect(await set(path)).toEqual({ login });
    expect((await enter()).session).toMatchObject({ user: { login, mustChangePassword: false }, active: { scopeName: '城关街道' } });
    expect([await refusal(open(path)), await refusal(set(path, 'another-fine-word-1'))]).toEqual(['link.over', 'link.over']);
    expect((await getUser(an(), { params: { userId: user.id }, query: {}, body: {} })).link).toBeNull();
  });

  test('is not used up by a password that is too weak', async () => {
    const { path } = await invite();
    expect(await refusal(set(path, 'short'))).toBe('rule.violated');
    expect(await set(path)).toEqual({ login });
  });

  test('ends with its time, and one that is sent anew ends the one before', async () => {
    const { user, path } = await invite();
    wait(7 * 24);
    expect([await refusal(open(path)), await refusal(set(path))]).toEqual(['link.over', 'link.over']);
    const again = await renewInvitation(an(), { params: { userId: user.id }, query: {}, body: {} });
    const third = await renewInvitation(an(), { params: { userId: user.id }, query: {}, body: {} });
    expect(await refusal(set(again.path))).toBe('link.over');
    await set(third.path);
    expect(await refusal(renewInvitation(an(), { params: { userId: user.id }, query: {}, body: {} }))).toBe('state.conflict');
  });

  test('used by several at the same time sets one password', async () => {
    const { path } = await invite();
    const words = ['first-word-heron-1', 'second-word-heron-2', 'third-word-heron-3'];
    const answers = await Promise.all(words.map((word) => refusal(set(path, word))));
    expect(answers.filter((each) => each === null)).toHaveLength(1);
    expect(answers.filter((each) => each === 'link.over')).toHaveLength(2);
    await enter(words[answers.indexOf(null)]);
  });

  test('opens nothing once it was taken back, the account was disabled, or a one-time password was given instead', async () => {
    const first = await invite();
    expect(await revokeAccountLinks(an(), { params: { userId: first.user.id }, query: {}, body: { reason: '发错了群' } })).toEqual({ ended: 1 });
    expect(await refusal(revokeAccountLinks(an(), { params: { userId: first.user.id }, query: {}, body: { reason: '再撤一次' } }))).toBe('state.conflict');
    const second = await renewInvitation(an(), { params: { userId: first.user.id }, query: {}, body: {} });
    await resetPassword(an(), { params: { userId: first.user.id }, query: {}, body: { reason: '改发一次性密码' } });
    const third = await renewInvitation(an(), { params: { userId: first.user.id }, query: {}, body: {} });
    await setUserStatus(an(), { params: { userId: first.user.id }, query: {}, body: { status: 'disabled', reason: '不来了' } });
    for (const { path } of [first, second, third]) expect([await refusal(open(path)), await refusal(set(path))]).toEqual(['link.over', 'link.over']);
    expect(await refusal(renewInvitation(an(), { params: { userId: first.user.id }, query: {}, body: {} }))).toBe('state.conflict');
    const { rows } = await listAccountLinks(an(), { params: {}, query: { userId: first.user.id, limit: 50 }, body: {} });
    expect(rows.map(({ status, revokedReason }) => [status, revokedReason])).toEqual([['revoked', '账号已停用'], ['revoked', '密码已重置'], ['revoked', '发错了群']]);
  });
});

describe('a link to a new password', () => {
  test('leaves the old password alone until used; then every session is over and the lock is lifted', async () => {
    const userId = await given.user(login, ['bureau-clerk']);
    const { token } = await enter(PASSWORD);
    const { path } = await reset(userId);
    await enter(PASSWORD);
    for (const wrong of ['a', 'b', 'c']) await refusal(enter(wrong));
    await set(path);
    expect(await openSession(kit.kit, { token, now: kit.kit.clock.now() })).toBeNull();
    expect(await refusal(enter(PASSWORD))).toBe('session.wrong-password');
    expect((await enter()).session.user.mustChangePassword).toBe(false);
  });

  test('holds for a day, and opens nothing as an invitation', async () => {
    const { path } = await reset(await given.user(login));
    const asInvitation = path.replace('password-reset', 'invitation');
    expect([await refusal(open(asInvitation)), await refusal(set(asInvitation))]).toEqual(['link.unknown', 'link.unknown']);
    wait(24);
    expect(await refusal(set(path))).toBe('link.over');
  });

  test('is not made for oneself, for a disabled account, or for somebody of another county', async () => {
    const userId = await given.user(login);
    expect(await refusal(reset(security))).toBe('state.conflict');
    const elsewhere = { ...an().scope, id: given.unit('城关街道'), countyId: given.unit('城关街道') };
    expect(await refusal(reset(userId, { ...an(), ...systemContext(kit.kit, { scope: elsewhere }) }))).toBe('user.not-found');
    await setUserStatus(an(), { params: { userId }, query: {}, body: { status: 'disabled', reason: '离职' } });
    expect(await refusal(reset(userId))).toBe('state.conflict');
  });

  test('is told once: neither the rows nor the entries hold it', async () => {
    const { token } = shownBy((await reset(await given.user(login))).path);
    const rows = await kit.kit.database.read(everything, async (db) => JSON.stringify([await db.selectFrom('platform.link').selectAll().execute(), await db.selectFrom('audit.entry').selectAll().execute()]));
    expect(rows).not.toContain(token);
  });
});

test('the security administrator ends every session of somebody, and takes away a lost one-time code only where there is one, never his own', async () => {
  const userId = await given.user(login);
  const { token } = await enter(PASSWORD);
  const body = { reason: '手机丢失' };
  expect(await endUserSessions(an(), { params: { userId }, query: {}, body })).toEqual({ ended: 1 });
  expect(await openSession(kit.kit, { token, now: kit.kit.clock.now() })).toBeNull();
  expect(await refusal(removeUserTotp(an(), { params: { userId }, query: {}, body }))).toBe('state.conflict');
  expect(await refusal(removeUserTotp(an(), { params: { userId: security }, query: {}, body }))).toBe('state.conflict');
  const enrolled = () => kit.kit.database.write(everything, (db) => db.insertInto('platform.totp').values({ userId, countyId: given.countyId, secretCipher: kit.kit.vault.seal('x'), confirmedAt: kit.kit.clock.now(), createdAt: kit.kit.clock.now() }).execute());
  await enrolled();
  expect(await refusal(enter(PASSWORD))).toBe('session.code-required');
  expect(await removeUserTotp(an(), { params: { userId }, query: {}, body })).toMatchObject({ totpSince: null });
  await enter(PASSWORD);
  await enrolled();
  expect(await totpOff(kit.kit, login)).toEqual({ login });
  await enter(PASSWORD);
});

test('the command line hands out the same links, under the deployment’s address', async () => {
  const invited = await inviteByCommand(kit.kit, { login, name: '王新', role: 'township-officer', countyId: given.countyId, body: '城关街道' });
  expect(invited.link).toMatch(/^http:\/\/127\.0\.0\.1:8080\/l\/invitation#/);
  const path = (link: string) => link.slice('http://127.0.0.1:8080'.length);
  expect(await open(path(invited.link))).toMatchObject({ madeBy: null, posts: [{ scopeName: '城关街道' }] });
  await set(path(invited.link));
  await set(path((await resetByLink(kit.kit, login)).link), 'twelve-kites-rise-3');
  await enter('twelve-kites-rise-3');
  expect(await refusal(resetByLink(kit.kit, 'nobody-here'))).toBe('user.not-found');
});
