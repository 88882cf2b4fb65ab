import { generateSync } from 'otplib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { roles } from '#contract/permissions.ts';
import { secondFactorRoleLabels } from '#domain/administration/second-factor.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { everything } from '#platform/access/scope.ts';
import { beginEnrolment, confirmEnrolment, factorOf, openSession, removeFactor, renewRecoveryCodes, signIn, type SessionFacts } from '#platform/identity/sessions.ts';
import { spendFactor } from '#platform/identity/totp.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { PASSWORD, world, type World } from './testing/world.ts';

let kit: TestKit;
let given: World;
let login: string;
let number = 0;
beforeAll(async () => { kit = await testKit([], { at: '2026-11-20T02:00:00.000Z' }); given = await world(kit.kit); });
afterAll(() => kit.stop());
beforeEach(async () => { number += 1; login = `person${number}`; await given.user(login, ['bureau-clerk']); });

const now = () => epochOf(kit.kit.clock.now()) / 1000;
const wait = (seconds: number) => kit.clock.set(instantOf((now() + seconds) * 1000));
const codeOf = (key: string, later = 0) => generateSync({ secret: key, epoch: now() + later });
const enter = (code?: string, password = PASSWORD) => signIn(kit.kit, { login, password, code, ip: `10.1.0.${number}`, userAgent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/140' });
const open = (token: string) => openSession(kit.kit, { token, now: kit.kit.clock.now() });
const refusal = (done: Promise<unknown>) => done.then(() => null, (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error));
const history = () => kit.kit.database.read(everything, (db) => db.selectFrom('platform.signIn as i').innerJoin('platform.appUser as u', 'u.id', 'i.userId').select(['i.result', 'i.way', 'i.hasLocked']).where('u.login', '=', login).orderBy('i.id').execute());

/** Sets up a code; afterwards the clock stands a step later, so that a fresh code may be used. */
async function enrolled(session: SessionFacts) {
  const { key } = await beginEnrolment(kit.kit, session, PASSWORD);
  const made = await confirmEnrolment(kit.kit, session, codeOf(key));
  wait(60);
  return { key, ...made };
}

describe('setting up a one-time code', () => {
  test('asks for the password, changes the token, ends the other sessions and tells ten recovery codes', async () => {
    const [first, other] = [await enter(), await enter()];
    expect(await refusal(beginEnrolment(kit.kit, first.session, 'not-my-password'))).toBe('session.wrong-password');
    const { key, uri } = await beginEnrolment(kit.kit, first.session, PASSWORD);
    expect(uri).toContain(key);
    expect(await factorOf(kit.kit, first.session)).toEqual({ since: null, recoveryCodesLeft: 0 });
    const { signed, recoveryCodes } = await confirmEnrolment(kit.kit, first.session, codeOf(key));
    expect(new Set(recoveryCodes).size).toBe(10);
    expect([await open(first.token), await open(other.token)]).toEqual([null, null]);
    expect(await open(signed.token)).toMatchObject({ user: { login, hasTotp: true } });
    expect(await factorOf(kit.kit, signed.session)).toEqual({ since: kit.kit.clock.now(), recoveryCodesLeft: 10 });
  });

  test('neither the secret nor a recovery code is stored as it is', async () => {
    const { session } = await enter();
    const { key, recoveryCodes } = await enrolled(session);
    const rows = await kit.kit.database.read(everything, async (db) => JSON.stringify([await db.selectFrom('platform.totp').selectAll().execute(), await db.selectFrom('platform.recoveryCode').selectAll().execute(), await db.selectFrom('audit.entry').selectAll().execute()]));
    for (const secret of [key, ...recoveryCodes]) expect(rows).not.toContain(secret);
  });

  test('is not done by a wrong code, asks for nothing until confirmed, and is not begun over one in use', async () => {
    const { session } = await enter();
    const first = await beginEnrolment(kit.kit, session, PASSWORD);
    const second = await beginEnrolment(kit.kit, session, PASSWORD);
    expect(await refusal(confirmEnrolment(kit.kit, session, codeOf(first.key)))).toBe('session.wrong-code');
    expect((await enter()).session.user.hasTotp).toBe(false);
    const { signed } = await confirmEnrolment(kit.kit, session, codeOf(second.key));
    expect(await refusal(beginEnrolment(kit.kit, signed.session, PASSWORD))).toBe('state.conflict');
    expect(await refusal(confirmEnrolment(kit.kit, signed.session, codeOf(second.key)))).toBe('state.conflict');
  });
});

describe('signing in with a one-time code', () => {
  test('asks for it only once the password was right', async () => {
    const { key } = await enrolled((await enter()).session);
    expect(await refusal(enter(undefined, 'wrong-password'))).toBe('session.wrong-password');
    expect(await refusal(enter(codeOf(key), 'wrong-password'))).toBe('session.wrong-password');
    expect(await refusal(enter())).toBe('session.code-required');
    expect((await enter(codeOf(key))).session.user.login).toBe(login);
  });

  test('takes each code once, and none of an earlier step afterwards', async () => {
    const { key } = await enrolled((await enter()).session);
    const [early, used] = [codeOf(key, -30), codeOf(key)];
    await enter(used);
    expect(await refusal(enter(used))).toBe('session.wrong-code');
    expect(await refusal(enter(early))).toBe('session.wrong-code');
    wait(30);
    expect(await refusal(enter(used))).toBe('session.wrong-code');
    wait(10);
    await expect(enter(codeOf(key))).resolves.toBeDefined();
  });

  test('of the minute in which the code was set up is a repeat too', async () => {
    const { session } = await enter();
    const { key } = await beginEnrolment(kit.kit, session, PASSWORD);
    const code = codeOf(key);
    await confirmEnrolment(kit.kit, session, code);
    expect(await refusal(enter(code))).toBe('session.wrong-code');
  });

  test('lets exactly one of several in that show the same code at the same time', async () => {
    const { key, recoveryCodes: [recovery = ''] } = await enrolled((await enter()).session);
    const factor = await kit.kit.database.read(everything, (db) => db.selectFrom('platform.totp as t').innerJoin('platform.appUser as u', 'u.id', 't.userId').select(['t.userId', 't.secretCipher']).where('u.login', '=', login).executeTakeFirstOrThrow());
    // Beside the queue of sign-ins: other processes do not stand in it.
    const spend = (text: string) => kit.kit.database.write(everything, (db) => spendFactor(db, kit.kit.vault, factor, text, kit.kit.clock.now()));
    const four = (text: string) => Promise.all(Array.from({ length: 4 }, () => spend(text)));
    expect((await four(codeOf(key))).filter((way) => way !== null)).toEqual(['code']);
    expect((await four(recovery)).filter((way) => way !== null)).toEqual(['recovery-code']);
  });

  test('counts wrong codes towards the lock, and writes down what failed', async () => {
    const { key } = await enrolled((await enter()).session);
    for (const pause of [0, 1, 1, 60, 60]) { wait(pause); expect(await refusal(enter('000000'))).toBe('session.wrong-code'); }
    expect(await refusal(enter(codeOf(key)))).toBe('session.locked');
    expect((await history()).map(({ result, way, hasLocked }) => [result, way, hasLocked])).toEqual([
      ['in', 'password', false], ...[false, false, false, false, true].map((hasLocked) => ['wrong-code', 'code', hasLocked]),
    ]);
    wait(16 * 60);
    await enter(codeOf(key));
    expect((await history()).at(-1)).toMatchObject({ result: 'in', way: 'code' });
  });
});

describe('a recovery code', () => {
  test('stands in for the device once, however it is typed; the others stay', async () => {
    const { recoveryCodes: [first = '', second = ''], signed } = await enrolled((await enter()).session);
    await enter(first.toUpperCase().replaceAll('-', ' '));
    expect(await refusal(enter(first))).toBe('session.wrong-code');
    expect(await factorOf(kit.kit, signed.session)).toMatchObject({ recoveryCodesLeft: 9 });
    await enter(second);
    expect((await history()).filter(({ way }) => way === 'recovery-code')).toHaveLength(2);
  });

  test('made before opens nothing once new ones are made, which takes password and code', async () => {
    const { key, recoveryCodes: [old = ''], signed } = await enrolled((await enter()).session);
    expect(await refusal(renewRecoveryCodes(kit.kit, signed.session, { password: 'wrong', code: codeOf(key) }))).toBe('session.wrong-password');
    expect(await refusal(renewRecoveryCodes(kit.kit, signed.session, { password: PASSWORD, code: '000000' }))).toBe('session.wrong-code');
    const [fresh = ''] = await renewRecoveryCodes(kit.kit, signed.session, { password: PASSWORD, code: codeOf(key) });
    expect(await refusal(enter(old))).toBe('session.wrong-code');
    await enter(fresh);
  });
});

describe('taking the one-time code away', () => {
  test('by oneself needs password and code, and ends the other sessions', async () => {
    const { key, signed } = await enrolled((await enter()).session);
    const other = await enter(codeOf(key));
    wait(30);
    expect(await refusal(removeFactor(kit.kit, signed.session, { password: PASSWORD, code: '000000' }))).toBe('session.wrong-code');
    const after = await removeFactor(kit.kit, signed.session, { password: PASSWORD, code: codeOf(key) });
    expect([await open(signed.token), await open(other.token)]).toEqual([null, null]);
    expect(after.session.user.hasTotp).toBe(false);
    await enter();
    expect(await refusal(removeFactor(kit.kit, after.session, { password: PASSWORD, code: codeOf(key) }))).toBe('state.conflict');
  });
});

test('the roles that a county may ask for a code are named as everywhere', () => {
  for (const [role, title] of Object.entries(secondFactorRoleLabels)) expect(Object.entries(roles).find(([key]) => key === role)?.[1].title).toBe(title);
});
