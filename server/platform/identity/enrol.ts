import type { Id, Instant } from '#domain/kernel/brand.ts';
import { everything } from '../access/scope.ts';
import type { Ctx, Tx } from '../context.ts';
import type { Kit } from '../kit.ts';
import { Problem } from '../problem.ts';
import { contextOf, revokeSessions, rotate, type From } from './account.ts';
import { factsAfter, type SessionFacts } from './facts.ts';
import { accountKey } from './guard.ts';
import { oneByOne } from './one-by-one.ts';
import { oneTimePassword } from './password.ts';
import { forgetFailures, proveFactor, provePassword } from './prove.ts';
import { wrongCode, type SignedIn } from './sign-in.ts';
import { newTotpSecret, recoveryIndex, stepOf, totpUri } from './totp.ts';

const RECOVERY_CODES = 10;
const FAILED = 'session.proof-failed';
const byPassword = { pointer: '/password', title: '密码', action: FAILED } as const;

/** 本人动态口令的情况. */
export function factorOf(kit: Kit, { user }: SessionFacts): Promise<{ readonly since: Instant | null; readonly recoveryCodesLeft: number }> {
  return kit.database.read(everything, async (db) => {
    const totp = await db.selectFrom('platform.totp').select('confirmedAt').where('userId', '=', user.id).executeTakeFirst();
    const { left } = await db.selectFrom('platform.recoveryCode').select((eb) => eb.fn.countAll<number>().as('left')).where('userId', '=', user.id).where('usedAt', 'is', null).executeTakeFirstOrThrow();
    return { since: totp?.confirmedAt ?? null, recoveryCodesLeft: left };
  });
}

/** 开始启用动态口令: a fresh secret, which opens nothing before it was confirmed. @throws Problem session.wrong-password, session.locked, state.conflict */
export function beginEnrolment(kit: Kit, facts: SessionFacts, password: string, from: From = {}): Promise<{ readonly key: string; readonly uri: string }> {
  return oneByOne(accountKey(facts.user.login), async () => {
    const ctx = contextOf(kit, facts, from);
    await provePassword(ctx, facts, password, byPassword);
    const key = newTotpSecret();
    await ctx.transact(async (tx) => {
      const draft = { secretCipher: kit.vault.seal(key), createdAt: ctx.now };
      const made = await tx.db.insertInto('platform.totp').values({ userId: facts.user.id, countyId: facts.county.id, ...draft })
        .onConflict((conflict) => conflict.column('userId').doUpdateSet(draft).where('platform.totp.confirmedAt', 'is', null)).returning('userId').executeTakeFirst();
      if (!made) throw new Problem('state.conflict', '已经启用动态口令，要换手机请先停用再重新启用');
      await forgetFailures(tx.db, facts);
      tx.auditNothing('a secret that is not confirmed opens nothing');
    });
    return { key, uri: totpUri(key, { issuer: '善治', label: `${facts.county.name} ${facts.user.login}` }) };
  });
}

/** 确认启用 by a first code: every other session ends, this one is rotated, and recovery codes are made, told once. @throws Problem session.wrong-code, state.conflict */
export function confirmEnrolment(kit: Kit, facts: SessionFacts, code: string, from: From = {}): Promise<{ readonly signed: SignedIn; readonly recoveryCodes: readonly string[] }> {
  return oneByOne(accountKey(facts.user.login), async () => {
    const ctx = contextOf(kit, facts, from);
    const { token, recoveryCodes } = await ctx.transact(async (tx) => {
      const draft = await tx.db.selectFrom('platform.totp').select('secretCipher').where('userId', '=', facts.user.id).where('confirmedAt', 'is', null).forUpdate().executeTakeFirst();
      if (!draft) throw new Problem('state.conflict', '没有等待确认的动态口令，请从第一步重新开始');
      const lastStep = stepOf(kit.vault.open(draft.secretCipher), code, ctx.now);
      if (lastStep === null) throw wrongCode();
      await tx.db.updateTable('platform.totp').set({ confirmedAt: ctx.now, lastStep }).where('userId', '=', facts.user.id).execute();
      const made = await writeRecoveryCodes(ctx, tx, facts);
      const ended = await revokeSessions(tx, facts.user.id, '启用了动态口令', { now: ctx.now, except: facts.sessionId });
      tx.audit({ action: 'session.totp-enrol', subject: ['AppUser', facts.user.id], before: null, after: { endedSessions: ended }, countyId: facts.county.id });
      return { token: await rotate(tx, facts.sessionId), recoveryCodes: made };
    });
    return { signed: { token, session: await factsAfter(kit, token) }, recoveryCodes };
  });
}

/** 停用本人的动态口令, by password and code; other sessions end, this one is rotated. @throws Problem session.wrong-password, session.wrong-code, session.locked, state.conflict */
export function removeFactor(kit: Kit, facts: SessionFacts, proof: { readonly password: string; readonly code: string }, from: From = {}): Promise<SignedIn> {
  return oneByOne(accountKey(facts.user.login), async () => {
    const ctx = await proven(kit, facts, proof, from);
    const token = await ctx.transact(async (tx) => {
      await takeFactorAway(tx, facts.user.id);
      await forgetFailures(tx.db, facts);
      const ended = await revokeSessions(tx, facts.user.id, '停用了动态口令', { now: ctx.now, except: facts.sessionId });
      tx.audit({ action: 'session.totp-remove', subject: ['AppUser', facts.user.id], before: null, after: { endedSessions: ended }, countyId: facts.county.id });
      return rotate(tx, facts.sessionId);
    });
    return { token, session: await factsAfter(kit, token) };
  });
}

/** 重新生成恢复码, by password and code; those made before open nothing any more. @throws Problem as `removeFactor` */
export function renewRecoveryCodes(kit: Kit, facts: SessionFacts, proof: { readonly password: string; readonly code: string }, from: From = {}): Promise<readonly string[]> {
  return oneByOne(accountKey(facts.user.login), async () => {
    const ctx = await proven(kit, facts, proof, from);
    return ctx.transact(async (tx) => {
      await forgetFailures(tx.db, facts);
      tx.audit({ action: 'session.recovery-codes', subject: ['AppUser', facts.user.id], before: null, after: null, countyId: facts.county.id });
      return writeRecoveryCodes(ctx, tx, facts);
    });
  });
}

async function proven(kit: Kit, facts: SessionFacts, { password, code }: { readonly password: string; readonly code: string }, from: From): Promise<Ctx> {
  const ctx = contextOf(kit, facts, from);
  await provePassword(ctx, facts, password, byPassword);
  await proveFactor(ctx, facts, code, FAILED);
  return ctx;
}

/** 移除动态口令和恢复码; the caller audits and ends sessions. @returns whether one was in use */
export async function takeFactorAway({ db }: Tx, userId: Id<'AppUser'>): Promise<boolean> {
  await db.deleteFrom('platform.recoveryCode').where('userId', '=', userId).execute();
  const gone = await db.deleteFrom('platform.totp').where('userId', '=', userId).returning('confirmedAt').executeTakeFirst();
  return gone !== undefined && gone.confirmedAt !== null;
}

async function writeRecoveryCodes({ kit, now }: Ctx, { db }: Tx, { user, county }: SessionFacts): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, oneTimePassword);
  await db.deleteFrom('platform.recoveryCode').where('userId', '=', user.id).execute();
  await db.insertInto('platform.recoveryCode').values(codes.map((code) => ({ userId: user.id, codeIndex: recoveryIndex(kit.vault, user.id, code), countyId: county.id, createdAt: now }))).execute();
  return codes;
}
