import { everything } from '../access/scope.ts';
import type { Ctx } from '../context.ts';
import { makeContext } from '../make-context.ts';
import { Problem } from '../problem.ts';
import { accountKey } from './guard.ts';
import { oneByOne } from './one-by-one.ts';
import { provePassword } from './prove.ts';

/**
 * 签字: the password entered again before an act that counts as a signature, so that it is the person and not somebody at an open screen. Wrong
 * ones count like failed sign-ins. @throws Problem session.wrong-password, session.locked
 */
export async function confirmPassword(ctx: Ctx, password: string): Promise<void> {
  const { actor, requestId, ip } = ctx;
  if (actor.userId === null) throw new Problem('session.required', '请先登录');
  const { userId } = actor;
  const { login, countyId } = await ctx.kit.database.read(everything, (db) => db.selectFrom('platform.appUser').select(['login', 'countyId']).where('id', '=', userId).executeTakeFirstOrThrow());
  const own = makeContext(ctx.kit, { actor, scope: everything, requestId, ip });
  await oneByOne(accountKey(login), () => provePassword(own, { user: { id: userId, login }, county: { id: countyId } }, password, { pointer: '/password', title: '密码', action: 'session.password-check-failed' }));
}
