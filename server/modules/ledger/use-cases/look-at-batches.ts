import { sql } from 'kysely';
import type { getLedgerBatch, getLedgerFile, listLedgerBatches, listLedgerRows, listMissing } from '#contract/ledger.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Download } from '#contract/kernel.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import { presentBatch, presentDetail, presentRow } from '../present.ts';
import { batchFiles, mappingsOf } from '../read/source.ts';
import { countBatches, getBatch, pageBatches } from '../store/batch.ts';
import type { RowRecord } from '../store/rows.ts';

/** 导入记录, newest first. */
export function listBatches(ctx: Ctx, { query }: Input<typeof listLedgerBatches>): Promise<Output<typeof listLedgerBatches>> {
  return ctx.read(async (db) => {
    const found = await pageBatches(db, ctx, { ...query, after: query.after });
    const page = found.slice(0, query.limit);
    const rows = [];
    for (const batch of page) rows.push(await presentBatch(ctx, db, batch));
    return { rows, next: found.length > page.length ? page.at(-1)?.id ?? null : null, ...await countBatches(db, ctx, query) };
  });
}

/** 一个批次. */
export function getOneBatch(ctx: Ctx, { params }: Input<typeof getLedgerBatch>): Promise<Output<typeof getLedgerBatch>> {
  return ctx.read(async (db) => presentDetail(ctx, db, await getBatch(db, ctx.scope, params.batchId)));
}

const COUNTED_UP_TO = 1_000;

/** 批次的行, in the order of the files. */
export function listRows(ctx: Ctx, { params, query }: Input<typeof listLedgerRows>): Promise<Output<typeof listLedgerRows>> {
  return ctx.read(async (db) => {
    const batch = await getBatch(db, ctx.scope, params.batchId);
    const mapping = mappingsOf(await batchFiles(db, batch.id));
    const filtered = rowsLike(db, batch.id, query);
    const found: RowRecord[] = await filtered.selectAll().where('rowNo', '>', Number(query.after ?? 0) || 0).orderBy('rowNo').limit(query.limit + 1).execute();
    const page = found.slice(0, query.limit);
    const { total } = await db.selectFrom(filtered.select('rowNo').limit(COUNTED_UP_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    return {
      rows: page.map((record) => presentRow(ctx, batch.kind, record, mapping(record.fileNo, record.sheet))),
      next: found.length > page.length ? String(page.at(-1)?.rowNo ?? '') : null, total: Math.min(total, COUNTED_UP_TO), totalIsExact: total <= COUNTED_UP_TO,
    };
  });
}

function rowsLike(db: Db, batchId: Id<'Batch'>, { outcome, problem, warned }: Input<typeof listLedgerRows>['query']) {
  let query = db.selectFrom('ledger.batchRow').where('batchId', '=', batchId);
  if (outcome !== undefined) query = query.where('outcome', '=', outcome);
  if (warned !== undefined) query = query.where('isWarned', '=', warned);
  if (problem !== undefined && problem !== '') query = query.where(sql<boolean>`problems @> ${JSON.stringify([{ code: problem }])}::jsonb`);
  return query;
}

/** 文件中没有的记录, for review. */
export function listLacking(ctx: Ctx, { params, query }: Input<typeof listMissing>): Promise<Output<typeof listMissing>> {
  return ctx.read(async (db) => {
    const batch = await getBatch(db, ctx.scope, params.batchId);
    const found = await db.selectFrom('ledger.batchMissing').select(['missingNo', 'kind', 'subjectId as id', 'name', 'detail']).where('batchId', '=', batch.id)
      .where('missingNo', '>', Number(query.after ?? 0) || 0).orderBy('missingNo').limit(query.limit + 1).execute();
    const page = found.slice(0, query.limit);
    return {
      rows: page.map(({ missingNo: _no, ...row }) => row), next: found.length > page.length ? String(page.at(-1)?.missingNo ?? '') : null,
      total: batch.missingCount, totalIsExact: true,
    };
  });
}

/** 原始文件. */
export function downloadFile(ctx: Ctx, { params }: Input<typeof getLedgerFile>): Promise<Download> {
  return ctx.read(async (db) => {
    const batch = await getBatch(db, ctx.scope, params.batchId);
    const file = (await batchFiles(db, batch.id)).find(({ fileNo }) => fileNo === params.fileNo);
    if (file === undefined) throw new Problem('file.not-found', '这个批次里没有这个文件');
    return { fileName: file.name, mediaType: 'application/octet-stream', content: await ctx.kit.files.open(file.hash) };
  });
}
