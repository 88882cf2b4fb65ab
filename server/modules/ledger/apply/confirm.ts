import { sql } from 'kysely';
import { bulkWriteCompanies, mapGivingWay, recountEstate, type BulkOptions, type Change } from '#modules/registry/index.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
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
import { entryOf, json, type RowRecord } from '../store/rows.ts';
import { purposesOf } from './purpose.ts';
import { writers } from './write-plans.ts';

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
    const recount = new Set<Id<'Estate'>>();
    const options: BulkOptions = { countyId: batch.countyId, batchId, at: ctx.now, on: ctx.today, vault: ctx.kit.vault, recountLater: recount, ...purposesOf(batch, ctx.now) };
    const recorder = new Recorder(tx, batch);
    await makeCompanies(ctx, tx, batch, options, recorder);
    const books = await booksFor(ctx, tx, batch);
    await applyRows(ctx, tx, { batch, books, options, recorder, progress });
    await recountEach(tx, recount, options);
    const confirmed = await updateBatch(tx.db, batchId, { status: 'committed', confirmedBy: ctx.actor.userId, confirmedAt: ctx.now, notice: null, failure: null });
    const counts = { 台账: ledgerKindLabels[batch.kind], 新增: batch.newCount, 变更: batch.changedCount, 无变化: batch.unchangedCount, 退回: batch.refusedCount };
    tx.audit({ action: 'ledger.import', subject: ['Batch', batchId], before: null, after: counts, countyId: batch.countyId, townshipId: batch.townshipId });
    tx.emit({ name: 'ledger.imported', key: `${batchId}:${confirmed.version}`, payload: { batchId, kind: batch.kind, new: batch.newCount, changed: batch.changedCount }, countyId: batch.countyId });
    crashPoint('in-confirm-after-write-before-commit');
  });
  crashPoint('after-commit-before-answer');
}

interface Run { readonly batch: BatchRecord; readonly books: OpenBooks; readonly options: BulkOptions; readonly recorder: Recorder; readonly progress: Progress }

/** Rows that were judged again and may be written. */
interface Ready { readonly plans: readonly Plans[LedgerKind][]; readonly titles: readonly string[]; readonly rows: number; readonly last: { readonly key: string; readonly rowNo: number } }

/**
 * In the order of their keys, so that the rows of one estate come together. While PostgreSQL writes some rows, the next are read and judged;
 * both stay within the one transaction.
 */
async function applyRows(ctx: Ctx, tx: Tx, run: Run): Promise<void> {
  const { batch, books, progress } = run;
  const mapping = mappingsOf(await batchFiles(tx.db, batch.id));
  const judging = new Judging(batch.kind, books);
  const prepare = async (after: Ready['last']): Promise<Ready | null> => {
    const records = await nextRows(tx, batch.id, after);
    const last = records.at(-1);
    if (last === undefined) return null;
    const entries = await mapGivingWay(records, (record): [RowRecord, Entry] => [record, entryOf(ctx.kit.vault, batch.kind, record, mapping(record.fileNo, record.sheet))]);
    return { ...await judgeAgain(tx, books, judging, entries), rows: records.length, last: { key: last.rowKey ?? '', rowNo: last.rowNo } };
  };
  const total = batch.newCount + batch.changedCount;
  let done = 0;
  let ready = await prepare({ key: '', rowNo: 0 });
  while (ready !== null) {
    const next = prepare(ready.last);
    // Awaited whatever happens: nothing may reach for this connection once the transaction is over.
    await Promise.allSettled([next, writeReady(tx, run, ready)]).then(([, written]) => { if (written.status === 'rejected') throw written.reason; });
    done += ready.rows;
    await progress(done, total, '正在写入');
    ready = await next;
  }
}

const COUNTED_AT_ONCE = 4;

/** An estate is counted once, when all its rows are in, and few at a time. */
async function recountEach(tx: Tx, estates: ReadonlySet<Id<'Estate'>>, { on, at }: BulkOptions): Promise<void> {
  const ids = [...estates];
  for (let from = 0; from < ids.length; from += COUNTED_AT_ONCE) await recountEstate(tx.db, ids.slice(from, from + COUNTED_AT_ONCE), { on, now: at });
}

const nextRows = (tx: Tx, batchId: Id<'Batch'>, after: { key: string; rowNo: number }): Promise<RowRecord[]> =>
  tx.db.selectFrom('ledger.batchRow').selectAll().where('batchId', '=', batchId).where('outcome', 'in', ['new', 'changed'])
    .where((eb) => eb(eb.refTuple('rowKey', 'rowNo'), '>', eb.tuple(after.key, after.rowNo)))
    .orderBy('rowKey').orderBy('rowNo').limit(CHUNK).execute();

/** @throws Stale */
async function judgeAgain(tx: Tx, books: OpenBooks, judging: Judging<LedgerKind>, rows: readonly (readonly [RowRecord, Entry])[]): Promise<Pick<Ready, 'plans' | 'titles'>> {
  await books.need(tx.db, rows.map(([, entry]) => entry));
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

async function writeReady(tx: Tx, { batch, options, recorder }: Run, { plans, titles }: Ready): Promise<void> {
  const write: (tx: Tx, plans: readonly never[], options: BulkOptions) => Promise<{ ids: readonly string[]; changes: readonly Change[] }> = writers[batch.kind];
  const { ids, changes } = await write(tx, plans as never[], options);
  await recorder.record(changes, new Map(ids.map((id, at) => [id, titles[at] ?? ''])));
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

/** 记录改动:what was done to which record, for the undo. */
class Recorder {
  private readonly tx: Tx;
  private readonly batch: BatchRecord;
  private count = 0;

  constructor(tx: Tx, batch: BatchRecord) {
    this.tx = tx;
    this.batch = batch;
  }

  async record(changes: readonly Change[], titleOf: ReadonlyMap<string, string>): Promise<void> {
    const { batch } = this;
    const rows = changes.map((change) => ({
      batch_id: batch.id, county_id: batch.countyId, township_id: batch.townshipId, change_no: ++this.count, table_name: change.table, subject_id: makeId(change.id),
      act: change.act, before: change.before, after_version: change.afterVersion, title: titleOf.get(change.id) ?? '',
    }));
    for (let from = 0; from < rows.length; from += CHUNK) {
      await sql`insert into ledger.batch_change (batch_id, county_id, township_id, change_no, table_name, subject_id, act, before, after_version, title)
        select batch_id, county_id, township_id, change_no, table_name, subject_id, act, before, after_version, title from json_populate_recordset(null::ledger.batch_change, ${json(rows.slice(from, from + CHUNK))}::json)`.execute(this.tx.db);
    }
  }
}
