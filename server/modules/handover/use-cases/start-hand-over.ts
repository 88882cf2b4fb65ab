import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/handover.ts';
import { currentGrants, lockUser, presentGrants } from '#modules/administration/index.ts';
import { grantBySomeoneElse } from '#domain/administration/grants.ts';
import { separationOfAdministrators } from '#domain/administration/separation.ts';
import { daysFit, partiesApart, somethingToHandOver } from '#domain/handover/rules.ts';
import { causeLabels } from '#domain/handover/words.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { decide } from '#domain/kernel/rule.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { goingPosts, heldIn } from '../held.ts';
import { asParty } from '../party.ts';
import { presentHandOver, shownHeld } from '../present.ts';
import { visibleHandOvers } from '../store.ts';
import { called, tell } from '../tell.ts';

const underWay = ['open', 'signed', 'objected'] as const;

/** 交接前的名下事项: what the list would hold if it were signed now. */
export async function getHoldings(ctx: Ctx, { params }: Input<typeof route.getHoldings>): Promise<Output<typeof route.getHoldings>> {
  const facts = await ctx.read(async (db) => {
    const from = await db.selectFrom('platform.appUser').select(['id', 'name']).where('id', '=', params.userId).where('countyId', '=', countyOf(ctx)).executeTakeFirst();
    if (!from) throw new Problem('user.not-found', '用户不存在或不在管辖范围内');
    const open = await visibleHandOvers(db, ctx.scope).select('h.id').where('h.fromId', '=', from.id).where('h.status', 'in', underWay).executeTakeFirst();
    return { from, underWay: open?.id ?? null };
  });
  // What a module keeps is narrowed by its own scope; the list is of one person of this county, whatever posts that person has.
  return (await asParty(ctx)).read(async (db) => {
    const grants = await goingPosts(db, facts.from.id, null);
    return { ...facts, grants, items: (await heldIn(ctx.kit, db, facts.from.id, grants)).map(shownHeld) };
  });
}

/** @throws Problem access.denied for a post that is not of a county */
function countyOf(ctx: Ctx): Id<'OrgUnit'> {
  if (ctx.scope.countyId === null) throw new Problem('access.denied', '只有本县的安全管理员可以办理工作交接');
  return ctx.scope.countyId as Id<'OrgUnit'>;
}

/** 发起工作交接: says who, to whom, when and why. Nothing moves yet. */
export async function startHandOver(ctx: Ctx, { body }: Input<typeof route.postHandOver>): Promise<Output<typeof route.postHandOver>> {
  const id = await ctx.transact((tx) => begin(ctx, tx, body));
  return (await asParty(ctx)).read(async (db) => presentHandOver(ctx, db, await visibleHandOvers(db, ctx.scope).selectAll('h').where('h.id', '=', id).executeTakeFirstOrThrow()));
}

async function begin(ctx: Ctx, tx: Tx, body: Input<typeof route.postHandOver>['body']): Promise<Id<'HandOver'>> {
  const { fromId, toId, cause, reason, plannedOn } = body;
  const [witnessId, untilOn] = [body.witnessId ?? null, body.untilOn ?? null];
  orRefuse(decide([...partiesApart.check({ fromId, toId, witnessId }), ...daysFit.check({ cause, plannedOn, untilOn })], null));
  const people = await lockAll(ctx, tx, [fromId, toId, ...(witnessId === null ? [] : [witnessId])]);
  const [from, to, witness] = [people.get(fromId), people.get(toId), witnessId === null ? null : people.get(witnessId)];
  if (!from || !to || witness === undefined) throw new Error('unreachable: every party was locked');
  for (const each of [to, ...(witness === null ? [] : [witness])]) if (each.disabledAt !== null) throw new Problem('state.conflict', `${each.name}的账号已停用，请先启用或另选一人`);

  const grants = presentGrants(await currentGrants(tx.db, ctx.scope, fromId).execute());
  const going = body.grantIds === undefined ? grants : grants.filter((grant) => body.grantIds?.includes(grant.id));
  const held = presentGrants(await currentGrants(tx.db, ctx.scope, toId).execute());
  orRefuse(decide([
    ...somethingToHandOver.check({ name: from.name, posts: going.length, missing: body.grantIds === undefined ? 0 : body.grantIds.length - going.length }),
    ...grantBySomeoneElse.check({ giverId: ctx.actor.userId, holderId: toId }),
    ...separationOfAdministrators.check({ held: [...going, ...held].map(({ role }) => role) }),
  ], null));

  const row = await tx.db.insertInto('handover.handOver').values({
    id: newId<'HandOver'>(), countyId: from.countyId, fromId, fromName: from.name, toId, toName: to.name, witnessId, witnessName: witness?.name ?? null, cause, reason, plannedOn, untilOn,
    grantIds: body.grantIds === undefined ? null : going.map((grant) => grant.id), startedBy: ctx.actor.userId, startedByName: ctx.actor.name, createdAt: ctx.now, updatedAt: ctx.now,
  }).onConflict((conflict) => conflict.doNothing()).returningAll().executeTakeFirst();
  if (!row) throw new Problem('state.duplicate', `${from.name}已有一次没有办完的交接，请先办完或取消`);
  tx.audit({ action: 'handover.start', subject: ['HandOver', row.id], before: null, after: { holder: from.name, toName: to.name, cause: causeLabels[cause], plannedOn, untilOn, grants: going.map(({ roleTitle, scopeName }) => `${roleTitle}（${scopeName}）`) }, reason, countyId: from.countyId });
  await tell(tx, ctx, row, 'handover.waiting', ['from', 'to', 'witness'], `${called(row)}已经发起，先由移交人核对清单、签字`);
  return row.id;
}

/** In id order, so that two hand-overs crossing each other wait instead of locking up. */
async function lockAll(ctx: Ctx, tx: Tx, ids: readonly Id<'AppUser'>[]) {
  const people = new Map<string, Awaited<ReturnType<typeof lockUser>>>();
  for (const id of ids.toSorted()) people.set(id, await lockUser(tx.db, ctx.scope, id));
  return people;
}
