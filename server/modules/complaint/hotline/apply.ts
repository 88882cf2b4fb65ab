import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { notify } from '#platform/notices/notify.ts';
import { officeOf } from '../office.ts';
import { knownOrders } from './books.ts';
import { lockBatch, recount, updateBatch } from './batch.ts';
import { crashPoint } from './crash-point.ts';
import type { Progress } from './stage.ts';
import { takeOrder } from './take-order.ts';

/** So many rows stand or fall together; a job that died goes on from the first that is not in. */
const TOGETHER = 50;

/** 导入工单: row after row in small transactions, each marked with its result, so that whatever interrupts it nothing is in twice. */
export async function applyBatch(ctx: Ctx, id: Id<'OrderBatch'>, progress: Progress): Promise<void> {
  const { total, before } = await ctx.read(async (db) => {
    const rows = await db.selectFrom('complaint.orderRow').select((eb) => [eb.fn.countAll<number>().as('n'), eb.fn.count<number>('appliedAt').as('applied')]).where('batchId', '=', id).where('outcome', 'in', ['new', 'changed']).executeTakeFirstOrThrow();
    return { total: rows.n, before: rows.applied };
  });
  let done = before;
  for (;;) {
    const taken = await applySome(ctx, id);
    if (taken === 0) break;
    done += taken;
    await progress(done, total, '正在导入');
    crashPoint('in-order-import');
  }
  await finish(ctx, id);
}

function applySome(ctx: Ctx, id: Id<'OrderBatch'>): Promise<number> {
  return ctx.transact(async (tx) => {
    const batch = await lockBatch(tx.db, ctx, id);
    const rows = batch.status !== 'confirming' ? [] : await tx.db.selectFrom('complaint.orderRow').selectAll().where('batchId', '=', id).where('outcome', 'in', ['new', 'changed']).where('appliedAt', 'is', null).orderBy('rowNo').limit(TOGETHER).execute();
    if (rows.length === 0) { tx.auditNothing('no row is left'); return 0; }
    const office = await officeOf(tx.db, ctx);
    const known = await knownOrders(tx.db, batch.countyId, rows.map(({ orderNo }) => orderNo));
    for (const row of rows) {
      const taken = await takeOrder(tx, ctx, { office, batch, row }, known.get(row.orderNo));
      known.set(row.orderNo, taken.known);
      await tx.db.updateTable('complaint.orderRow').set({ appliedAt: ctx.now, complaintId: taken.known.complaintId, answer: taken.answer, nameCipher: null, phoneCipher: null, phoneIndex: null, phoneLast4: null, phoneMoreIndex: null }).where('batchId', '=', id).where('rowNo', '=', row.rowNo).execute();
    }
    tx.audit({ action: 'hotline.import-part', subject: ['OrderBatch', id], before: null, after: { rows: rows.length }, countyId: batch.countyId });
    return rows.length;
  });
}

/** 导入完成: one entry for the whole, and each body is told once how many orders wait for it. */
async function finish(ctx: Ctx, id: Id<'OrderBatch'>): Promise<void> {
  await ctx.transact(async (tx) => {
    const batch = await lockBatch(tx.db, ctx, id);
    if (batch.status !== 'confirming') { tx.auditNothing('the import is over already'); return; }
    const after = await recount(tx.db, id);
    await updateBatch(tx.db, id, { status: 'committed', notice: null });
    tx.audit({ action: 'hotline.import', subject: ['OrderBatch', id], before: null, after: { 新工单: after.newCount, 更新: after.changedCount, 无变化: after.unchangedCount, 待修正: after.refusedCount }, countyId: batch.countyId });
    const waiting = await tx.db.selectFrom('complaint.orderRow as r').innerJoin('complaint.complaint as c', (join) => join.on((eb) => eb('c.id', '=', eb.ref('r.complaintId').$castTo<Id<'Complaint'>>())))
      .select((eb) => ['c.handlerId', eb.fn.count<number>('c.id').distinct().as('n')]).where('r.batchId', '=', id).where('r.outcome', '=', 'new').where('c.status', '=', 'received').groupBy('c.handlerId').execute();
    for (const { handlerId, n } of waiting) await notify(tx, { kind: 'complaint.waiting', to: [{ orgUnitId: handlerId, permission: 'complaint.handle' }], except: ctx.actor.userId, subject: ['OrderBatch', id], text: `12345热线转来${n}件工单，等待签收。`, path: '/complaints?origin=hotline&status=received' });
  });
}
