import { sql } from 'kysely';
import { mapGivingWay } from '#modules/registry/index.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import type { LedgerKind } from '#domain/ledger/types.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { openBooks, type OpenBooks } from '../books/open-books.ts';
import { charsOf } from '#platform/workbook/in-batches.ts';
import { crashPoint } from '../crash-point.ts';
import { Judging } from '../judge/judge.ts';
import type { Entry } from '../judge/judged.ts';
import { updateBatch, type BatchRecord } from '../store/batch.ts';
import { copyRows } from '../store/copy.ts';
import { countRows, json, lineOf, STAGED } from '../store/rows.ts';
import { Inference } from './inference.ts';
import { MissingFinder } from './missing.ts';
import { readRows, type ReadRow, type Source } from './rows.ts';

/** 进度:told now and then; `stage` is shown to the user. */
export type Progress = (done: number, total: number | null, stage: string) => Promise<void>;

const CHUNK = 2_000;
/** Rows full of text go earlier. */
const CHUNK_CHARS = 2_000_000;

/** 打开批次的在册情况 under the scope of whoever asked. */
export function booksFor(ctx: Ctx, tx: Pick<Tx, 'db'>, batch: Pick<BatchRecord, 'kind' | 'countyId' | 'townshipId' | 'mapping' | 'fingerprint'>): Promise<OpenBooks> {
  return openBooks(tx.db, batch.kind, {
    countyId: batch.countyId, vault: ctx.kit.vault, today: ctx.today,
    boundTo: ctx.scope.level === 'township' ? ctx.scope.id : null, ownChoice: batch.townshipId, inferred: inferredOf(batch.mapping), fingerprint: batch.fingerprint,
  });
}

const inferredOf = (settled: unknown): string | null => {
  const id = typeof settled === 'object' && settled !== null ? Reflect.get(settled, 'inferredTownshipId') : null;
  return typeof id === 'string' ? id : null;
};

/**
 * 读取、判定、暂存:one transaction that leaves all rows of the batch staged, or none. Nothing of the registry is touched. `notes` are told to the user beside what reading finds.
 * @throws Problem workbook.refused, WorkbookRefusal
 */
export async function stageRows(ctx: Ctx, tx: Tx, batch: BatchRecord, sources: readonly Source[], progress: Progress, notes: readonly string[] = []): Promise<void> {
  await clearRows(tx, batch.id);
  await tx.client.query(`create temp table ledger_stage (row_no integer, file_no integer, sheet text, sheet_row integer, raw jsonb, fields jsonb, outcome text, target_id uuid, target_version integer,
    changes jsonb, problems jsonb, title text, row_key text, is_warned boolean, resolution jsonb, asks jsonb, sealed text) on commit drop`);
  const first = await stageOnce(ctx, tx, batch, sources, progress);
  const inferred = batch.kind === 'units' && batch.townshipId === null ? first.inference.township() : null;
  const settled = inferred === null ? batch : { ...batch, mapping: { inferredTownshipId: inferred.id } };
  if (inferred !== null) {
    await tx.client.query('truncate ledger_stage');
    await clearRows(tx, batch.id);
  }
  const { missing } = inferred === null ? first : await stageOnce(ctx, tx, settled, sources, progress);
  await moveRows(tx, batch);
  const lacking = await missing.find(tx.db);
  await writeMissing(tx, batch, lacking);
  const { problemCounts, ...counts } = await countRows(tx.db, batch.id);
  await updateBatch(tx.db, batch.id, { ...counts, problemCounts: json(problemCounts), missingCount: lacking.length, status: 'preview', failure: null,
    notice: [...notes, ...first.told.values(), ...(inferred === null ? [] : [`表中没有写明乡镇（街道），其中有的小区名称在别的乡镇也有；因其余小区都在${inferred.name}，已按${inferred.name}认定。如不对，请在上传时选择乡镇（街道）。`])].join('') || null,
    ...(inferred === null ? {} : { mapping: json({ inferredTownshipId: inferred.id }) }),
  });
}

/** What the user is told of each sheet once: where a second table begins, which is not read, and that hidden rows are read too. */
function telling(told: Map<string, string>): { onOther: (sheet: string, row: number) => void; onHidden: (sheet: string, rows: number) => void } {
  return {
    onOther: (sheet, row) => { if (!told.has(`other ${sheet}`)) told.set(`other ${sheet}`, `“${sheet}”表第${row}行起是另一张表，没有读取；需要导入的，请单独放在一张工作表里。`); },
    onHidden: (sheet, rows) => { told.set(`hidden ${sheet}`, `“${sheet}”表有${rows}行是隐藏的，也一并读取，请留意。`); },
  };
}

/** Row-level security forbids COPY into the batch's own rows: they come by way of the temporary table. */
async function moveRows(tx: Tx, { id, countyId, townshipId }: BatchRecord): Promise<void> {
  await tx.client.query(`insert into ledger.batch_row (batch_id, county_id, township_id, ${STAGED}) select $1, $2, $3, ${STAGED} from ledger_stage`, [id, countyId, townshipId]);
  await tx.client.query('truncate ledger_stage');
}

/** One pass over the files. Rows go to the temporary table; what the file is about comes back. */
async function stageOnce(ctx: Ctx, tx: Tx, batch: BatchRecord, sources: readonly Source[], progress: Progress): Promise<{ missing: MissingFinder; inference: Inference; told: ReadonlyMap<string, string> }> {
  const books = await booksFor(ctx, tx, batch);
  const judging = new Judging(batch.kind, books);
  const missing = new MissingFinder(batch.kind, books);
  const inference = new Inference(books);
  const told = new Map<string, string>();
  let rowNo = 0;
  let passed: readonly [number, number] = [0, 0];
  let waiting: ReadRow<LedgerKind>[] = [];
  let chars = 0;
  let copied: Promise<void> = Promise.resolve();
  const flush = async () => {
    const entries = waiting.map(({ fileNo, row, mapping }): Entry => ({ rowNo: ++rowNo, fileNo, row, mapping, resolution: null }));
    await books.need(tx.db, entries);
    const lines = await mapGivingWay(entries, (entry, at) => {
      const judged = judging.judge(entry);
      missing.note(entry, judged);
      inference.note(judged);
      return lineOf(ctx.kit.vault, entry, judged, waiting[at]?.cells ?? []);
    });
    await copied;
    // PostgreSQL stores these rows while we judge the next; a failure is met at the next `await`.
    copied = copyRows(tx.client, `ledger_stage (${STAGED})`, lines).then(() => (inference.isInDoubt ? undefined : moveRows(tx, batch)));
    copied.catch(() => undefined);
    waiting = [];
    chars = 0;
    crashPoint('while-staging');
    await progress(passed[0], passed[1], '正在读取和比对');
  };
  try {
    for await (const rows of readRows(batch.kind, sources, { onRows: (done, total) => { passed = [done, total]; }, ...telling(told) })) {
      crashPoint('while-reading');
      waiting.push(...rows);
      for (const row of rows) chars += charsOf(row);
      if (waiting.length >= CHUNK || chars >= CHUNK_CHARS) await flush();
    }
    if (waiting.length > 0) await flush();
    await copied;
  } catch (error) {
    // Nothing may reach for this connection once the transaction is over.
    await copied.catch(() => undefined);
    throw error;
  }
  return { missing, inference, told };
}

/** 清空暂存 of an attempt before. */
export async function clearRows(tx: Pick<Tx, 'db'>, batchId: Id<'Batch'>): Promise<void> {
  await tx.db.deleteFrom('ledger.batchRow').where('batchId', '=', batchId).execute();
  await tx.db.deleteFrom('ledger.batchMissing').where('batchId', '=', batchId).execute();
}

async function writeMissing(tx: Tx, batch: BatchRecord, lacking: Awaited<ReturnType<MissingFinder['find']>>): Promise<void> {
  for (let from = 0; from < lacking.length; from += CHUNK) {
    const rows = lacking.slice(from, from + CHUNK).map((row, at) => ({ batch_id: batch.id, county_id: batch.countyId, township_id: batch.townshipId, missing_no: from + at + 1, kind: row.kind, subject_id: makeId(row.id), name: row.name, detail: row.detail }));
    await sql`insert into ledger.batch_missing select * from json_populate_recordset(null::ledger.batch_missing, ${json(rows)}::json)`.execute(tx.db);
  }
}
