import type { deleteLedgerBatch, postConfirmation, postUndo } from '#contract/ledger.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { undoImport } from '../apply/undo.ts';
import { presentBatch } from '../present.ts';
import { clearRows } from '../read/stage.ts';
import { getBatch, lockBatch, updateBatch, type BatchRecord } from '../store/batch.ts';

/** 确认导入: the writing is a job; a second click finds it under way, or done, and changes nothing. */
export async function confirmImport(ctx: Ctx, { params }: Input<typeof postConfirmation>): Promise<Output<typeof postConfirmation>> {
  await refuseWhileReading(ctx, params.batchId);
  return ctx.transact(async (tx) => {
    tx.auditNothing('the import itself is audited where it is written');
    const batch = await lockBatch(tx.db, ctx.scope, params.batchId);
    if (batch.status === 'confirming' || batch.status === 'committed') return presentBatch(ctx, tx.db, batch);
    if (batch.status !== 'preview') throw new Problem('state.conflict', '只有待确认的批次可以导入，请刷新页面查看现状');
    if (batch.newCount + batch.changedCount + batch.unchangedCount === 0) throw new Problem('rule.violated', '没有可以导入的行，请先修正退回的行，或取消这个批次');
    return presentBatch(ctx, tx.db, await start(ctx, tx, batch));
  });
}

async function start(ctx: Ctx, tx: Tx, batch: BatchRecord): Promise<BatchRecord> {
  const jobId = await ctx.kit.queue.start(ctx, tx, { kind: 'ledger.confirm', input: { batchId: batch.id }, countyId: batch.countyId });
  return updateBatch(tx.db, batch.id, { status: 'confirming', jobId: makeId<'Job'>(jobId), notice: null });
}

/** 取消导入: the staged rows are removed, the batch stays in the history. */
export async function cancelImport(ctx: Ctx, { params }: Input<typeof deleteLedgerBatch>): Promise<Output<typeof deleteLedgerBatch>> {
  await refuseWhileReading(ctx, params.batchId);
  return ctx.transact(async (tx) => {
    const batch = await lockBatch(tx.db, ctx.scope, params.batchId);
    if (!['mapping', 'preview', 'failed'].includes(batch.status)) throw new Problem('state.conflict', batch.status === 'committed' ? '已经导入的批次不能取消，可以撤销' : '这个批次已经结束，不能取消');
    await clearRows(tx, batch.id);
    tx.audit({ action: 'ledger.cancel', subject: ['Batch', batch.id], before: { status: batch.status }, after: { status: 'cancelled' }, countyId: batch.countyId, townshipId: batch.townshipId });
    return presentBatch(ctx, tx.db, await updateBatch(tx.db, batch.id, { status: 'cancelled', notice: null }));
  });
}

const MOST_NAMED = 200;

/** 撤销导入, or only what it would do. */
export async function undoOneImport(ctx: Ctx, { params, body }: Input<typeof postUndo>): Promise<Output<typeof postUndo>> {
  const undone = await undoImport(ctx, params.batchId, body.reason, body.dryRun === true);
  const batch = await ctx.read(async (db) => presentBatch(ctx, db, await getBatch(db, ctx.scope, params.batchId)));
  return { batch, restored: undone.restored, removed: undone.removed, left: undone.left.slice(0, MOST_NAMED).map((row) => ({ ...row })), leftCount: undone.left.length };
}

/** A batch that is being read is locked by the reading: say so instead of waiting for it. */
export async function refuseWhileReading(ctx: Ctx, batchId: Id<'Batch'>): Promise<void> {
  const { status } = await ctx.read((db) => getBatch(db, ctx.scope, batchId));
  if (status === 'reading' || status === 'uploaded') throw new Problem('state.conflict', '正在读取文件，请等读取完成');
}
