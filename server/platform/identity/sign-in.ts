import { sql } from 'kysely';
import type { SignInResult, SignInWay } from '#contract/administration/sign-in.ts';
import { accountLockFailures, addressLockFailures, lockMinutes } from '#domain/administration/policy.ts';
import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import { dateText, todayIn } from '#domain/kernel/local-date.ts';
import { everything } from '../access/scope.ts';
import { newId } from '../ids.ts';
import type { Kit } from '../kit.ts';
import type { Ctx, Tx } from '../context.ts';
import type { Db } from '../db/types.ts';
import { makeContext } from '../make-context.ts';
import { parameterValue } from '../parameters/read.ts';
import { Problem } from '../problem.ts';
import { newToken, openNewSession } from './admit.ts';
import { factsAfter, sessionIdOf, type SessionFacts } from './facts.ts';
import { accountKey, accountLimit, addressKey, addressLimit, clearGuard, countFailure, refuseTooMany } from './guard.ts';
import { oneByOne } from './one-by-one.ts';
import { passwordMatches } from './password.ts';
import { recordSignIn } from './sign-in-record.ts';
import { spendFactor } from './totp.ts';

/** `code` is the device's or a recovery code, once it was asked for. */
export interface SignIn { readonly login: string; readonly password: string; readonly code?: string | undefined; readonly ip: string; readonly userAgent: string; readonly requestId?: string }
export interface SignedIn { readonly token: string; readonly session: SessionFacts }

interface Account {
  readonly id: Id<'AppUser'> | null; readonly name: string | null; readonly countyId: Id<'OrgUnit'> | null; readonly passwordHash: string | null; readonly disabled: boolean;
  /** Of a one-time password. */
  readonly passwordExpiresAt: Instant | null;
  /** Sealed; null where no one-time code is set up. */
  readonly secretCipher: string | null;
  /** The county a failure is filed under: the account's, else the only one there is. */
  readonly filedUnder: Id<'OrgUnit'> | null;
}

/**
 * 登录. Wrong or right, known or unknown, an attempt costs the same time and leaves an entry. Attempts from one address, and on one account,
 * wait for each other, so that many at once are counted as many. Nothing is said of a one-time code before the password was right.
 * @throws Problem session.wrong-password, session.password-expired, session.locked, session.code-required, session.wrong-code
 */
export function signIn(kit: Kit, attempt: SignIn): Promise<SignedIn> {
  const login = attempt.login.trim();
  return oneByOne(addressKey(attempt.ip), () => oneByOne(accountKey(login), () => attemptOnce(kit, { ...attempt, login })));
}

async function attemptOnce(kit: Kit, attempt: SignIn): Promise<SignedIn> {
  const now = kit.clock.now();
  const { account, limits } = await kit.database.read(everything, async (db) => {
    const found = await accountOf(db, attempt.login);
    const inForce = await limitsOf(db, found.countyId, todayIn(now));
    await refuseTooMany(db, accountKey(attempt.login), inForce.account, now, '账号');
    await refuseTooMany(db, addressKey(attempt.ip), inForce.address, now, '网络地址');
    return { account: found, limits: inForce };
  });
  const matches = await passwordMatches(account.passwordHash, attempt.password);
  if (!matches || account.disabled || account.id === null) return refuse(kit, attempt, account, limits);
  if (account.passwordExpiresAt !== null && account.passwordExpiresAt <= now) return refuseExpired(kit, attempt, account, account.passwordExpiresAt);
  if (account.secretCipher !== null && attempt.code === undefined) throw new Problem('session.code-required', '密码正确，请再填写验证器上显示的六位动态口令');
  return admit(kit, attempt, { ...account, id: account.id }, limits);
}

type Limits = Awaited<ReturnType<typeof limitsOf>>;

/** 登录限制 in force in the account's county. */
export async function limitsOf(place: Db | Tx, countyId: string | null, on: LocalDate) {
  const minutes = await parameterValue(place, countyId, lockMinutes, on);
  return {
    account: accountLimit(await parameterValue(place, countyId, accountLockFailures, on), minutes),
    address: addressLimit(await parameterValue(place, countyId, addressLockFailures, on), minutes),
  };
}

async function accountOf(db: Db, login: string): Promise<Account> {
  const found = await sql<Account>`
    select u.id, u.name, u.county_id, u.password_hash, u.password_expires_at, t.secret_cipher, coalesce(u.disabled_at is not null, false) as disabled, coalesce(u.county_id, sole.id) as filed_under
    from (select (array_agg(o.id))[1] as id, count(*) as counties from platform.org_unit o where o.kind = 'county') counted
    left join platform.org_unit sole on counted.counties = 1 and sole.id = counted.id
    left join platform.app_user u on lower(u.login) = lower(${login})
    left join platform.totp t on t.user_id = u.id and t.confirmed_at is not null`.execute(db);
  // Proof: an aggregate without grouping gives one row, and the joins are outer.
  return found.rows[0]!;
}

/** The context of somebody who is not in yet. */
const contextOf = (kit: Kit, { ip, requestId }: SignIn, account: Account, sessionId: string | null = null): Ctx =>
  makeContext(kit, { actor: { userId: account.id, name: account.name ?? '未知账号', grantId: null, role: null, sessionId }, scope: everything, requestId: requestId ?? newId(), ip });

interface Failure { readonly way: SignInWay; readonly result: SignInResult; readonly reason: string }

/** Counts a failure, for the account and the address, and writes it down. */
async function fail(ctx: Ctx, tx: Tx, { login, ip, userAgent }: SignIn, account: Account, limits: Limits, { way, result, reason }: Failure): Promise<void> {
  const lockedAccount = await countFailure(tx.db, accountKey(login), limits.account, ctx.now);
  const lockedAddress = await countFailure(tx.db, addressKey(ip), limits.address, ctx.now);
  await recordSignIn(tx.db, { userId: account.id, countyId: account.filedUnder, at: ctx.now, ip, userAgent, way, result, hasLocked: lockedAccount || lockedAddress });
  // What was typed as an account is not kept when unknown: it may be a password typed into the wrong box.
  tx.audit({ action: 'session.sign-in-failed', subject: ['AppUser', account.id ?? '未知账号'], before: null, countyId: account.filedUnder, after: { lockedAccount, lockedAddress }, reason });
}

async function refuse(kit: Kit, attempt: SignIn, account: Account, limits: Limits): Promise<never> {
  const ctx = contextOf(kit, attempt, account);
  const isOff = account.disabled && account.id !== null;
  await ctx.transact((tx) => fail(ctx, tx, attempt, account, limits, { way: 'password', result: isOff ? 'disabled' : 'wrong-password', reason: isOff ? '账号已停用' : '账号或密码不正确' }));
  throw new Problem('session.wrong-password', '账号或密码不正确');
}

/** Only who knows the password is told: nothing is counted, and the entry says why the person did not come in. */
async function refuseExpired(kit: Kit, attempt: SignIn, account: Account, expiredAt: Instant): Promise<never> {
  const { login, ip, userAgent } = attempt;
  const ctx = contextOf(kit, attempt, account);
  await ctx.transact(async (tx) => {
    await recordSignIn(tx.db, { userId: account.id, countyId: account.filedUnder, at: ctx.now, ip, userAgent, way: 'password', result: 'expired' });
    tx.audit({ action: 'session.sign-in-failed', subject: ['AppUser', account.id ?? login], before: null, after: null, countyId: account.filedUnder, reason: '一次性密码已过期' });
  });
  throw new Problem('session.password-expired', `一次性密码已于${dateText(todayIn(expiredAt))}过期，请联系本单位的安全管理员重置密码；没有安全管理员时，由运维人员在服务器上执行 user reset ${login}`);
}

/** The code is used up in the very transaction that opens the session: of two sign-ins with one code, one comes in. */
async function admit(kit: Kit, attempt: SignIn, account: Account & { readonly id: Id<'AppUser'> }, limits: Limits): Promise<SignedIn> {
  const token = newToken();
  const ctx = contextOf(kit, attempt, account, sessionIdOf(token));
  const isIn = await ctx.transact(async (tx) => {
    const way = account.secretCipher === null ? 'password' : await spendFactor(tx.db, kit.vault, { userId: account.id, secretCipher: account.secretCipher }, attempt.code ?? '', ctx.now);
    if (way === null) {
      await fail(ctx, tx, attempt, account, limits, { way: 'code', result: 'wrong-code', reason: '动态口令不正确' });
      return false;
    }
    await clearGuard(tx.db, accountKey(attempt.login));
    await openNewSession(ctx, tx, { userId: account.id, countyId: account.countyId, way, token, ip: attempt.ip, userAgent: attempt.userAgent });
    return true;
  });
  if (!isIn) throw wrongCode();
  return { token, session: await factsAfter(kit, token) };
}

/** 口令不对: a wrong one and one used before are told the same. */
export const wrongCode = () => new Problem('session.wrong-code', WRONG_CODE, { errors: [{ pointer: '/code', message: WRONG_CODE }] });
const WRONG_CODE = '动态口令不正确或已经用过，请等验证器换下一个口令再填；手机时间不准时请先校准';
