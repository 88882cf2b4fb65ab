import { undoCommittees } from '#modules/committee/index.ts';
import { undoBatch, type Change } from '#modules/registry/index.ts';
import { ledgerKindLabels } from '#contract/ledger.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { lockBatch, updateBatch } from '../store/batch.ts';
import { changesOf } from './recorder.ts';

/** 撤销结果:`left` are records edited since, which stay as they are. */
export interface Undone { readonly restored: number; readonly removed: number; readonly left: readonly { readonly kind: string; readonly id: string; readonly name: string; readonly why: string }[] }

const NAMES: Readonly<Record<Change['table'], string>> = {
  'registry.company': '企业', 'registry.estate': '小区', 'registry.practitioner': '从业人员', 'registry.building': '楼栋', 'registry.unit': '房屋', 'registry.owner': '业主',
};

class OnlyTried extends Error {
  readonly undone: Undone;
  constructor(undone: Undone) { super('a trial is never committed'); this.undone = undone; }
}

/** 撤销一批:in one transaction, with one audit entry. A trial does the same and takes it back. @throws Problem state.conflict */
export async function undoImport(ctx: Ctx, batchId: Id<'Batch'>, reason: string, isTrial: boolean): Promise<Undone> {
  try {
    return await ctx.transactBulk(async (tx) => {
      const undone = await undo(ctx, tx, batchId, reason);
      if (isTrial) throw new OnlyTried(undone);
      return undone;
    });
  } catch (error) {
    if (error instanceof OnlyTried) return error.undone;
    throw error;
  }
}

async function undo(ctx: Ctx, tx: Tx, batchId: Id<'Batch'>, reason: string): Promise<Undone> {
  const batch = await lockBatch(tx.db, ctx.scope, batchId);
  if (batch.status !== 'committed' || batch.confirmedAt === null) throw new Problem('state.conflict', batch.status === 'undone' ? '这次导入已经撤销' : '只有已经导入的批次才能撤销');
  const changes = await changesOf(tx.db, batchId);
  const at = ctx.now > batch.confirmedAt ? ctx.now : batch.confirmedAt;
  const later = await undoBatch(tx, { batchId, changes, at, on: ctx.today, writtenAt: batch.confirmedAt });
  await undoCommittees(tx, { batchId, at, writtenAt: batch.confirmedAt });
  await updateBatch(tx.db, batchId, { status: 'undone', undoneBy: ctx.actor.userId, undoneAt: ctx.now });

  const isLeft = new Set(later.map(({ id }) => id));
  const titles = new Map<string, string>(changes.map(({ id, title }) => [id, title]));
  const done = changes.filter(({ id }) => !isLeft.has(id));
  const undone: Undone = {
    restored: done.filter(({ act }) => act === 'update').length, removed: done.filter(({ act }) => act === 'insert').length,
    left: later.map(({ table, id }) => ({ kind: NAMES[table], id, name: titles.get(id) || NAMES[table], why: '导入之后又被修改过，予以保留' })),
  };
  tx.audit({ action: 'ledger.undo', subject: ['Batch', batchId], before: null, after: { 台账: ledgerKindLabels[batch.kind], 恢复: undone.restored, 移除: undone.removed, 保留: undone.left.length }, reason, countyId: batch.countyId, townshipId: batch.townshipId });
  tx.emit({ name: 'ledger.undone', key: batchId, payload: { batchId, kind: batch.kind }, countyId: batch.countyId });
  return undone;
}
