import { sql } from 'kysely';
import { bulkWriteCompanies, mapGivingWay, type BulkOptions } from '#modules/registry/index.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { ledgerKindLabels } from '#contract/ledger.ts';
import type { LedgerKind } from '#domain/ledger/types.ts';
import { companyNameLevels } from '#domain/kernel/company-name.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { OpenBooks } from '../books/open-books.ts';
import { crashPoint } from '../crash-point.ts';
import { Judging, type Plans } from '../judge/judge.ts';
import type { Entry } from '../judge/judged.ts';
import { batchFiles, mappingsOf } from '../read/source.ts';
import { booksFor, type Progress } from '../read/stage.ts';
import { lockBatch, updateBatch, type BatchRecord } from '../store/batch.ts';
import { entryOf, stagedColumns, type StagedRow } from '../store/rows.ts';
import { purposeOf } from './purpose.ts';
import { Recorder } from './recorder.ts';
import { writers, type PlanWriter } from './write-plans.ts';

/** Somebody edited a record that a row is about, since the row was judged. Rolls the confirmation back. */
export class Stale extends Error {}

const CHUNK = 2_000;

/**
 * 执行确认:writes every new and changed row in one transaction with one audit entry, or nothing.
 *
 * Each row is judged again first; one that comes out otherwise than the user saw it stops the whole. A batch that is already in does nothing.
 * @throws Stale
 */
export async function applyBatch(ctx: Ctx, batchId: Id<'Batch'>, progress: Progress): Promise<void> {
  crashPoint('before-confirm');
  await ctx.transactBulk(async (tx) => {
    const batch = await lockBatch(tx.db, ctx.scope, batchId);
    if (batch.status !== 'confirming') { tx.auditNothing('the batch was confirmed or withdrawn meanwhile'); return; }
    const ownerPurpose = purposeOf(batch);
    const options: BulkOptions = { countyId: batch.countyId, batchId, at: ctx.now, on: ctx.today, vault: ctx.kit.vault, ...(ownerPurpose === null ? {} : { ownerPurpose }) };
    const recorder = new Recorder(tx.db, batch);
    await makeCompanies(ctx, tx, batch, options, recorder);
    const books = await booksFor(ctx, tx, batch);
    await applyRows(ctx, tx, { batch, books, options, recorder, progress });
    const confirmed = await updateBatch(tx.db, batchId, { status: 'committed', confirmedBy: ctx.actor.userId, confirmedAt: ctx.now, notice: null, failure: null });
    const counts = { 台账: ledgerKindLabels[batch.kind], 新增: batch.newCount, 变更: batch.changedCount, 无变化: batch.unchangedCount, 退回: batch.refusedCount };
    tx.audit({ action: 'ledger.import', subject: ['Batch', batchId], before: null, after: counts, countyId: batch.countyId, townshipId: batch.townshipId });
    tx.emit({ name: 'ledger.imported', key: `${batchId}:${confirmed.version}`, payload: { batchId, kind: batch.kind, new: batch.newCount, changed: batch.changedCount }, countyId: batch.countyId });
    crashPoint('in-confirm-after-write-before-commit');
  });
  crashPoint('after-commit-before-answer');
}

interface Run { readonly batch: BatchRecord; readonly books: OpenBooks; readonly options: BulkOptions; readonly recorder: Recorder; readonly progress: Progress }

/** Rows that were judged again and are ready to be written. */
interface Ready { readonly opened: unknown; readonly titles: readonly string[] }

/**
 * In the order of their keys, so that the rows of one estate come together. While PostgreSQL takes some rows, the next are read, judged and
 * decided; all stay within the one transaction.
 */
async function applyRows(ctx: Ctx, tx: Tx, run: Run): Promise<void> {
  const { batch, books, recorder, progress } = run;
  const writer: PlanWriter<LedgerKind> = writers[batch.kind](tx, run.options);
  const mapping = mappingsOf(await batchFiles(tx.db, batch.id));
  const judging = new Judging(batch.kind, books);
  const order = await rowsInOrder(tx, batch.id);
  const prepare = async (from: number): Promise<Ready> => {
    const records = await rowsNumbered(tx, batch.id, order.slice(from, from + CHUNK));
    const rows = await mapGivingWay(records, (record): [StagedRow, Entry] => [record, entryOf(ctx.kit.vault, batch.kind, record, mapping(record.fileNo, record.sheet))]);
    await books.need(tx.db, rows.map(([, entry]) => entry));
    const { plans, titles } = await judgeAgain(judging, rows);
    return { titles, opened: await writer.open(plans) };
  };
  const storing: Promise<void>[] = [];
  const write = async ({ opened, titles }: Ready): Promise<void> => {
    const { ids, changes, stored } = await writer.write(opened);
    storing.push(stored);
    await recorder.record(changes, new Map(ids.map((id, at) => [id, titles[at] ?? ''])));
  };
  const parts = Array.from({ length: Math.ceil(order.length / CHUNK) }, (_, at) => at * CHUNK);
  // Read and judged one after another, two parts ahead of the writing.
  const ahead: Promise<Ready>[] = [];
  const unread = parts.values();
  let last: Promise<unknown> = Promise.resolve();
  const prepareNext = (): void => {
    const { value: from } = unread.next();
    if (from === undefined) return;
    const next = last.then(() => prepare(from));
    ahead.push(next);
    last = next.then(() => undefined);
    last.catch(() => undefined);
  };
  try {
    prepareNext();
    prepareNext();
    for (const from of parts) {
      const ready = await ahead.shift();
      prepareNext();
      if (ready !== undefined) await write(ready);
      // The part before this one: two at most are under way.
      await storing.at(-2);
      await progress(Math.min(from + CHUNK, order.length), order.length, '正在写入');
    }
    await writer.finish();
  } catch (error) {
    // Nothing may reach for this connection once the transaction is over; and what failed first says why.
    await Promise.allSettled([...ahead, last]);
    const failed = (await Promise.allSettled(storing)).find(({ status }) => status === 'rejected');
    throw failed?.status === 'rejected' ? failed.reason : error;
  }
}

/** The numbers of the rows to write, those of one record's estate or township together. */
async function rowsInOrder(tx: Tx, batchId: Id<'Batch'>): Promise<number[]> {
  const rows = await tx.db.selectFrom('ledger.batchRow').select('rowNo').where('batchId', '=', batchId).where('outcome', 'in', ['new', 'changed']).orderBy('rowKey').orderBy('rowNo').execute();
  return rows.map(({ rowNo }) => rowNo);
}

/** These rows, in this order. */
async function rowsNumbered(tx: Tx, batchId: Id<'Batch'>, numbers: readonly number[]): Promise<StagedRow[]> {
  const rows = await tx.db.selectFrom('ledger.batchRow').select(stagedColumns).where('batchId', '=', batchId).where(sql<boolean>`row_no = any(${numbers}::integer[])`).execute();
  const byNumber = new Map(rows.map((row) => [row.rowNo, row]));
  return numbers.flatMap((number) => byNumber.get(number) ?? []);
}

/** @throws Stale */
async function judgeAgain(judging: Judging<LedgerKind>, rows: readonly (readonly [StagedRow, Entry])[]): Promise<{ plans: Plans[LedgerKind][]; titles: string[] }> {
  const plans: Plans[LedgerKind][] = [];
  const titles = await mapGivingWay(rows, ([record, entry]) => {
    const judged = judging.judge(entry);
    const isAsSeen = judged.outcome === record.outcome && judged.targetId === record.targetId && judged.targetVersion === record.targetVersion;
    if (!isAsSeen || judged.plan === null) throw new Stale();
    plans.push(judged.plan);
    return judged.title;
  });
  return { plans, titles };
}

/** 随导入新建企业: the companies that rows asked for, each once, before the rows are judged again. */
async function makeCompanies(ctx: Ctx, tx: Tx, batch: BatchRecord, options: BulkOptions, recorder: Recorder): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select distinct resolution->'createCompany'->>'name' as name from ledger.batch_row where batch_id = ${batch.id} and outcome in ('new', 'changed') and resolution->'createCompany' is not null`.execute(tx.db);
  if (rows.length === 0) return;
  const books = await booksFor(ctx, tx, batch);
  const fresh = new Map(rows.filter(({ name }) => books.companyNames.find(companyNameLevels(name, books.areas), undefined, 2).is === 'none').map(({ name }) => [companyNameLevels(name, books.areas)[1] ?? name, name]));
  if (fresh.size === 0) return;
  const names = [...fresh.values()];
  const { ids, changes } = await bulkWriteCompanies(tx, names.map((name) => ({ id: null, set: { name } })), options);
  await recorder.record(changes, new Map(ids.map((id, at) => [id, names[at] ?? ''])));
}
