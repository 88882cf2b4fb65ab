import { sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import { accountLockFailures, addressLockFailures, lockMinutes, sessionMaxHours } from '#domain/administration/policy.ts';
import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import { dateText, epochOf, instantOf, todayIn } from '#domain/kernel/local-date.ts';
import { everything } from '../access/scope.ts';
import { newId } from '../ids.ts';
import type { Kit } from '../kit.ts';
import type { Tx } from '../context.ts';
import type { Db } from '../db/types.ts';
import { makeContext } from '../make-context.ts';
import { parameterValue } from '../parameters/read.ts';
import { Problem } from '../problem.ts';
import { factsAfter, sessionIdOf, type SessionFacts } from './facts.ts';
import { accountKey, accountLimit, addressKey, addressLimit, clearGuard, countFailure, refuseTooMany } from './guard.ts';
import { passwordMatches } from './password.ts';

export interface SignIn { readonly login: string; readonly password: string; readonly ip: string; readonly userAgent: string; readonly requestId?: string }
export interface SignedIn { readonly token: string; readonly session: SessionFacts }

interface Account {
  readonly id: Id<'AppUser'> | null; readonly name: string | null; readonly countyId: Id<'OrgUnit'> | null; readonly passwordHash: string | null; readonly disabled: boolean;
  /** Of a one-time password. */
  readonly passwordExpiresAt: Instant | null;
  /** The county a failure is filed under: the account's, else the only one there is. */
  readonly filedUnder: Id<'OrgUnit'> | null;
}

/** 令牌: 32 random bytes; the browser has it, we have its hash. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/**
 * 登录. Wrong or right, known or unknown, an attempt costs the same time and leaves an entry. Attempts from one address, and on one account,
 * wait for each other, so that many at once are counted as many. @throws Problem session.wrong-password, session.password-expired, session.locked
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
  return admit(kit, attempt, { id: account.id, name: account.name ?? '', countyId: account.countyId });
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
    select u.id, u.name, u.county_id, u.password_hash, u.password_expires_at, coalesce(u.disabled_at is not null, false) as disabled, coalesce(u.county_id, sole.id) as filed_under
    from (select (array_agg(o.id))[1] as id, count(*) as counties from platform.org_unit o where o.kind = 'county') counted
    left join platform.org_unit sole on counted.counties = 1 and sole.id = counted.id
    left join platform.app_user u on lower(u.login) = lower(${login})`.execute(db);
  // Proof: an aggregate without grouping gives one row, and the joins are outer.
  return found.rows[0]!;
}

async function refuse(kit: Kit, { login, ip, requestId }: SignIn, account: Account, limits: Limits): Promise<never> {
  const ctx = makeContext(kit, { actor: { userId: account.id, name: account.name ?? '未知账号', grantId: null, role: null, sessionId: null }, scope: everything, requestId: requestId ?? newId(), ip });
  await ctx.transact(async (tx) => {
    const lockedAccount = await countFailure(tx.db, accountKey(login), limits.account, ctx.now);
    const lockedAddress = await countFailure(tx.db, addressKey(ip), limits.address, ctx.now);
    // What was typed as an account is not kept when unknown: it may be a password typed into the wrong box.
    tx.audit({
      action: 'session.sign-in-failed', subject: ['AppUser', account.id ?? '未知账号'], before: null, countyId: account.filedUnder,
      after: { lockedAccount, lockedAddress }, reason: account.disabled && account.id !== null ? '账号已停用' : '账号或密码不正确',
    });
  });
  throw new Problem('session.wrong-password', '账号或密码不正确');
}

/** Only who knows the password is told: nothing is counted, and the entry says why the person did not come in. */
async function refuseExpired(kit: Kit, { login, ip, requestId }: SignIn, account: Account, expiredAt: Instant): Promise<never> {
  const ctx = makeContext(kit, { actor: { userId: account.id, name: account.name ?? '', grantId: null, role: null, sessionId: null }, scope: everything, requestId: requestId ?? newId(), ip });
  await ctx.transact(async (tx) => {
    tx.audit({ action: 'session.sign-in-failed', subject: ['AppUser', account.id ?? login], before: null, after: null, countyId: account.filedUnder, reason: '一次性密码已过期' });
  });
  throw new Problem('session.password-expired', `一次性密码已于${dateText(todayIn(expiredAt))}过期，请联系本单位的安全管理员重置密码；没有安全管理员时，由运维人员在服务器上执行 user reset ${login}`);
}

async function admit(kit: Kit, { login, ip, userAgent, requestId }: SignIn, user: { id: Id<'AppUser'>; name: string; countyId: Id<'OrgUnit'> | null }): Promise<SignedIn> {
  const token = newToken();
  const ctx = makeContext(kit, { actor: { userId: user.id, name: user.name, grantId: null, role: null, sessionId: sessionIdOf(token) }, scope: everything, requestId: requestId ?? newId(), ip });
  await ctx.transact(async (tx) => {
    await clearGuard(tx.db, accountKey(login));
    const hours = await parameterValue(tx, user.countyId, sessionMaxHours, ctx.today);
    const grantId = await usualGrant(tx.db, user.id, ctx.today);
    await tx.db.insertInto('platform.session').values({
      id: sessionIdOf(token), userId: user.id, grantId, csrfToken: newCsrfToken(), ip, userAgent: userAgent.slice(0, 300),
      createdAt: ctx.now, lastSeenAt: ctx.now, expiresAt: later(ctx.now, hours),
    }).execute();
    tx.audit({ action: 'session.sign-in', subject: ['AppUser', user.id], before: null, after: { grantId }, countyId: user.countyId });
  });
  return { token, session: await factsAfter(kit, token) };
}

/** The post the person worked under last, if it still is one; else the first. */
async function usualGrant(db: Db, userId: Id<'AppUser'>, today: LocalDate): Promise<Id<'UserGrant'> | null> {
  const row = await db.selectFrom('platform.userGrant as g').select('g.id')
    .leftJoin('platform.session as s', (join) => join.onRef('s.grantId', '=', 'g.id').onRef('s.userId', '=', 'g.userId'))
    .where('g.userId', '=', userId).where('g.endedAt', 'is', null).where('g.startedOn', '<=', today)
    .orderBy((eb) => sql`${eb.ref('s.lastSeenAt')} desc nulls last`).orderBy('g.startedOn').orderBy('g.id').limit(1).executeTakeFirst();
  return row?.id ?? null;
}

export const newCsrfToken = (): string => randomBytes(16).toString('base64url');
const later = (from: Instant, hours: number): Instant => instantOf(epochOf(from) + hours * 3_600_000);

const queues = new Map<string, Promise<unknown>>();

/** One after the other per key; the key is forgotten when nobody waits. */
export async function oneByOne<T>(key: string, work: () => Promise<T>): Promise<T> {
  const turn = (queues.get(key) ?? Promise.resolve()).then(work, work);
  const settled = turn.then(() => undefined, () => undefined);
  queues.set(key, settled);
  try {
    return await turn;
  } finally {
    if (queues.get(key) === settled) queues.delete(key);
  }
}
