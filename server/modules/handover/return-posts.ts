import { currentGrants, insertGrant, presentGrants } from '#modules/administration/index.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { revokeSessions } from '#platform/identity/sessions.ts';
import { POST, heldIn, keyOf } from './held.ts';
import { inCounty } from './party.ts';
import { endPosts, lockBoth, moveThings } from './pass-on.ts';
import { storedItems, type HandOverRecord } from './store.ts';
import { called, tell } from './tell.ts';

/**
 * 岗位交还 after a leave: what was lent comes back, with what the stand-in now has in hand in those posts, old and new. A post the stand-in held
 * before stays with him too; one ended meanwhile by an administrator is not revived.
 */
export async function returnPosts(wide: Ctx, tx: Tx, before: HandOverRecord, why: string): Promise<HandOverRecord> {
  const ctx = inCounty(wide, before.countyId);
  const [from, to] = await lockBoth(ctx, tx, before);
  const lentIds = new Map((await storedItems(tx.db, before.id)).flatMap(({ kind, subjectId, movedToId }) => (kind === POST ? [[subjectId, movedToId]] : [])));
  const held = presentGrants(await currentGrants(tx.db, ctx.scope, to.id).execute());
  const lent = held.filter(({ id }) => [...lentIds.values()].includes(id));
  const original = await tx.db.selectFrom('platform.userGrant').select(['id', 'role', 'scopeId', 'orgUnitId', 'title']).where('userId', '=', from.id).where('successorId', '=', to.id).execute();
  const own = presentGrants(await currentGrants(tx.db, ctx.scope, from.id).execute());

  const back = held.filter((grant) => lent.includes(grant) || original.some(({ id, role, scopeId }) => lentIds.has(id) && lentIds.get(id) === null && role === grant.role && scopeId === grant.scopeId));
  const things = (await heldIn(ctx.kit, tx.db, to.id, back)).filter(({ kind, scopeId }) => kind !== POST && (scopeId === null ? false : !held.some((grant) => !lent.includes(grant) && grant.scopeId === scopeId)));
  const listed = new Set((await storedItems(tx.db, before.id)).map(keyOf));
  const shared = (await heldIn(ctx.kit, tx.db, to.id, held)).filter((thing) => thing.kind !== POST && listed.has(keyOf(thing)) && !things.some((other) => keyOf(other) === keyOf(thing)));

  if (lent.length > 0) await endPosts(ctx, tx, lent, from.id, why);
  for (const { role, scopeId, orgUnitId, title } of back) {
    if (!own.some((grant) => grant.role === role && grant.scopeId === scopeId)) await insertGrant(ctx, tx, from, { role, scopeId, orgUnitId: original.find((grant) => grant.role === role && grant.scopeId === scopeId)?.orgUnitId ?? orgUnitId, title });
  }
  await moveThings(wide, tx, { fromId: to.id, toId: from.id, things: [...things, ...shared] });
  if (lent.length > 0) await revokeSessions(tx, to.id, why, { now: ctx.now });

  const after = await tx.db.updateTable('handover.handOver').set({ status: 'returned', returnedAt: ctx.now, version: before.version + 1, updatedAt: ctx.now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
  const grants = back.map(({ roleTitle, scopeName }) => `${roleTitle}（${scopeName}）`);
  tx.audit({ action: 'handover.return', subject: ['HandOver', before.id], before: { status: before.status }, after: { status: after.status, grants }, reason: why, countyId: before.countyId });
  await tell(tx, wide, after, 'handover.ended', ['from', 'to', 'starter'], `${called(after)}：代管已结束，岗位已交还${from.name}`);
  return after;
}
