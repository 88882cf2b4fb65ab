import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import { CollectionColumn, RowCondition } from '#contract/collection.ts';
import { managementKindLabels } from '#contract/registry/words.ts';
import type { Conditions } from '#domain/collection/attribute.ts';
import type { Column } from '#domain/collection/column.ts';
import type { CollectionState } from '#domain/collection/standing.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { isInHand } from '#platform/identity/in-hand.ts';
import { Problem } from '#platform/problem.ts';
import type { CollectionTables } from '../tables.gen.ts';

/** 采集任务 as stored. */
export type CollectionRecord = Selectable<CollectionTables['collection.collection']>;
export interface CollectionFilters { readonly q?: string | undefined; readonly status?: CollectionState | undefined; readonly inHand?: 'mine' | undefined }

/** 可见的采集任务, for those who send them: the county its own and its townships', a township its own. Recipients come by their part. */
export const visibleCollections = (db: Db, scope: Scope) => within(scope, db.selectFrom('collection.collection as k'), { alias: 'k', only: ['county', 'township'] });

/** 查采集任务. @throws Problem not-found — also when out of scope */
export async function getCollectionRecord(db: Db, scope: Scope, id: Id<'Collection'>): Promise<CollectionRecord> {
  return found(await visibleCollections(db, scope).selectAll('k').where('k.id', '=', id).executeTakeFirst());
}

/** 锁采集任务 for change. @throws Problem not-found, state.stale */
export async function lockCollection(db: Db, { scope, ifMatch }: Pick<Ctx, 'scope' | 'ifMatch'>, id: Id<'Collection'>): Promise<CollectionRecord> {
  const row = found(await visibleCollections(db, scope).selectAll('k').where('k.id', '=', id).forUpdate().executeTakeFirst());
  if (ifMatch !== null && ifMatch !== row.version) throw new Problem('state.stale', '这个采集任务已被别人修改，请刷新后核对再办理');
  return row;
}

function found(row: CollectionRecord | undefined): CollectionRecord {
  if (row === undefined) throw new Problem('not-found', '采集任务不存在，或不在管辖范围内');
  return row;
}

/** 条件下的采集任务. */
export function collectionsLike(db: Db, { scope, actor, today }: Pick<Ctx, 'scope' | 'actor' | 'today'>, { q, status, inHand }: CollectionFilters) {
  let query = visibleCollections(db, scope);
  if (inHand === 'mine') query = query.where(isInHand('k.holderId', 'k.createdBy', actor.userId));
  // A task ends by itself: what still runs and what ended are both kept as issued.
  if (status) query = query.where('k.status', '=', status === 'ended' ? 'issued' : status);
  if (status === 'issued') query = query.where('k.endsOn', '>=', today);
  if (status === 'ended') query = query.where('k.endsOn', '<', today);
  if (q) query = query.where(sql<boolean>`(k.title like ${like(q)} or k.ground like ${like(q)})`);
  return query;
}

const like = (q: string): string => `%${q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** 各任务的份数 by its id: all, answered, and those past the due day without an answer. */
export async function tallyOf(db: Db, ids: readonly Id<'Collection'>[], today: LocalDate): Promise<Map<Id<'Collection'>, { parts: number; answered: number; overdue: number }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: Id<'Collection'>; parts: number; answered: number; overdue: number }>`
    select p.collection_id as id, count(*) as parts, count(*) filter (where p.status = 'answered') as answered, count(*) filter (where p.status <> 'answered' and k.due_on < ${today}) as overdue
    from collection.part p join collection.collection k on k.id = p.collection_id where p.collection_id = any(${ids}::uuid[]) group by p.collection_id`.execute(db);
  return new Map(rows.map(({ id, ...tally }) => [id, tally]));
}

/** 栏目 as kept. */
export const columnsOf = ({ columns }: Pick<CollectionRecord, 'columns'>): Column[] => z.array(CollectionColumn).parse(columns);
/** 所选对象 as kept. */
export const recipientIdsOf = ({ recipientIds }: Pick<CollectionRecord, 'recipientIds'>): string[] => z.array(z.string()).parse(recipientIds);

const KeptCondition = RowCondition.extend({ words: z.string() });
/** 只列哪些小区 as kept, with its words; null lists all. */
export const conditionOf = ({ condition }: Pick<CollectionRecord, 'condition'>): z.output<typeof KeptCondition> | null => KeptCondition.nullable().parse(condition);
/** 条件 in the books' own words. */
export const conditionsOf = ({ townshipId, managementKind, hasCommittee }: z.output<typeof RowCondition>): Conditions => ({ townshipId, managementKind: managementKind === null ? null : managementKindLabels[managementKind], hasCommittee });

const EXACT_TO = 1_000;
/** 总数, exact to 1,000. */
export async function counted(db: Db, query: { readonly limit: (most: number) => unknown }): Promise<{ total: number; totalIsExact: boolean }> {
  const [row] = (await sql<{ total: number }>`select count(*) as total from ${query.limit(EXACT_TO + 1)} as few`.execute(db)).rows;
  const total = row?.total ?? 0;
  return { total: Math.min(total, EXACT_TO), totalIsExact: total <= EXACT_TO };
}
