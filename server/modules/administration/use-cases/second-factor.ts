import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/administration/second-factor.ts';
import type { Ctx } from '#platform/context.ts';
import { edgeOf } from '#platform/http/serve-route.ts';
import { beginEnrolment, confirmEnrolment, factorOf, removeFactor, renewRecoveryCodes } from '#platform/identity/sessions.ts';
import { fromOf, presentMe, sessionOf } from './own-session.ts';

/** 本人的动态口令. */
export async function getMyTotp(ctx: Ctx): Promise<Output<typeof route.getMyTotp>> {
  const session = sessionOf(ctx);
  return { ...await factorOf(ctx.kit, session), isNeeded: session.user.needsTotp };
}

/** 开始启用动态口令. */
export const beginTotp = (ctx: Ctx, { body }: Input<typeof route.postMyTotp>): Promise<Output<typeof route.postMyTotp>> => beginEnrolment(ctx.kit, sessionOf(ctx), body.password, fromOf(ctx));

/** 确认启用动态口令. */
export async function confirmTotp(ctx: Ctx, { body }: Input<typeof route.postMyTotpConfirmation>): Promise<Output<typeof route.postMyTotpConfirmation>> {
  const { signed, recoveryCodes } = await confirmEnrolment(ctx.kit, sessionOf(ctx), body.code, fromOf(ctx));
  edgeOf(ctx).setSession(signed.token);
  return { me: await presentMe(ctx, signed.session), recoveryCodes: [...recoveryCodes] };
}

/** 停用动态口令. */
export async function removeTotp(ctx: Ctx, { body }: Input<typeof route.postMyTotpRemoval>): Promise<Output<typeof route.postMyTotpRemoval>> {
  const signed = await removeFactor(ctx.kit, sessionOf(ctx), body, fromOf(ctx));
  edgeOf(ctx).setSession(signed.token);
  return presentMe(ctx, signed.session);
}

/** 重新生成恢复码. */
export const renewMyRecoveryCodes = async (ctx: Ctx, { body }: Input<typeof route.postMyRecoveryCodes>): Promise<Output<typeof route.postMyRecoveryCodes>> =>
  ({ recoveryCodes: [...await renewRecoveryCodes(ctx.kit, sessionOf(ctx), body, fromOf(ctx))] });
