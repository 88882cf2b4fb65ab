import { sql } from 'kysely';
import type { patchLedgerRow } from '#contract/ledger.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { ledgerSpecs } from '#domain/ledger/ledger-specs.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import type { OpenBooks } from '../books/open-books.ts';
import { asDuplicate, placeFrom, Judging } from '../judge/judge.ts';
import type { Entry, Resolution } from '../judge/judged.ts';
import { presentBatch, presentRow } from '../present.ts';
import { mended } from '../read/mend.ts';
import { unseal, type Stored } from '../read/personal.ts';
import { batchFiles, mappingsOf } from '../read/source.ts';
import { booksFor } from '../read/stage.ts';
import { lockBatch, updateBatch, type BatchRecord } from '../store/batch.ts';
import { countRows, entryOf, findRow, json, mendedOf, otherWithKey, rewriteRow, type RowRecord } from '../store/rows.ts';
import { refuseWhileReading } from './settle-batch.ts';

/** 修正一行: new cell texts are read as the file's own would be; the row is judged again, and with it those that say the same, where asked for. */
export async function mendRow(ctx: Ctx, { params, body }: Input<typeof patchLedgerRow>): Promise<Output<typeof patchLedgerRow>> {
  await refuseWhileReading(ctx, params.batchId);
  return ctx.transactBulk(async (tx) => {
    tx.auditNothing('mending a staged row changes nothing of the registry');
    const batch = await lockBatch(tx.db, ctx.scope, params.batchId);
    if (batch.status !== 'preview') throw new Problem('state.conflict', '只有待确认的批次可以修正');
    refuseUnknownFields(batch, body.cells ?? {});
    const record = await findRow(tx.db, batch.id, params.rowNo);
    if (record === undefined) throw new Problem('import.not-found', '这个批次里没有这一行');
    const mapping = mappingsOf(await batchFiles(tx.db, batch.id));
    const books = await booksFor(ctx, tx, batch);

    const resolution = { ...(record.resolution as Resolution | null), ...body.resolution };
    const before = entryOf(ctx.kit.vault, batch.kind, record, mapping(record.fileNo, record.sheet));
    const entry = { ...mended(batch.kind, before, body.cells ?? {}, body.resolution !== undefined), resolution: Object.keys(resolution).length === 0 ? null : resolution };
    await rejudge(ctx, tx, batch, books, record, entry, [...new Set([...mendedOf(record), ...Object.keys(body.cells ?? {})])]);
    const alsoJudged = body.forAllAlike === true && body.resolution !== undefined ? await settleAlike(ctx, tx, { batch, books, mapping }, record, body.resolution) : 0;

    const { problemCounts, ...counts } = await countRows(tx.db, batch.id);
    const after = await updateBatch(tx.db, batch.id, { ...counts, problemCounts: json(problemCounts) });
    const row = await findRow(tx.db, batch.id, params.rowNo);
    return { row: presentRow(ctx, batch.kind, row ?? record, mapping(record.fileNo, record.sheet)), batch: await presentBatch(ctx, tx.db, after), alsoJudged };
  });
}

async function rejudge(ctx: Ctx, tx: Tx, batch: BatchRecord, books: OpenBooks, record: RowRecord, entry: Entry, fields: readonly string[]): Promise<void> {
  await books.need(tx.db, [entry]);
  const judged = new Judging(batch.kind, books).judge(entry);
  const other = judged.key === null || judged.outcome === 'refused' ? undefined : await otherWithKey(tx.db, batch.id, entry.rowNo, judged.key);
  const settled = other === undefined ? judged : asDuplicate(batch.kind, entry, judged, placeFrom(entry, { fileNo: other.fileNo, sheet: other.sheet, row: other.sheetRow }));
  const { cells } = unseal(ctx.kit.vault, record as unknown as Stored);
  await rewriteRow(tx.db, ctx.kit.vault, batch.id, entry, settled, cells, fields);
}

interface Around { readonly batch: BatchRecord; readonly books: OpenBooks; readonly mapping: ReturnType<typeof mappingsOf> }

/** The column whose words the resolution explains. */
function columnOf(resolution: Resolution): 'township' | 'estate' | 'company' {
  if (resolution.companyId !== undefined || resolution.createCompany !== undefined) return 'company';
  return resolution.estateId === undefined ? 'township' : 'estate';
}

async function settleAlike(ctx: Ctx, tx: Tx, { batch, books, mapping }: Around, like: RowRecord, resolution: Resolution): Promise<number> {
  const column = columnOf(resolution);
  const written = (like.raw as Record<string, string>)[column] ?? '';
  if (written === '') return 0;
  const alike = await tx.db.selectFrom('ledger.batchRow').selectAll().where('batchId', '=', batch.id).where('rowNo', '<>', like.rowNo)
    .where(sql<boolean>`raw->>${column} = ${written}`).orderBy('rowNo').execute();
  for (const record of alike) {
    const entry = { ...entryOf(ctx.kit.vault, batch.kind, record, mapping(record.fileNo, record.sheet)), resolution: { ...(record.resolution as Resolution | null), ...resolution } };
    await rejudge(ctx, tx, batch, books, record, entry, mendedOf(record));
  }
  return alike.length;
}

function refuseUnknownFields({ kind }: BatchRecord, cells: Readonly<Record<string, string>>): void {
  const unknown = Object.keys(cells).filter((key) => !ledgerSpecs[kind].fields.some((field) => field.key === key));
  if (unknown.length > 0) throw new Problem('input.invalid', `没有“${unknown.join('、')}”这样的字段`);
}
