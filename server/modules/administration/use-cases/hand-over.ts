import type * as route from '#contract/administration/grant.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { grantBySomeoneElse } from '#domain/administration/grants.ts';
import { separationOfAdministrators } from '#domain/administration/separation.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { decide } from '#domain/kernel/rule.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { insertGrant, type Holder } from '../give-grant.ts';
import { currentGrants, namedGrants, presentGrants, type GrantOut } from '../store/grants.ts';
import { lockUser } from '../store/users.ts';
import { setDisabled } from './users.ts';

/** 工作交接: every grant in force of one person moves to a successor in one act; the answer is the list both sign. */
export function handOver(ctx: Ctx, { params, body }: Input<typeof route.postHandOver>): Promise<Output<typeof route.postHandOver>> {
  return ctx.transact(async (tx) => {
    const [from, to] = await lockBoth(ctx, tx, params.userId, body.successorId);
    const given = presentGrants(await currentGrants(tx.db, ctx.scope, from.id).execute());
    const held = presentGrants(await currentGrants(tx.db, ctx.scope, to.id).execute());
    if (given.length === 0) throw new Problem('state.conflict', `${from.name}没有在任岗位可以交接`);

    orRefuse(decide([
      ...grantBySomeoneElse.check({ giverId: ctx.actor.userId, holderId: to.id }),
      ...separationOfAdministrators.check({ held: [...given, ...held].map(({ role }) => role) }),
    ], null));

    await endAll(ctx, tx, from.id, to.id, body.reason);
    const grants = await receive(ctx, tx, to, given, held);
    if (body.disableAfter) await setDisabled(ctx, tx, from.id, true, body.reason);
    tx.audit({
      action: 'user.hand-over', subject: ['AppUser', from.id], reason: body.reason,
      before: { holder: from.name, grants: given.map(named) }, after: { holder: to.name, successorId: to.id, grants: grants.map(named), disabled: body.disableAfter },
    });
    const person = ({ id, name }: { id: Id<'AppUser'>; name: string }) => ({ id, name });
    return { from: person(from), to: person(to), on: ctx.today, handedOverBy: ctx.actor.name, disabled: body.disableAfter, grants };
  });
}

const named = ({ roleTitle, scopeName }: GrantOut) => `${roleTitle}(${scopeName})`;

/** Both rows in id order, so that two hand-overs crossing each other wait instead of locking up. */
async function lockBoth(ctx: Ctx, tx: Tx, fromId: Id<'AppUser'>, toId: Id<'AppUser'>) {
  if (fromId === toId) throw new Problem('state.conflict', '接手人不能是本人，请另选一人');
  const [first, second] = fromId < toId ? [fromId, toId] : [toId, fromId];
  const one = await lockUser(tx.db, ctx.scope, first);
  const other = await lockUser(tx.db, ctx.scope, second);
  const [from, to] = one.id === fromId ? [one, other] : [other, one];
  if (to.disabledAt !== null) throw new Problem('state.conflict', `${to.name}的账号已停用，不能接手`);
  return [from, to] as const;
}

const endAll = (ctx: Ctx, tx: Tx, userId: Id<'AppUser'>, successorId: Id<'AppUser'>, reason: string) => tx.db.updateTable('platform.userGrant')
  .set((eb) => ({ endedAt: ctx.now, endedReason: reason, successorId, version: eb('version', '+', 1), updatedAt: ctx.now }))
  .where('userId', '=', userId).where('endedAt', 'is', null).execute();

/** A post the successor already has stays as it is and is listed all the same. */
async function receive(ctx: Ctx, tx: Tx, to: Holder, given: readonly GrantOut[], held: readonly GrantOut[]): Promise<GrantOut[]> {
  const ids: Id<'UserGrant'>[] = [];
  for (const { role, scopeId, orgUnitId, title } of given) {
    const same = held.find((grant) => grant.role === role && grant.scopeId === scopeId);
    ids.push(same ? same.id : await insertGrant(ctx, tx, to, { role, scopeId, orgUnitId, title }));
  }
  return presentGrants(await namedGrants(tx.db, ctx.scope).where('g.id', 'in', ids).orderBy('g.id').execute());
}
