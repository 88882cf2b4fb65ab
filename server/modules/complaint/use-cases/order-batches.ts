import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/hotline.ts';
import { orderBatchLabels } from '#contract/hotline.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import type { Download } from '#contract/kernel.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { column, count, EXPORT_MOST, exportList, moment, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { getBatch, isMappable, lockBatch, presentBatch, updateBatch, visibleBatches, type OrderBatchRecord } from '../hotline/batch.ts';
import { headingsKnown } from '../hotline/books.ts';
import { findOrderSheets, readHeads, type LeftSheet } from '../hotline/read-file.ts';
import { json } from '../hotline/row-json.ts';

type Shown = Output<typeof route.getOrderBatch>;

/** 上传工单文件: refused at once where it holds no orders; else kept, and read by a job. */
export async function uploadOrders(ctx: Ctx): Promise<Shown> {
  const [upload, more] = ctx.uploads;
  if (upload === undefined || more !== undefined) throw new Problem('input.invalid', '请选择一个热线导出的文件，一次一个', { errors: [{ pointer: '/files', message: '请选择文件' }] });
  const countyId = countyOf(ctx);
  const heads = await readHeads(upload.path, upload.name);
  const { sheets, left } = findOrderSheets(heads, upload.name, await ctx.read((db) => headingsKnown(db, countyId)));
  return ctx.transact(async (tx) => {
    if (ctx.actor.userId === null) throw new Problem('access.denied', '请登录后再上传');
    const [id, fileId] = [newId<'OrderBatch'>(), newId<'File'>()];
    await tx.db.insertInto('platform.file').values({ id: fileId, countyId, hash: upload.hash, sizeBytes: upload.sizeBytes, mediaType: upload.mediaType, name: upload.name, subjectKind: 'OrderBatch', subjectId: id, uploadedBy: ctx.actor.userId, createdAt: ctx.now }).execute();
    await tx.db.insertInto('complaint.orderBatch').values({ id, countyId, status: sheets.length === 0 ? 'mapping' : 'uploaded', notice: sheets.length === 0 ? null : noticeOf(left), fileId, fileName: upload.name, headings: json(sheets), createdBy: ctx.actor.userId, createdByName: ctx.actor.name, createdAt: ctx.now }).execute();
    tx.audit({ action: 'hotline.upload', subject: ['OrderBatch', id], before: null, after: { file: upload.name }, countyId });
    return presentBatch(tx.db, sheets.length === 0 ? await getBatch(tx.db, ctx, id) : await startJob(ctx, tx, id, 'complaint.orders-read'));
  });
}

/** What was not read beside what was; null where nothing is left. */
const noticeOf = (left: readonly LeftSheet[]): string | null => (left.length === 0 ? null : `${left.slice(0, MOST_NAMED).map(({ sheet, reason }) => `工作表“${sheet}”没有读取：${reason}`).join('；')}。其中有工单的，请点“重新指认列”。`);
const MOST_NAMED = 5;

/** 本县 of whoever imports. @throws Problem access.denied */
export function countyOf({ scope }: Pick<Ctx, 'scope'>): Id<'OrgUnit'> {
  if (scope.countyId === null) throw new Problem('access.denied', '没有管辖的县，不能导入12345工单');
  return makeId<'OrgUnit'>(scope.countyId);
}

/** 起作业 on an import. */
export async function startJob(ctx: Ctx, tx: Tx, id: Id<'OrderBatch'>, kind: string, columns: Parameters<typeof updateBatch>[2] = {}): Promise<OrderBatchRecord> {
  const jobId = await ctx.kit.queue.start(ctx, tx, { kind, input: { orderBatchId: id }, countyId: countyOf(ctx) });
  return updateBatch(tx.db, id, { ...columns, jobId: makeId<'Job'>(jobId) });
}

const COUNTED_UP_TO = 1_000;
type Query = Pick<Input<typeof route.listOrderBatches>['query'], 'status'>;
function batchesLike(db: Db, ctx: Ctx, { status }: Query) {
  const query = visibleBatches(db, ctx);
  return status === undefined ? query : query.where('status', '=', status);
}

/** 导入记录, the newest first. */
export function listBatches(ctx: Ctx, { query }: Input<typeof route.listOrderBatches>): Promise<Output<typeof route.listOrderBatches>> {
  return ctx.read(async (db) => {
    const filtered = batchesLike(db, ctx, query);
    const { total } = await db.selectFrom(filtered.select('id').limit(COUNTED_UP_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const found = await (query.after === undefined ? filtered : filtered.where('id', '<', makeId<'OrderBatch'>(query.after))).selectAll().orderBy('id', 'desc').limit(query.limit + 1).execute();
    const rows: Shown[] = [];
    for (const row of found.slice(0, query.limit)) rows.push(await presentBatch(db, row));
    return { rows, next: found.length > query.limit ? rows.at(-1)?.id ?? null : null, total: Math.min(total, COUNTED_UP_TO), totalIsExact: total <= COUNTED_UP_TO };
  });
}

/** 导出导入记录. */
export const exportBatches = (ctx: Ctx, { query }: Input<typeof route.exportOrderBatches>): Promise<Download> => exportList<OrderBatchRecord>(ctx, {
  title: '12345工单导入记录', kind: 'hotline-batch', on: ctx.today, query,
  columns: [
    column('文件', 'text', (row) => text(row.fileName)), column('状态', 'text', (row) => text(orderBatchLabels[row.status])), column('上传人', 'text', (row) => text(row.createdByName)), column('上传时间', 'moment', (row) => moment(row.createdAt)), column('确认人', 'text', (row) => text(row.confirmedByName)), column('确认时间', 'moment', (row) => moment(row.confirmedAt)),
    column('共', 'count', (row) => count(row.rowsCount)), column('新工单', 'count', (row) => count(row.newCount)), column('更新', 'count', (row) => count(row.changedCount)), column('无变化', 'count', (row) => count(row.unchangedCount)), column('待修正', 'count', (row) => count(row.refusedCount)), column('已导入', 'count', (row) => count(row.appliedCount)),
  ],
  rows: async (db) => refuseTooManyRows(await batchesLike(db, ctx, query).selectAll().orderBy('id', 'desc').limit(EXPORT_MOST + 1).execute()),
});

/** 一次导入. */
export const getOneBatch = (ctx: Ctx, { params }: Input<typeof route.getOrderBatch>): Promise<Shown> => ctx.read(async (db) => presentBatch(db, await getBatch(db, ctx, params.orderBatchId)));

/** 确认导入: a job; a second click finds it under way and changes nothing. What was mended after an import is imported in the same way. */
export function confirmOrders(ctx: Ctx, { params }: Input<typeof route.postOrderConfirmation>): Promise<Shown> {
  return ctx.transact(async (tx) => {
    const batch = await lockBatch(tx.db, ctx, params.orderBatchId);
    const isLeft = batch.appliedCount < batch.newCount + batch.changedCount;
    if (batch.status === 'confirming' || (batch.status === 'committed' && !isLeft)) { tx.auditNothing('it was confirmed already'); return presentBatch(tx.db, batch); }
    if (batch.status === 'mapping') throw new Problem('state.conflict', '请先指认列');
    if (batch.status !== 'preview' && batch.status !== 'committed') throw new Problem('state.conflict', '现在不能确认，请刷新查看');
    if (batch.newCount + batch.changedCount + batch.unchangedCount === 0) throw new Problem('state.conflict', '没有可以导入的行，请先修正，或者取消这次导入');
    tx.audit({ action: 'hotline.confirm', subject: ['OrderBatch', batch.id], before: null, after: { 新工单: batch.newCount, 更新: batch.changedCount }, countyId: batch.countyId });
    return presentBatch(tx.db, await startJob(ctx, tx, batch.id, 'complaint.orders-import', { status: 'confirming', notice: null, confirmedByName: ctx.actor.name, confirmedAt: ctx.now }));
  });
}

/** 取消导入: nothing of it came in; its rows go, the record stays. */
export function cancelOrders(ctx: Ctx, { params }: Input<typeof route.deleteOrderBatch>): Promise<Shown> {
  return ctx.transact(async (tx) => {
    const batch = await lockBatch(tx.db, ctx, params.orderBatchId);
    if (!isMappable(batch)) throw new Problem('state.conflict', batch.status === 'committed' ? '已经导入，不能取消' : '现在不能取消，请刷新查看');
    if (batch.appliedCount > 0) throw new Problem('state.conflict', '有的行已经导入，不能取消；请再点一次“确认导入”');
    await tx.db.deleteFrom('complaint.orderRow').where('batchId', '=', batch.id).execute();
    tx.audit({ action: 'hotline.cancel', subject: ['OrderBatch', batch.id], before: { status: batch.status }, after: { status: 'cancelled' }, countyId: batch.countyId });
    return presentBatch(tx.db, await updateBatch(tx.db, batch.id, { status: 'cancelled', notice: null }));
  });
}

/** 原始文件; the download is recorded, since it names callers. */
export async function downloadOrderFile(ctx: Ctx, { params }: Input<typeof route.getOrderFile>): Promise<Download> {
  const file = await ctx.transact(async (tx) => {
    const batch = await getBatch(tx.db, ctx, params.orderBatchId);
    tx.audit({ action: 'hotline.file', subject: ['OrderBatch', batch.id], before: null, after: { file: batch.fileName }, countyId: batch.countyId });
    return tx.db.selectFrom('platform.file').select(['name', 'hash']).where('id', '=', batch.fileId).executeTakeFirst();
  });
  if (file === undefined) throw new Problem('file.not-found', '没有这个文件');
  return { fileName: file.name, mediaType: 'application/octet-stream', content: await ctx.kit.files.open(file.hash) };
}
