import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { JobKind } from '#platform/module.ts';
import { Problem } from '#platform/problem.ts';
import { WorkbookRefusal } from '#platform/workbook/refusal.ts';
import { applyBatch, Stale } from './apply/confirm.ts';
import { rejudgeBatch } from './judge/rejudge.ts';
import { batchFiles, otherKindsOf, sourcesOf } from './read/source.ts';
import { stageRows, type Progress } from './read/stage.ts';
import { lockBatch, updateBatch } from './store/batch.ts';

const batchOf = (input: unknown): Id<'Batch'> => {
  const id = typeof input === 'object' && input !== null ? Reflect.get(input, 'batchId') : undefined;
  if (typeof id !== 'string') throw new Error('the job names no batch');
  return id as Id<'Batch'>;
};

/** 读取台账:safe to start again after a crash, since nothing of an attempt stays until all of it does. */
export async function readBatch(ctx: Ctx, batchId: Id<'Batch'>, progress: Progress): Promise<void> {
  const isWanted = await ctx.transact(async (tx) => {
    tx.auditNothing('reading is no change of the registry');
    const batch = await lockBatch(tx.db, ctx.scope, batchId);
    if (batch.status !== 'uploaded' && batch.status !== 'reading') return false;
    await updateBatch(tx.db, batchId, { status: 'reading' });
    return true;
  });
  if (!isWanted) return;
  try {
    const files = await ctx.read((db) => batchFiles(db, batchId));
    const sources = await sourcesOf(files, ctx.kit.files);
    await ctx.transactBulk(async (tx) => {
      tx.auditNothing('staging is no change of the registry');
      const batch = await lockBatch(tx.db, ctx.scope, batchId);
      if (batch.status === 'reading') await stageRows(ctx, tx, batch, sources, progress, otherKindsOf(files));
    });
  } catch (error) {
    if (!(error instanceof WorkbookRefusal || error instanceof Problem)) throw error;
    await fail(ctx, batchId, error.message);
  }
}

/** 确认导入:what was edited meanwhile is judged again and shown again, instead of written. */
export async function confirmBatch(ctx: Ctx, batchId: Id<'Batch'>, progress: Progress): Promise<void> {
  try {
    await applyBatch(ctx, batchId, progress);
  } catch (error) {
    if (error instanceof Stale) return rejudgeBatch(ctx, batchId);
    const sentence = refusalOf(error);
    if (sentence === null) throw error;
    await ctx.transact(async (tx) => {
      tx.auditNothing('nothing was imported');
      await updateBatch(tx.db, batchId, { status: 'preview', notice: sentence });
    });
  }
}

/** A constraint that the judges did not foresee: the import is taken back whole and said so. Anything else is tried again by the queue. */
function refusalOf(error: unknown): string | null {
  if (error instanceof Problem) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^2[23]/.test(code) ? '导入没有完成，什么也没有写入：有记录与台账的约束冲突。请重新确认；仍不成功请把本批次编号告知系统管理员' : null;
}

async function fail(ctx: Ctx, batchId: Id<'Batch'>, sentence: string): Promise<void> {
  await ctx.transact(async (tx) => {
    tx.auditNothing('nothing was imported');
    await updateBatch(tx.db, batchId, { status: 'failed', failure: sentence });
  });
}

const MOST_ATTEMPTS = 5;
const GIVEN_UP = {
  'ledger.read': '读取文件时服务器多次中断，没有读成，什么也没有写入。请重新上传；仍不成功请联系系统管理员。',
  'ledger.confirm': '导入时服务器多次中断，没有导入，什么也没有写入。请重新确认；仍不成功请联系系统管理员。',
} as const;

type Job = Parameters<JobKind['run']>[1];

/** The platform wakes a job whose process died, and it starts again from its beginning; one that dies again and again is given up, with a sentence on its batch. */
function patiently(name: keyof typeof GIVEN_UP, work: (ctx: Ctx, batchId: Id<'Batch'>, progress: Progress) => Promise<void>): JobKind['run'] {
  return async (ctx: Ctx, job: Job) => {
    const batchId = batchOf(job.input);
    const row = await ctx.read((db) => db.selectFrom('platform.job').select('attempts').where('id', '=', job.id as Id<'Job'>).executeTakeFirst());
    if ((row?.attempts ?? 0) > MOST_ATTEMPTS) return giveUp(ctx, batchId, name);
    return work(ctx, batchId, (done, total, stage) => job.progress(done, total, stage));
  };
}

async function giveUp(ctx: Ctx, batchId: Id<'Batch'>, name: keyof typeof GIVEN_UP): Promise<never> {
  const sentence = GIVEN_UP[name];
  await ctx.transact(async (tx) => {
    tx.auditNothing('nothing was imported');
    const batch = await lockBatch(tx.db, ctx.scope, batchId);
    const isOver = !['uploaded', 'reading', 'confirming'].includes(batch.status);
    if (!isOver) await updateBatch(tx.db, batchId, name === 'ledger.read' ? { status: 'failed', failure: sentence } : { status: 'preview', notice: sentence });
  });
  throw new Problem('server.error', sentence);
}

const pageOf = (input: unknown): string => `/imports/${batchOf(input)}`;

/** 台账的后台作业 */
export const jobs: readonly JobKind[] = [
  { name: 'ledger.read', title: '读取台账', opens: pageOf, run: patiently('ledger.read', readBatch) },
  { name: 'ledger.confirm', title: '导入台账', opens: pageOf, run: patiently('ledger.confirm', confirmBatch) },
];
