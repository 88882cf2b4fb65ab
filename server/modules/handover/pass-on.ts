import { currentGrants, insertGrant, lockUser, presentGrants, setDisabled, type GrantOut } from '#modules/administration/index.ts';
import { issueHandOverList } from '#modules/paper/index.ts';
import { grantBySomeoneElse } from '#domain/administration/grants.ts';
import { separationOfAdministrators } from '#domain/administration/separation.ts';
import { causeLabels } from '#domain/handover/words.ts';
import { decide } from '#domain/kernel/rule.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { revokeSessions } from '#platform/identity/sessions.ts';
import { orRefuse, Problem } from '#platform/problem.ts';
import { POST, type Held } from './held.ts';
import { paperContexts, paperData } from './list-paper.ts';
import { inCounty } from './party.ts';
import type { HandOverRecord, ItemRecord } from './store.ts';
import { called, tell } from './tell.ts';

interface Going { readonly posts: readonly GrantOut[]; readonly live: readonly Held[]; readonly signed: readonly ItemRecord[] }

/** 移交: posts end and begin, things in hand change hands, the list is issued as a paper, and an account left without a post ends. */
export async function passOn(wide: Ctx, tx: Tx, before: HandOverRecord, { posts, live, signed }: Going): Promise<HandOverRecord> {
  const ctx = inCounty(wide, before.countyId);
  const [from, to] = await lockBoth(ctx, tx, before);
  if (to.disabledAt !== null) throw new Problem('state.conflict', `${to.name}的账号已停用，不能接手`);
  if (posts.length === 0) throw new Problem('state.conflict', `${from.name}已经没有可以移交的岗位，请安全管理员取消这次交接`);
  const held = presentGrants(await currentGrants(tx.db, ctx.scope, to.id).execute());
  // Who arranged it gives the posts, though the receiver's signature is what moves them.
  orRefuse(decide([...grantBySomeoneElse.check({ giverId: before.startedBy, holderId: to.id }), ...separationOfAdministrators.check({ held: [...posts, ...held].map(({ role }) => role) })], null));

  const why = `${causeLabels[before.cause]}：${before.reason}`;
  await endPosts(ctx, tx, posts, to.id, why);
  const given: Id<'UserGrant'>[] = [];
  for (const post of posts) {
    const same = held.find((grant) => grant.role === post.role && grant.scopeId === post.scopeId);
    const movedToId = same === undefined ? await insertGrant(ctx, tx, to, { role: post.role, scopeId: post.scopeId, orgUnitId: post.orgUnitId, title: post.title }) : null;
    if (movedToId !== null) given.push(movedToId);
    await tx.db.updateTable('handover.line').set({ movedToId }).where('handOverId', '=', before.id).where('kind', '=', POST).where('subjectId', '=', post.id).execute();
  }
  // Whoever signs without a post of his own goes on in the first one received.
  if (given[0] !== undefined) await tx.db.updateTable('platform.session').set({ grantId: given[0] }).where('userId', '=', to.id).where('grantId', 'is', null).where('revokedAt', 'is', null).execute();
  await moveThings(wide, tx, { fromId: from.id, toId: to.id, things: live });

  const isAccountEnded = before.cause !== 'leave' && (await currentGrants(tx.db, ctx.scope, from.id).execute()).length === 0;
  if (isAccountEnded) await setDisabled(ctx, tx, from.id, true, why);
  else await revokeSessions(tx, from.id, `岗位已移交：${why}`, { now: ctx.now });

  const signedNow: HandOverRecord = { ...before, toSignedAt: ctx.now };
  const paper = await issueHandOverList(tx, paperContexts(wide, posts, before), paperData(signedNow, signed, ctx.today), `${before.fromName}、${before.toName}`.slice(0, 50));
  if (paper === null) throw new Problem('state.conflict', '移交的岗位没有可以出具移交清单的单位，请安全管理员先在用户页给岗位补上所在单位');
  const after = await tx.db.updateTable('handover.handOver').set({ status: 'completed', toSignedAt: ctx.now, completedAt: ctx.now, isAccountEnded, paperId: paper.id, version: before.version + 1, updatedAt: ctx.now })
    .where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
  const entry = { reason: why, countyId: before.countyId };
  tx.audit({ action: 'handover.sign-incoming', subject: ['HandOver', before.id], before: { status: before.status }, after: { status: after.status, items: signed.length, paper: paper.number, signer: to.name, disabled: isAccountEnded }, ...entry });
  tx.audit({ action: 'user.hand-over', subject: ['AppUser', from.id], before: { holder: from.name, grants: posts.map(named) }, after: { holder: to.name, successorId: to.id, grants: posts.map(named), disabled: isAccountEnded }, ...entry });
  await tell(tx, wide, after, 'handover.ended', ['from', 'witness', 'starter'], `${called(after)}已经办完，岗位和名下事项已移交`);
  return after;
}

const named = ({ roleTitle, scopeName }: GrantOut) => `${roleTitle}（${scopeName}）`;

/** 各模块移交名下事项. */
export async function moveThings({ kit }: Ctx, tx: Tx, { fromId, toId, things }: { readonly fromId: Id<'AppUser'>; readonly toId: Id<'AppUser'>; readonly things: readonly Held[] }): Promise<void> {
  for (const module of kit.modules) {
    const own = things.flatMap(({ kind, subjectId }) => (kind.startsWith(`${module.name}.`) ? [{ kind: kind as `${string}.${string}`, id: subjectId }] : []));
    if (module.holdings !== null && own.length > 0) await module.holdings.move(tx, { fromId, toId, things: own });
  }
}

/** 终止岗位 in favour of a successor. */
export async function endPosts(ctx: Ctx, tx: Tx, posts: readonly Pick<GrantOut, 'id'>[], successorId: Id<'AppUser'>, reason: string): Promise<void> {
  await tx.db.updateTable('platform.userGrant').set((eb) => ({ endedAt: ctx.now, endedReason: reason.slice(0, 200), successorId, version: eb('version', '+', 1), updatedAt: ctx.now }))
    .where('id', 'in', posts.map(({ id }) => makeId<'UserGrant'>(id))).where('endedAt', 'is', null).execute();
}

/** Both rows in id order, so that two hand-overs crossing each other wait instead of locking up. */
export async function lockBoth(ctx: Ctx, tx: Tx, { fromId, toId }: Pick<HandOverRecord, 'fromId' | 'toId'>) {
  const [first, second] = fromId < toId ? [fromId, toId] : [toId, fromId];
  const one = await lockUser(tx.db, ctx.scope, first);
  const other = await lockUser(tx.db, ctx.scope, second);
  return one.id === fromId ? [one, other] as const : [other, one] as const;
}
