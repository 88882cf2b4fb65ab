import type { Selectable, Updateable } from 'kysely';
import type { Output } from '#contract/define-route.ts';
import type { getOrderBatch } from '#contract/hotline.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import type { ComplaintTables } from '../tables.gen.ts';

/** 工单导入 as stored. */
export type OrderBatchRecord = Selectable<ComplaintTables['complaint.orderBatch']>;
type Shown = Output<typeof getOrderBatch>;

/** Every read of imports starts here: the county's own posts. */
export const visibleBatches = (db: Db, { scope }: Pick<Ctx, 'scope'>) => within(scope, db.selectFrom('complaint.orderBatch'), { only: ['county'] });

/** 查导入. @throws Problem import.not-found */
export const getBatch = async (db: Db, ctx: Pick<Ctx, 'scope'>, id: Id<'OrderBatch'>): Promise<OrderBatchRecord> => found(await visibleBatches(db, ctx).selectAll().where('id', '=', id).executeTakeFirst());
/** 锁导入. @throws Problem import.not-found */
export const lockBatch = async (db: Db, ctx: Pick<Ctx, 'scope'>, id: Id<'OrderBatch'>): Promise<OrderBatchRecord> => found(await visibleBatches(db, ctx).selectAll().where('id', '=', id).forUpdate().executeTakeFirst());

function found(row: OrderBatchRecord | undefined): OrderBatchRecord {
  if (row === undefined) throw new Problem('import.not-found', '导入记录不存在或不在管辖范围内');
  return row;
}

/** 改导入 and raise its version. */
export const updateBatch = (db: Db, id: Id<'OrderBatch'>, columns: Updateable<ComplaintTables['complaint.orderBatch']>): Promise<OrderBatchRecord> =>
  db.updateTable('complaint.orderBatch').set((eb) => ({ ...columns, version: eb('version', '+', 1) })).where('id', '=', id).returningAll().executeTakeFirstOrThrow();

/** 重新计数 of the rows of an import. */
export async function recount(db: Db, id: Id<'OrderBatch'>): Promise<OrderBatchRecord> {
  const rows = await db.selectFrom('complaint.orderRow').select((eb) => ['outcome', 'isWarned', eb.fn.countAll<number>().as('n'), eb.fn.count<number>('appliedAt').as('applied')]).where('batchId', '=', id).groupBy(['outcome', 'isWarned']).execute();
  const sum = (fits: (row: (typeof rows)[number]) => boolean, of: 'n' | 'applied' = 'n') => rows.filter(fits).reduce((total, row) => total + row[of], 0);
  return updateBatch(db, id, { rowsCount: sum(() => true), newCount: sum(({ outcome }) => outcome === 'new'), changedCount: sum(({ outcome }) => outcome === 'changed'), unchangedCount: sum(({ outcome }) => outcome === 'unchanged'), refusedCount: sum(({ outcome }) => outcome === 'refused'), warnedCount: sum(({ isWarned }) => isWarned), appliedCount: sum(() => true, 'applied') });
}

/** 还没有导入, and nobody works on it: its columns may be pointed out, or it may be cancelled. */
export const isMappable = ({ status }: Pick<OrderBatchRecord, 'status'>): boolean => status === 'mapping' || status === 'preview' || status === 'failed';

/** 呈现导入 with its progress and what may be done. */
export async function presentBatch(db: Db, row: OrderBatchRecord): Promise<Shown> {
  const job = row.jobId === null || !['uploaded', 'reading', 'confirming'].includes(row.status) ? undefined : await db.selectFrom('platform.job').select(['doneCount', 'totalCount', 'stage', 'status']).where('id', '=', row.jobId).executeTakeFirst();
  const isOpen = isMappable(row) ? true : row.status === 'committed' ? '已经导入；以后的变化请随下一个文件导入，或者在投诉件上办理' : '现在不能这样做，请刷新查看';
  return {
    id: row.id, fileName: row.fileName, status: row.status, createdAt: row.createdAt, createdBy: row.createdByName, confirmedBy: row.confirmedByName, confirmedAt: row.confirmedAt, rows: row.rowsCount, new: row.newCount, changed: row.changedCount, unchanged: row.unchangedCount, refused: row.refusedCount, warned: row.warnedCount, applied: row.appliedCount,
    notice: row.notice, failure: row.failure, progress: job === undefined ? null : { done: job.doneCount, total: job.totalCount, stage: job.status === 'waiting' ? '排队等候' : job.stage },
    can: { map: isMappable(row) && row.appliedCount === 0 ? true : isOpen === true ? '有的行已经导入，不能再指认列' : isOpen, mend: row.status === 'preview' || (row.status === 'committed' && row.refusedCount > 0) || '现在不能修正', confirm: row.status === 'preview' || (row.status === 'committed' && row.appliedCount < row.newCount + row.changedCount) || (row.status === 'mapping' ? '请先指认列' : isOpen), cancel: isOpen }, version: row.version,
  };
}
