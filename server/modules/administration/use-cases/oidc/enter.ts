import type * as route from '#contract/administration/oidc.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { makeId } from '#domain/kernel/brand.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { edgeOf } from '#platform/http/serve-route.ts';
import { newToken, openNewSession } from '#platform/identity/admit.ts';
import { factsAfter, sessionIdOf, type SessionFacts } from '#platform/identity/facts.ts';
import { accountKey, clearGuard, countFailure, refuseTooMany } from '#platform/identity/guard.ts';
import { provedOf } from '#platform/identity/oidc/attempt.ts';
import { oneByOne } from '#platform/identity/one-by-one.ts';
import { signOut } from '#platform/identity/sessions.ts';
import { limitsOf, wrongCode } from '#platform/identity/sign-in.ts';
import { recordSignIn } from '#platform/identity/sign-in-record.ts';
import { spendFactor } from '#platform/identity/totp.ts';
import { holderOfBinding, type Holder } from '../../store/oidc-bindings.ts';
import { fromOf, presentMe } from '../own-session.ts';
import { beyondScope, providerOf } from './provider.ts';
import { notFromHere, refused } from './refuse.ts';

/** 进入: a session like any other: a new token, the one before it ended. `idToken` is kept sealed for leaving; `prove` runs in the transaction that opens it; false keeps it shut. */
export async function enter(ctx: Ctx, holder: Holder, idToken: string | null, prove: (tx: Tx) => Promise<boolean> = async () => true): Promise<SessionFacts | null> {
  const edge = edgeOf(ctx);
  const token = newToken();
  const own = beyondScope(ctx, { userId: holder.id, name: holder.name, grantId: null, role: null, sessionId: sessionIdOf(token) });
  const isIn = await own.transact(async (tx) => {
    if (!(await prove(tx))) return false;
    await tx.db.updateTable('platform.oidcBinding').set({ lastUsedAt: ctx.now }).where('id', '=', holder.oidcBindingId).execute();
    await openNewSession(own, tx, { userId: holder.id, countyId: holder.countyId, way: 'single-sign-on', token, ip: ctx.ip ?? '', userAgent: edge.userAgent, idTokenCipher: idToken === null ? null : ctx.kit.vault.seal(idToken) });
    return true;
  });
  if (!isIn) return null;
  const session = await factsAfter(ctx.kit, token);
  if (edge.session) await signOut(ctx.kit, edge.session, fromOf(ctx));
  edge.setSession(token);
  return session;
}

/** 补填动态口令, in the browser that the provider has proved; under the limits of signing in, and used up by it. */
export function takeCode(ctx: Ctx, { body }: Input<typeof route.postOidcCode>): Promise<Output<typeof route.postOidcCode>> {
  providerOf(ctx);
  const proved = provedOf(ctx.kit, edgeOf(ctx).attempt, ctx.now);
  if (proved === null) throw notFromHere();
  return oneByOne(`oidc:${proved.oidcBindingId}`, async () => {
    const holder = await beyondScope(ctx).read((db) => holderOfBinding(db, makeId<'OidcBinding'>(proved.oidcBindingId)));
    if (!holder) throw notFromHere();
    if (holder.disabledAt !== null) throw await refused(ctx, '账号已停用', holder);
    const session = await enter(ctx, holder, proved.idToken, (tx) => isRight(ctx, tx, holder, body.code));
    if (session === null) throw wrongCode();
    edgeOf(ctx).setAttempt(null);
    return { me: await presentMe(ctx, session), next: proved.next };
  });
}

/** Counts and records a wrong one. */
async function isRight(ctx: Ctx, tx: Tx, { id, login, countyId, secretCipher }: Holder, code: string): Promise<boolean> {
  const { account } = await limitsOf(tx, countyId, ctx.today);
  await refuseTooMany(tx.db, accountKey(login), account, ctx.now, '账号');
  const isSpent = secretCipher === null || await spendFactor(tx.db, ctx.kit.vault, { userId: id, secretCipher }, code, ctx.now) !== null;
  if (isSpent) await clearGuard(tx.db, accountKey(login));
  else {
    const lockedAccount = await countFailure(tx.db, accountKey(login), account, ctx.now);
    await recordSignIn(tx.db, { userId: id, countyId, at: ctx.now, ip: ctx.ip ?? '', userAgent: edgeOf(ctx).userAgent, way: 'single-sign-on', result: 'wrong-code', hasLocked: lockedAccount });
    tx.audit({ action: 'session.sign-in-failed', subject: ['AppUser', id], before: null, after: { lockedAccount }, reason: '动态口令不正确', countyId });
  }
  return isSpent;
}
