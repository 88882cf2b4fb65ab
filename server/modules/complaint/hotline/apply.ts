import { sql } from 'kysely';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { notify } from '#platform/notices/notify.ts';
import { officeOf } from '../office.ts';
import { lockBatch, recount, updateBatch } from './batch.ts';
import { crashPoint } from './crash-point.ts';
import { faultOf } from './fault.ts';
import type { Progress } from './stage.ts';
import { takeOrders, type Taken } from './take-order.ts';

/** So many rows stand or fall together; a job that died goes on from the first that is not in. */
const TOGETHER = 250;

/** 导入工单: some hundreds of rows in a transaction, each marked with its result, so that whatever interrupts it nothing is in twice. */
export async function applyBatch(ctx: Ctx, id: Id<'OrderBatch'>, progress: Progress): Promise<void> {
  const { total, before } = await ctx.read(async (db) => {
    const rows = await db.selectFrom('complaint.orderRow').select((eb) => [eb.fn.countAll<number>().as('n'), eb.fn.count<number>('appliedAt').as('applied')]).where('batchId', '=', id).where('outcome', 'in', ['new', 'changed']).executeTakeFirstOrThrow();
    return { total: rows.n, before: rows.applied };
  });
  let done = before;
  for (;;) {
    const waiting = await ctx.read((db) => db.selectFrom('complaint.orderRow').select('rowNo').where('batchId', '=', id).where('outcome', 'in', ['new', 'changed']).where('appliedAt', 'is', null).orderBy('rowNo').limit(TOGETHER).execute());
    if (waiting.length === 0 || !(await applyRows(ctx, id, waiting.map(({ rowNo }) => rowNo)))) break;
    crashPoint('orders-in');
    done += waiting.length;
    await progress(done, total, '正在导入');
    crashPoint('orders-told');
  }
  crashPoint('orders-finish');
  await finish(ctx, id);
  crashPoint('orders-over');
}

/** Where a row of them cannot be taken, each half by itself, until it stands alone: the others are in, and it says why it is not. @returns whether the import goes on */
async function applyRows(ctx: Ctx, id: Id<'OrderBatch'>, rowNos: readonly number[]): Promise<boolean> {
  try {
    return await applyTogether(ctx, id, rowNos);
  } catch (error) {
    const fault = faultOf(error);
    if (fault === null) throw error;
    if (rowNos.length === 1) return refuseRow(ctx, id, rowNos, fault);
    const half = Math.ceil(rowNos.length / 2);
    return await applyRows(ctx, id, rowNos.slice(0, half)) && applyRows(ctx, id, rowNos.slice(half));
  }
}

function applyTogether(ctx: Ctx, id: Id<'OrderBatch'>, rowNos: readonly number[]): Promise<boolean> {
  return ctx.transact(async (tx) => {
    const batch = await lockBatch(tx.db, ctx, id);
    if (batch.status !== 'confirming') { tx.auditNothing('the import was stopped'); return false; }
    const rows = await tx.db.selectFrom('complaint.orderRow').selectAll().where('batchId', '=', id).where('outcome', 'in', ['new', 'changed']).where('appliedAt', 'is', null).where(sql<boolean>`row_no = any(${rowNos}::int[])`).orderBy('rowNo').execute();
    const taken = await takeOrders(tx, ctx, { office: await officeOf(tx.db, ctx), batch }, rows);
    crashPoint('orders-taken');
    await markRows(tx, id, taken);
    tx.audit({ action: 'hotline.import-part', subject: ['OrderBatch', id], before: null, after: { rows: rows.length }, countyId: batch.countyId });
    return true;
  });
}

/** 记下各行的结果; who called has gone over to the complaint and leaves the row. */
// The numbers once more as an array: of rows that were just staged the planner knows nothing yet, and would read the whole file for each.
async function markRows({ db, now }: Tx, id: Id<'OrderBatch'>, taken: readonly Taken[]): Promise<void> {
  const told = JSON.stringify(taken.map(({ rowNo, complaintId, answer }) => ({ row_no: rowNo, complaint_id: complaintId, answer })));
  await sql`
    update complaint.order_row r set applied_at = ${now}, complaint_id = n.complaint_id, answer = n.answer, name_cipher = null, phone_cipher = null, phone_index = null, phone_last4 = null, phone_more_index = null
      from jsonb_populate_recordset(null::complaint.order_row, ${told}::jsonb) n where r.batch_id = ${id} and r.row_no = n.row_no and r.row_no = any(${taken.map(({ rowNo }) => rowNo)}::int[])`.execute(db);
}

/** 这一行没有导入: it waits to be mended, with its reason. */
function refuseRow(ctx: Ctx, id: Id<'OrderBatch'>, [rowNo = 0]: readonly number[], message: string): Promise<boolean> {
  return ctx.transact(async (tx) => {
    tx.auditNothing('a row that is not in changes no complaint');
    await lockBatch(tx.db, ctx, id);
    const problem = JSON.stringify([{ field: 'orderNo', severity: 'error', message }]);
    await tx.db.updateTable('complaint.orderRow').set({ outcome: 'refused', problems: sql`problems || ${problem}::jsonb` }).where('batchId', '=', id).where('rowNo', '=', rowNo).where('appliedAt', 'is', null).execute();
    return true;
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
