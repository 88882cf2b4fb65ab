import type { Selectable, Updateable } from 'kysely';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { isInHand } from '#platform/identity/in-hand.ts';
import { Problem } from '#platform/problem.ts';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import type { LedgerTables } from '../tables.gen.ts';

/** 批次行 */
export type BatchRecord = Selectable<LedgerTables['ledger.batch']>;
export type BatchStatus = BatchRecord['status'];
/** 原始文件行 */
export type BatchFileRecord = Selectable<LedgerTables['ledger.batchFile']>;

/** Every read of batches starts here. */
const visible = (db: Db, scope: Scope) => within(scope, db.selectFrom('ledger.batch'));

/** 查批次. @throws Problem import.not-found — also when it is out of scope */
export async function getBatch(db: Db, scope: Scope, id: Id<'Batch'>): Promise<BatchRecord> {
  return found(await visible(db, scope).selectAll().where('id', '=', id).executeTakeFirst());
}

/** 锁批次 for change, so that a double click waits for the first. @throws Problem import.not-found */
export async function lockBatch(db: Db, scope: Scope, id: Id<'Batch'>): Promise<BatchRecord> {
  return found(await visible(db, scope).selectAll().where('id', '=', id).forUpdate().executeTakeFirst());
}

function found(row: BatchRecord | undefined): BatchRecord {
  if (!row) throw new Problem('import.not-found', '导入批次不存在或不在管辖范围内');
  return row;
}

/** 一页批次, newest first, after the batch `after`. One more than `limit` is answered when there are more. */
export function pageBatches(db: Db, ctx: Pick<Ctx, 'scope' | 'actor'>, { after, limit, ...filters }: BatchFilters & { after: string | undefined; limit: number }): Promise<BatchRecord[]> {
  let query = batchesLike(db, ctx, filters).selectAll();
  if (after !== undefined) query = query.where('id', '<', after as Id<'Batch'>);
  return query.orderBy('id', 'desc').limit(limit + 1).execute();
}

interface BatchFilters { readonly kind?: BatchRecord['kind'] | undefined; readonly status?: BatchStatus | undefined; readonly inHand?: 'mine' | undefined }

function batchesLike(db: Db, { scope, actor }: Pick<Ctx, 'scope' | 'actor'>, { kind, status, inHand }: BatchFilters) {
  let query = visible(db, scope);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (status !== undefined) query = query.where('status', '=', status);
  return inHand === 'mine' ? query.where(isInHand('holderId', 'createdBy', actor.userId)) : query;
}

const COUNTED_UP_TO = 1_000;

/** 批次总数, exact up to 1,000. */
export async function countBatches(db: Db, ctx: Pick<Ctx, 'scope' | 'actor'>, filters: BatchFilters): Promise<{ total: number; totalIsExact: boolean }> {
  const query = batchesLike(db, ctx, filters).select('id');
  const row = await db.selectFrom(query.limit(COUNTED_UP_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { total: Math.min(row.total, COUNTED_UP_TO), totalIsExact: row.total <= COUNTED_UP_TO };
}

/** 改批次 and raise its version. */
export async function updateBatch(db: Db, id: Id<'Batch'>, change: Updateable<LedgerTables['ledger.batch']>): Promise<BatchRecord> {
  return db.updateTable('ledger.batch').set((eb) => ({ ...change, version: eb('version', '+', 1) })).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
}

/** 批次的原始文件 in the order they were uploaded. */
export function filesOf(db: Db, batchId: Id<'Batch'>): Promise<BatchFileRecord[]> {
  return db.selectFrom('ledger.batchFile').selectAll().where('batchId', '=', batchId).orderBy('fileNo').execute();
}

/** 同一文件的已导入批次:the last batch that was imported from the very same files. */
export function importedBefore(db: Db, batch: Pick<BatchRecord, 'id' | 'countyId' | 'kind' | 'fingerprint'>): Promise<{ id: Id<'Batch'>; confirmedAt: Instant | null } | undefined> {
  return db.selectFrom('ledger.batch').select(['id', 'confirmedAt'])
    .where('countyId', '=', batch.countyId).where('fingerprint', '=', batch.fingerprint).where('kind', '=', batch.kind)
    .where('status', '=', 'committed').where('id', '<>', batch.id)
    .orderBy('id', 'desc').limit(1).executeTakeFirst();
}
