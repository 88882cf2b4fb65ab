import type { Ctx } from '../context.ts';
import { Problem } from '../problem.ts';
import type { SessionFacts } from './facts.ts';
import { accountKey, clearGuard, countFailure, refuseTooMany } from './guard.ts';
import { passwordMatches } from './password.ts';
import { limitsOf, wrongCode } from './sign-in.ts';
import { spendFactor, type Factor } from './totp.ts';

/** Who proves it: of a session, or of an account. */
export interface Prover { readonly user: Pick<SessionFacts['user'], 'id' | 'login'>; readonly county: Pick<SessionFacts['county'], 'id'> }

/** What was asked for again, where it stands in the form, and under which action a failure is recorded. */
interface Proof { readonly pointer: string; readonly title: string; readonly action: string }

/** 再次核对密码 of somebody who is signed in, under the same limits as signing in. @throws Problem session.wrong-password, session.locked */
export async function provePassword(ctx: Ctx, facts: Prover, password: string, { pointer, title, action }: Proof): Promise<void> {
  const stored = await ctx.read(async (db) => {
    await refuseTooMany(db, accountKey(facts.user.login), (await limitsOf(db, facts.county.id, ctx.today)).account, ctx.now, '账号');
    return (await db.selectFrom('platform.appUser').select('passwordHash').where('id', '=', facts.user.id).executeTakeFirstOrThrow()).passwordHash;
  });
  if (await passwordMatches(stored, password)) return;
  await countProofFailure(ctx, facts, action, `${title}不正确`);
  throw new Problem('session.wrong-password', `${title}不正确`, { errors: [{ pointer, message: `${title}不正确` }] });
}

/** 再次核对动态口令, using it up. @throws Problem session.wrong-code, state.conflict when none is set up */
export async function proveFactor(ctx: Ctx, facts: Prover, code: string, action: string): Promise<void> {
  const isRight = await ctx.transact(async (tx) => {
    const factor = await tx.db.selectFrom('platform.totp').select(['userId', 'secretCipher']).where('userId', '=', facts.user.id).where('confirmedAt', 'is not', null).executeTakeFirst();
    if (!factor) throw new Problem('state.conflict', '还没有启用动态口令');
    tx.auditNothing('what it is for is recorded by whoever asks');
    return isSpent(ctx, tx.db, factor, code);
  });
  if (isRight) return;
  await countProofFailure(ctx, facts, action, '动态口令不正确');
  throw wrongCode();
}

const isSpent = async (ctx: Ctx, db: Parameters<typeof spendFactor>[0], factor: Factor, code: string) => (await spendFactor(db, ctx.kit.vault, factor, code, ctx.now)) !== null;

async function countProofFailure(ctx: Ctx, facts: Prover, action: string, reason: string): Promise<void> {
  await ctx.transact(async (tx) => {
    await countFailure(tx.db, accountKey(facts.user.login), (await limitsOf(tx, facts.county.id, ctx.today)).account, ctx.now);
    tx.audit({ action, subject: ['AppUser', facts.user.id], before: null, after: null, reason, countyId: facts.county.id });
  });
}

/** 核对通过: forgets the failures of the account. */
export const forgetFailures = (db: Parameters<typeof clearGuard>[0], facts: Prover) => clearGuard(db, accountKey(facts.user.login));
