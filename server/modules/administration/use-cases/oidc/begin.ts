import type * as route from '#contract/administration/oidc.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { Ctx } from '#platform/context.ts';
import { edgeOf } from '#platform/http/serve-route.ts';
import { beginAttempt } from '#platform/identity/oidc/attempt.ts';
import { forgetFailures, provePassword } from '#platform/identity/prove.ts';
import { Problem } from '#platform/problem.ts';
import { bindingsOf } from '../../store/oidc-bindings.ts';
import { sessionOf } from '../own-session.ts';
import { beyondScope, orUnavailable, providerOf, returnAddress } from './provider.ts';

/** 是否启用, and under which name. */
export const getOidc = async (ctx: Ctx): Promise<Output<typeof route.getOidc>> => ({ name: ctx.kit.oidc?.name ?? null });

/** Sends the browser to the provider, tied to it by the cookie. */
async function begin(ctx: Ctx, wish: { readonly next?: string | undefined; readonly bindsTo: string | null }): Promise<{ url: string }> {
  const provider = providerOf(ctx);
  const { ties, cookie } = beginAttempt(ctx.kit, { ...wish, now: ctx.now });
  const url = await orUnavailable(provider, provider.addressOf(ties, returnAddress(ctx), ctx.now));
  edgeOf(ctx).setAttempt(cookie);
  return { url };
}

/** 前往统一身份认证登录. */
export const beginSignIn = (ctx: Ctx, { body }: Input<typeof route.postOidcAuthorization>): Promise<Output<typeof route.postOidcAuthorization>> => begin(ctx, { next: body.next, bindsTo: null });

/** 前往统一身份认证绑定, once the password was proved: a machine left open is not enough to add a way in. */
export async function beginBinding(ctx: Ctx, { body }: Input<typeof route.postMyOidcBinding>): Promise<Output<typeof route.postMyOidcBinding>> {
  const { issuer } = providerOf(ctx);
  const session = sessionOf(ctx);
  const own = beyondScope(ctx);
  const bound = await own.read((db) => bindingsOf(db, own.scope, session.user.id));
  if (bound.some((one) => one.endedAt === null && one.issuer === issuer)) throw new Problem('state.duplicate', '您的账号已经绑定，要换一个请先解除');
  await provePassword(own, session, body.password, { pointer: '/password', title: '密码', action: 'oidc.bind-failed' });
  await own.transact(async (tx) => {
    tx.auditNothing('the binding itself is recorded when the provider has answered');
    await forgetFailures(tx.db, session);
  });
  return begin(ctx, { bindsTo: session.user.id });
}
