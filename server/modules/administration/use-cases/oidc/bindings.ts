import type * as route from '#contract/administration/oidc.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { Ctx } from '#platform/context.ts';
import { revokeSessions } from '#platform/identity/sessions.ts';
import { Problem } from '#platform/problem.ts';
import { bind, bindingsOf, unbind } from '../../store/oidc-bindings.ts';
import { findCounty, lockUser } from '../../store/users.ts';
import { sessionOf } from '../own-session.ts';
import { beyondScope, providerOf } from './provider.ts';

/** 本人的统一身份绑定. */
export async function listMyBindings(ctx: Ctx): Promise<Output<typeof route.listMyOidcBindings>> {
  const own = beyondScope(ctx);
  const { user } = sessionOf(ctx);
  return { name: ctx.kit.oidc?.name ?? null, rows: await own.read((db) => bindingsOf(db, own.scope, user.id)) };
}

/** 解除本人的绑定; the sessions stay, the person is here. */
export async function endMyBinding(ctx: Ctx, { params }: Input<typeof route.deleteMyOidcBinding>): Promise<Output<typeof route.deleteMyOidcBinding>> {
  const own = beyondScope(ctx);
  const { user } = sessionOf(ctx);
  await own.transact((tx) => unbind(tx, own.scope, { userId: user.id, oidcBindingId: params.oidcBindingId, by: user.id, now: ctx.now, reason: '本人解除' }));
  return { done: true };
}

/** 用户的统一身份绑定. */
export const listUserBindings = (ctx: Ctx, { params }: Input<typeof route.listUserOidcBindings>): Promise<Output<typeof route.listUserOidcBindings>> => ctx.read(async (db) => {
  await findCounty(db, ctx.scope, params.userId);
  return { name: ctx.kit.oidc?.name ?? null, rows: await bindingsOf(db, ctx.scope, params.userId) };
});

/** Who does it: a person, and not for himself, whose own password is asked for. @throws Problem access.denied */
function administratorOf({ actor }: Ctx, userId: string) {
  if (actor.userId === null || actor.userId === userId) throw new Problem('access.denied', '本人的绑定请在右上角「统一身份绑定」里办理');
  return actor.userId;
}

/** 登记用户的统一身份. */
export function addUserBinding(ctx: Ctx, { params, body }: Input<typeof route.postUserOidcBinding>): Promise<Output<typeof route.postUserOidcBinding>> {
  return ctx.transact(async (tx) => {
    const { issuer } = providerOf(ctx);
    const user = await lockUser(tx.db, ctx.scope, params.userId);
    return bind(tx, ctx.scope, { user, outsider: { issuer, subject: body.subject }, by: administratorOf(ctx, user.id), now: ctx.now, reason: body.reason });
  });
}

/** 解除用户的绑定; who came in by it is out at the next request. */
export function endUserBinding(ctx: Ctx, { params, body }: Input<typeof route.putUserOidcBindingEnd>): Promise<Output<typeof route.putUserOidcBindingEnd>> {
  return ctx.transact(async (tx) => {
    const user = await lockUser(tx.db, ctx.scope, params.userId);
    const ended = await unbind(tx, ctx.scope, { userId: user.id, oidcBindingId: params.oidcBindingId, by: administratorOf(ctx, user.id), now: ctx.now, reason: body.reason });
    await revokeSessions(tx, user.id, `统一身份绑定已解除：${body.reason}`, { now: ctx.now });
    return ended;
  });
}
