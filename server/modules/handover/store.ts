import { sql, type Selectable } from 'kysely';
import type { z } from 'zod';
import type { handOverFilters } from '#contract/handover.ts';
import { roleMay } from '#contract/permissions.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import type { HandoverTables } from './tables.gen.ts';

/** 工作交接 as stored. */
export type HandOverRecord = Selectable<HandoverTables['handover.handOver']>;
export type ItemRecord = Selectable<HandoverTables['handover.line']>;

/** 可见的交接: of the county. */
export const visibleHandOvers = (db: Db, scope: Scope) => within(scope, db.selectFrom('handover.handOver as h'), { alias: 'h', only: ['county'] });

const missing = () => new Problem('not-found', '没有这次工作交接，或您不是当事人');

/** 工作交接, filtered, for lists and exports. */
export function filteredHandOvers(db: Db, scope: Scope, { q, status, cause, userId }: z.output<typeof handOverFilters>) {
  let found = visibleHandOvers(db, scope);
  if (q) found = found.where(sql<boolean>`(position(${q} in h.from_name) > 0 or position(${q} in h.to_name) > 0)`);
  if (status) found = found.where('h.status', '=', status);
  if (cause) found = found.where('h.cause', '=', cause);
  if (userId) found = found.where((eb) => eb.or([eb('h.fromId', '=', userId), eb('h.toId', '=', userId), eb('h.witnessId', '=', userId)]));
  return found;
}

/** Whether the active post may read the county's hand-overs. */
const mayRead = ({ actor, scope }: Ctx, countyId: string) => actor.role !== null && roleMay(actor.role, 'handover.read') && scope.level === 'county' && scope.id === countyId;

/** 移交的岗位所管的范围 and the bodies they sit in: by these a head is one of the same body. */
export async function bodiesOf(db: Db, { fromId, grantIds }: Pick<HandOverRecord, 'fromId' | 'grantIds'>): Promise<ReadonlySet<string>> {
  let query = db.selectFrom('platform.userGrant').select(['scopeId', 'orgUnitId', 'countyId']).where('userId', '=', fromId);
  query = grantIds === null ? query.where('endedAt', 'is', null) : query.where('id', 'in', grantIds.map((id) => makeId<'UserGrant'>(id)));
  return new Set((await query.execute()).flatMap(({ scopeId, orgUnitId }) => [scopeId, ...(orgUnitId === null ? [] : [orgUnitId])]));
}

/** 代签人合格: a head of one of those bodies, or of the county's bureau. */
export async function mayStandIn(db: Db, { actor, scope }: Pick<Ctx, 'actor' | 'scope'>, row: HandOverRecord): Promise<boolean> {
  if (actor.role === null || !roleMay(actor.role, 'handover.represent') || scope.id === null || scope.countyId !== row.countyId) return false;
  return scope.level === 'county' || (await bodiesOf(db, row)).has(scope.id);
}

/** 当事人的一方. */
export function partOf({ actor }: Pick<Ctx, 'actor'>, row: HandOverRecord): 'from' | 'to' | 'witness' | 'none' {
  return actor.userId === row.fromId ? 'from' : actor.userId === row.toId ? 'to' : actor.userId !== null && actor.userId === row.witnessId ? 'witness' : 'none';
}

/** 查交接 for whoever it concerns; `ctx` as the request brought it. @throws Problem not-found for everybody else */
export async function getHandOver(db: Db, ctx: Ctx, id: Id<'HandOver'>): Promise<HandOverRecord> {
  const row = await db.selectFrom('handover.handOver').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || !(partOf(ctx, row) !== 'none' || mayRead(ctx, row.countyId) || await mayStandIn(db, ctx, row))) throw missing();
  return row;
}

/** 锁交接 for change. @throws Problem not-found, state.stale */
export async function lockHandOver(db: Db, ctx: Ctx, id: Id<'HandOver'>): Promise<HandOverRecord> {
  const row = await db.selectFrom('handover.handOver').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row || !(partOf(ctx, row) !== 'none' || mayRead(ctx, row.countyId) || await mayStandIn(db, ctx, row))) throw missing();
  if (ctx.ifMatch !== null && ctx.ifMatch !== row.version) throw new Problem('state.stale', '这次交接刚有变化，请刷新核对后再办理');
  return row;
}

/** 清单 as frozen at the outgoing's signature. */
export const storedItems = (db: Db, id: Id<'HandOver'>): Promise<ItemRecord[]> => db.selectFrom('handover.line').selectAll().where('handOverId', '=', id).orderBy('itemNo').execute();

/** 锁本县的交接 for whoever manages them. @throws Problem not-found, state.stale */
export async function lockInCounty(db: Db, ctx: Ctx, id: Id<'HandOver'>): Promise<HandOverRecord> {
  const row = await visibleHandOvers(db, ctx.scope).selectAll('h').where('h.id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw missing();
  if (ctx.ifMatch !== null && ctx.ifMatch !== row.version) throw new Problem('state.stale', '这次交接刚有变化，请刷新核对后再办理');
  return row;
}
