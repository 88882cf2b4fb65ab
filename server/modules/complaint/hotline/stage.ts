import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { inspectReadable } from '#platform/workbook/open-text.ts';
import { WorkbookRefusal } from '#platform/workbook/refusal.ts';
import { officeOf } from '../office.ts';
import { knownOrders, openBooks } from './books.ts';
import { lockBatch, recount, updateBatch, type OrderBatchRecord } from './batch.ts';
import { judgeOrder } from './judge.ts';
import { readOrders, type ReadOrderRow } from './read-file.ts';
import { sheetsOf } from './row-json.ts';
import { stagedRow } from './rows.ts';

/** 进度. */
export type Progress = (done: number, total: number | null, stage: string) => Promise<void>;
const MOST_ROWS = 50_000;
const INSERTED = 500;

/** 读取工单文件: all rows of it stand staged and judged, or none; safe to start again. */
export async function stageBatch(ctx: Ctx, id: Id<'OrderBatch'>, progress: Progress): Promise<void> {
  try {
    await ctx.transactBulk(async (tx) => {
      tx.auditNothing('reading changes no complaint');
      const batch = await lockBatch(tx.db, ctx, id);
      if (batch.status !== 'uploaded' && batch.status !== 'reading') return;
      const file = await tx.db.selectFrom('platform.file').select(['hash', 'name']).where('id', '=', batch.fileId).executeTakeFirstOrThrow();
      const path = ctx.kit.files.pathOf(file.hash);
      const inspected = await inspectReadable(path, file.name);
      if (!inspected.ok) throw new Problem('workbook.refused', inspected.message);
      await tx.db.deleteFrom('complaint.orderRow').where('batchId', '=', id).execute();
      await stageRows(ctx, tx, batch, readOrders(path, inspected.type, sheetsOf(batch.headings)), progress);
      await recount(tx.db, id);
      await updateBatch(tx.db, id, { status: 'preview', failure: null });
    });
  } catch (error) {
    if (!(error instanceof WorkbookRefusal || error instanceof Problem)) throw error;
    await ctx.transact(async (tx) => { tx.auditNothing('nothing was imported'); await updateBatch(tx.db, id, { status: 'failed', failure: error.message }); });
  }
}

async function stageRows(ctx: Ctx, tx: Tx, batch: OrderBatchRecord, parts: AsyncIterable<readonly ReadOrderRow[]>, progress: Progress): Promise<void> {
  const { body } = await officeOf(tx.db, ctx);
  const books = await openBooks(tx.db, batch.countyId, body?.id ?? batch.countyId, ctx.today);
  const first = new Map<string, number>();
  let waiting: ReadOrderRow[] = [];
  let rowNo = 0;
  const flush = async () => {
    if (waiting.length === 0) return;
    const known = await knownOrders(tx.db, batch.countyId, waiting.map(({ texts }) => texts.orderNo ?? ''));
    const drafts = waiting.map((read) => {
      rowNo += 1;
      const orderNo = read.texts.orderNo ?? '';
      const judged = judgeOrder(books, read.texts, {}, known.get(orderNo), orderNo === '' ? undefined : first.get(orderNo));
      if (orderNo !== '' && !first.has(orderNo)) first.set(orderNo, read.row);
      return stagedRow(ctx.kit.vault, batch, rowNo, read, judged);
    });
    waiting = [];
    await tx.db.insertInto('complaint.orderRow').values(drafts).execute();
    await progress(rowNo, null, '正在读取和核对');
  };
  for await (const part of parts) {
    waiting.push(...part);
    if (rowNo + waiting.length > MOST_ROWS) throw new Problem('workbook.refused', '文件超过 5 万行，请按日期分成几个文件再上传');
    if (waiting.length >= INSERTED) await flush();
  }
  await flush();
  if (rowNo === 0) throw new Problem('workbook.refused', '表头下面没有工单，请检查后再上传');
}
