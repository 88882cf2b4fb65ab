import type * as route from '#contract/administration/oidc.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { Ctx } from '#platform/context.ts';
import { edgeOf } from '#platform/http/serve-route.ts';
import { attemptOf, sealProved, spendAttempt, type Attempt } from '#platform/identity/oidc/attempt.ts';
import { ProviderError } from '#platform/identity/oidc/provider-error.ts';
import type { Identified, Outsider } from '#platform/identity/oidc/provider.ts';
import { Problem } from '#platform/problem.ts';
import { bind, holderOf } from '../../store/oidc-bindings.ts';
import { presentMe } from '../own-session.ts';
import { enter } from './enter.ts';
import { beyondScope, downProblem, providerOf, returnAddress } from './provider.ts';
import { notFromHere, refused, unbound } from './refuse.ts';

type Answered = Output<typeof route.postOidcAnswer>;

/**
 * 从认证平台回来: only in the browser that went there, once, within ten minutes. What the provider says is checked by the library to the last
 * claim; an account is never made by it.
 */
export async function takeAnswer(ctx: Ctx, { body }: Input<typeof route.postOidcAnswer>): Promise<Answered> {
  providerOf(ctx);
  const edge = edgeOf(ctx);
  const attempt = attemptOf(ctx.kit, edge.attempt, ctx.now);
  edge.setAttempt(null);
  if (attempt === null) throw notFromHere();
  const isFresh = await beyondScope(ctx).transact(async (tx) => { tx.auditNothing('used up whatever comes of it'); return spendAttempt(tx.db, attempt, ctx.now); });
  if (!isFresh) throw await refused(ctx, '这次登录已经用过');
  const { idToken, ...outsider } = await identified(ctx, attempt, new URL(`${returnAddress(ctx)}?${body.answer.replace(/^\?/u, '')}`));
  return attempt.bindsTo === null ? signInAs(ctx, outsider, idToken, attempt.next) : bindTo(ctx, outsider, attempt.bindsTo);
}

async function identified(ctx: Ctx, attempt: Attempt, answer: URL): Promise<Identified> {
  try {
    return await providerOf(ctx).identify(answer, attempt, ctx.now);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    throw error.isDown ? downProblem(providerOf(ctx), error) : await refused(ctx, error.words);
  }
}

/** Whose account has a one-time code is asked for it as well: the post demands it of whoever comes in, by whatever door. */
async function signInAs(ctx: Ctx, outsider: Outsider, idToken: string, next: string | null): Promise<Answered> {
  const holder = await beyondScope(ctx).read((db) => holderOf(db, outsider));
  if (!holder) throw await unbound(ctx, outsider);
  if (holder.disabledAt !== null) throw await refused(ctx, '账号已停用', holder);
  const session = holder.secretCipher === null ? await enter(ctx, holder, idToken) : null;
  if (session !== null) return { outcome: 'signed-in', me: await presentMe(ctx, session), next };
  edgeOf(ctx).setAttempt(sealProved(ctx.kit, { oidcBindingId: holder.oidcBindingId, next, idToken, now: ctx.now }));
  return { outcome: 'code-required', me: null, next: null };
}

/** Only for the person who asked for it, still signed in here. */
async function bindTo(ctx: Ctx, outsider: Outsider, userId: string): Promise<Answered> {
  const { session } = edgeOf(ctx);
  if (session?.user.id !== userId) throw new Problem('session.required', '登录已失效，请重新登录后再绑定');
  const own = beyondScope(ctx);
  await own.transact((tx) => bind(tx, own.scope, { user: { id: session.user.id, countyId: session.county.id }, outsider, by: session.user.id, now: ctx.now }));
  return { outcome: 'bound', me: await presentMe(ctx, session), next: null };
}
