import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { batchFiles, mappingsOf } from '../read/source.ts';
import { booksFor } from '../read/stage.ts';
import { unseal, type Stored } from '../read/personal.ts';
import { lockBatch, updateBatch } from '../store/batch.ts';
import { countRows, entryOf, json, mendedOf, rewriteRow, rowsAfter } from '../store/rows.ts';
import { Judging } from './judge.ts';

const CHUNK = 2_000;

/** 重新比对:judges every row of the batch against the books as they are now, rewrites those that come out otherwise, and says so. */
export async function rejudgeBatch(ctx: Ctx, batchId: Id<'Batch'>): Promise<void> {
  await ctx.transactBulk(async (tx) => {
    tx.auditNothing('judging anew is no change of the registry');
    const batch = await lockBatch(tx.db, ctx.scope, batchId);
    if (batch.status !== 'confirming' && batch.status !== 'preview') return;
    const books = await booksFor(ctx, tx, batch);
    const judging = new Judging(batch.kind, books);
    const mapping = mappingsOf(await batchFiles(tx.db, batchId));
    let differing = 0;
    for (let after = 0; ;) {
      const records = await rowsAfter(tx.db, batchId, after, CHUNK);
      const last = records.at(-1);
      if (last === undefined) break;
      after = last.rowNo;
      const entries = records.map((record) => entryOf(ctx.kit.vault, batch.kind, record, mapping(record.fileNo, record.sheet)));
      await books.need(tx.db, entries);
      for (const [at, record] of records.entries()) {
        const entry = entries[at];
        if (entry === undefined || (record.outcome === 'refused' && record.mended === null && record.targetId === null)) continue;
        const judged = judging.judge(entry);
        if (judged.outcome === record.outcome && judged.targetId === record.targetId && judged.targetVersion === record.targetVersion) continue;
        if (judged.outcome !== 'unchanged' || record.outcome !== 'unchanged') differing += 1;
        await rewriteRow(tx.db, ctx.kit.vault, batchId, entry, judged, unseal(ctx.kit.vault, record as unknown as Stored).cells, mendedOf(record));
      }
    }
    const { problemCounts, ...counts } = await countRows(tx.db, batchId);
    await updateBatch(tx.db, batchId, {
      ...counts, problemCounts: json(problemCounts), status: 'preview',
      notice: `预览之后有${differing}行对应的记录被他人修改，这些行已按最新情况重新比对。什么也没有写入，请核对后再次确认。`,
    });
  });
}
