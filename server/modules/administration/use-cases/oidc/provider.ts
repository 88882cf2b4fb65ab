import type { Ctx } from '#platform/context.ts';
import type { OidcProvider } from '#platform/identity/oidc/provider.ts';
import { ProviderError } from '#platform/identity/oidc/provider-error.ts';
import { everything } from '#platform/access/scope.ts';
import { makeContext } from '#platform/make-context.ts';
import { Problem } from '#platform/problem.ts';

/** The configured provider. @throws Problem not-found when there is none */
export function providerOf({ kit }: Ctx): OidcProvider {
  if (kit.oidc === null) throw new Problem('not-found', '没有启用统一身份认证，请用账号和密码登录');
  return kit.oidc;
}

/** Where the provider sends people back: a page of ours, which hands the answer on. */
export const returnAddress = ({ kit }: Ctx): string => `${kit.origin}/sign-in/oidc`;

/** 平台连不上, in words. */
export const downProblem = ({ name }: OidcProvider, { words }: ProviderError) => new Problem('oidc.unavailable', `「${name}」现在不能用（${words}），请稍后再试，或用账号和密码登录`);

/** The same for whatever the provider's fault is; what is not its fault is thrown on. */
export async function orUnavailable<T>(provider: OidcProvider, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof ProviderError ? downProblem(provider, error) : error;
  }
}

/** The same request, over everything: identity comes before scope. */
export const beyondScope = (ctx: Ctx, actor = ctx.actor): Ctx => makeContext(ctx.kit, { actor, scope: everything, requestId: ctx.requestId, ip: ctx.ip });
