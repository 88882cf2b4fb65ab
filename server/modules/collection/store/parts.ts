import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import { localDate } from '#contract/kernel.ts';
import type { Choosings } from '#domain/collection/merge.ts';
import type { PartSummary } from '#domain/collection/summary.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import type { CollectionTables } from '../tables.gen.ts';
import type { CollectionRecord } from './collections.ts';

/** 采集任务的一份 as stored. */
export type PartRecord = Selectable<CollectionTables['collection.part']>;

/** 可见的份: the recipient's own, and those below or sent by the scope. */
export const visibleParts = (db: Db, scope: Scope) => within(scope, db.selectFrom('collection.part as p'), { alias: 'p', only: ['county', 'township', 'neighbourhood', 'company'] });

/** 我要填的份: addressed to the very body or company of the scope. */
export const ownParts = (db: Db, scope: Scope) => visibleParts(db, scope).where(sql<boolean>`p.recipient_id = ${scope.id}::uuid`);

/** 查一份. @throws Problem not-found */
export async function getPart(db: Db, scope: Scope, id: Id<'Part'>): Promise<PartRecord> {
  return found(await visibleParts(db, scope).selectAll('p').where('p.id', '=', id).executeTakeFirst());
}

/** 锁一份 for change. @throws Problem not-found, state.stale */
export async function lockPart(db: Db, { scope, ifMatch }: Pick<Ctx, 'scope' | 'ifMatch'>, id: Id<'Part'>): Promise<PartRecord> {
  const row = found(await visibleParts(db, scope).selectAll('p').where('p.id', '=', id).forUpdate().executeTakeFirst());
  if (ifMatch !== null && ifMatch !== row.version) throw new Problem('state.stale', '这份表已被别人填过或退回，您填的内容还在页面上，请刷新核对后再提交');
  return row;
}

/** 锁几份 at once, in one order for everybody. */
export const lockParts = (db: Db, scope: Scope, ids: readonly Id<'Part'>[]): Promise<PartRecord[]> => (ids.length === 0 ? Promise.resolve([]) : visibleParts(db, scope).selectAll('p').where(sql<boolean>`p.id = any(${ids}::uuid[])`).orderBy('p.id').forUpdate().execute());

function found(row: PartRecord | undefined): PartRecord {
  if (row === undefined) throw new Problem('not-found', '没有这份采集任务，或不在管辖范围内');
  return row;
}

/** 一个任务的各份, in the order of sending. */
export const partsOf = (db: Db, scope: Scope, collectionId: Id<'Collection'>): Promise<PartRecord[]> => visibleParts(db, scope).selectAll('p').where('p.collectionId', '=', collectionId).orderBy('p.id').execute();

/** 各份 by their ids, in the order of sending. */
export const partsAmong = (db: Db, scope: Scope, ids: readonly Id<'Part'>[]): Promise<PartRecord[]> => (ids.length === 0 ? Promise.resolve([]) : visibleParts(db, scope).selectAll('p').where(sql<boolean>`p.id = any(${ids}::uuid[])`).orderBy('p.id').execute());

/** 一份的概要 without its contents: the board lists hundreds of them. */
export type PartHead = Pick<PartRecord, 'id' | 'countyId' | 'townshipId' | 'neighbourhoodId' | 'companyId' | 'recipientId' | 'recipientName' | 'status' | 'answeredAt' | 'returnedReason' | 'chasedOn' | 'summary' | 'version'> & { readonly rowCount: number };
/** 一个任务各份的概要, in the order of sending. */
export const partHeadsOf = (db: Db, scope: Scope, collectionId: Id<'Collection'>): Promise<PartHead[]> => visibleParts(db, scope)
  .select(['p.id', 'p.countyId', 'p.townshipId', 'p.neighbourhoodId', 'p.companyId', 'p.recipientId', 'p.recipientName', 'p.status', 'p.answeredAt', 'p.returnedReason', 'p.chasedOn', 'p.summary', 'p.version', sql<number>`jsonb_array_length(p.rows)`.as('rowCount')]).where('p.collectionId', '=', collectionId).orderBy('p.id').execute();

/** 说到这些记录的份: those with one of these rows. */
export const partsAbout = (db: Db, scope: Scope, collectionId: Id<'Collection'>, rowIds: readonly string[]): Promise<PartRecord[]> => visibleParts(db, scope).selectAll('p').where('p.collectionId', '=', collectionId)
  .where(sql<boolean>`exists (select from jsonb_array_elements(p.rows) r where r ->> 'id' = any(${rowIds}::text[]))`).orderBy('p.id').execute();

/** 一份所属的任务: whoever sees the part reads its head (second lock: `recipient_read`). */
export async function headOf(db: Db, part: Pick<PartRecord, 'collectionId'>): Promise<CollectionRecord> {
  return db.selectFrom('collection.collection').selectAll().where('id', '=', part.collectionId).executeTakeFirstOrThrow();
}

const Lines = z.array(z.object({ id: z.string(), title: z.string(), sinceOn: localDate.nullable() }));
const Choosing = z.record(z.string(), z.record(z.string(), z.object({ answerId: z.string(), at: z.string() })));
const Summary = z.object({ conflicts: z.int(), changedRows: z.int(), sums: z.array(z.object({ column: z.string(), total: z.int(), filled: z.int(), open: z.int() })) });
/** 要填的各行 as kept. */
export const linesOf = ({ rows }: Pick<PartRecord, 'rows'>): z.output<typeof Lines> => Lines.parse(rows);
/** 取舍 as kept. */
export const choosingsOf = ({ choosings }: Pick<PartRecord, 'choosings'>): Choosings => Choosing.parse(choosings);
/** 概况 as kept; null for a part from before they were. */
export const summaryIn = ({ summary }: Pick<PartRecord, 'summary'>): PartSummary | null => (summary === null ? null : Summary.parse(summary));
