import { createWriteStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { writeXlsxStream } from 'hucre/xlsx';
import { sql } from 'kysely';
import type { LedgerKind } from '#domain/ledger/types.ts';
import type { LedgerBatch, LedgerBatchDetail, LedgerRow } from '#contract/ledger.ts';
import { countyScope, everything, type Scope } from '#platform/access/scope.ts';
import { system, type Ctx } from '#platform/context.ts';
import type { Upload } from '#platform/files/store.ts';
import { newId } from '#platform/ids.ts';
import { runJob } from '#platform/jobs/run-job.ts';
import { migrateQueue } from '#platform/jobs/migrate-queue.ts';
import { makeContext } from '#platform/make-context.ts';
import { TEST_SECRET } from '#platform/testing/kit-on.ts';
import { getOneBatch, listRows } from '../use-cases/look-at-batches.ts';
import { confirmImport } from '../use-cases/settle-batch.ts';
import { uploadLedger } from '../use-cases/upload-ledger.ts';
import { givenCounty } from './given-county.ts';

type Cell = string | number | null;

/** 写一个工作簿 of one sheet. */
export async function workbook(rows: readonly (readonly Cell[])[], { sheet = '台账', name = '台账.xlsx' } = {}): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'shanzhi-ledger-')), name);
  await pipeline(Readable.from(writeXlsxStream(rows.map((row) => [...row]), { name: sheet, repeatHeaders: false })), createWriteStream(path));
  return path;
}

/** 一个县的导入现场: uploads go the way the pages take, and jobs run when asked for. */
export async function givenImports() {
  const county = await givenCounty();
  await migrateQueue(county.ownerUrl, TEST_SECRET);
  const { kit } = county;
  const stored = (path: string): Promise<Upload> => kit.files.put(createReadStream(path), { name: basename(path), mediaType: 'application/octet-stream', limitBytes: 60_000_000 });
  const as = (uploads: readonly Upload[] = [], scope: Scope = countyScope(county.countyId)): Ctx =>
    makeContext(kit, { actor: { ...system, name: '测试人', role: scope.level === 'township' ? 'township-officer' : 'bureau-clerk' }, scope, requestId: newId(), ip: null, ifMatch: null, idempotency: null, uploads });
  /** Runs what waits, as the worker would. */
  const work = async () => {
    const waiting = await kit.database.read(everything, (db) => db.selectFrom('platform.job').select('id').where('status', 'in', ['waiting', 'running']).orderBy('id').execute());
    for (const { id } of waiting) await runJob(kit, id);
  };
  const upload = async (kind: LedgerKind, paths: readonly string[], more: Record<string, unknown> = {}, scope?: Scope): Promise<LedgerBatchDetail> => {
    const uploads = [];
    for (const path of paths) uploads.push(await stored(path));
    const owners = kind === 'units' ? { purpose: '业主身份核对', document: '云住建函〔2026〕1号', deleteOn: '2027-06-30' } : {};
    const made = await uploadLedger(as(uploads, scope), { params: {}, query: {}, body: { kind, ...owners, ...more } as never });
    await work();
    return look(made.id);
  };
  const look = (id: LedgerBatch['id']) => getOneBatch(as(), { params: { batchId: id }, query: {}, body: {} });
  const confirm = async (id: LedgerBatch['id'], scope?: Scope): Promise<LedgerBatch> => {
    await confirmImport(as([], scope), { params: { batchId: id }, query: {}, body: {} });
    await work();
    return look(id);
  };
  const rows = async (id: LedgerBatch['id'], query: Record<string, unknown> = {}): Promise<LedgerRow[]> =>
    (await listRows(as(), { params: { batchId: id }, query: { limit: 100, ...query }, body: {} })).rows;
  const townshipId = async (name: string) => (await as().read((db) => db.selectFrom('platform.orgUnit').select('id').where('name', '=', name).executeTakeFirstOrThrow())).id;
  const countOf = async (table: string) => Number((await as().read((db) => sql<{ n: number }>`select count(*) as n from ${sql.raw(table)}`.execute(db))).rows[0]?.n);
  return { ...county, as, stored, work, upload, look, confirm, rows, townshipId, countOf };
}
