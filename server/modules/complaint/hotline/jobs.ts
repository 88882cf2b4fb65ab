import { makeId, type Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { JobKind } from '#platform/module.ts';
import { Problem } from '#platform/problem.ts';
import { applyBatch } from './apply.ts';
import { updateBatch } from './batch.ts';
import { stageBatch, type Progress } from './stage.ts';

const batchOf = (input: unknown): Id<'OrderBatch'> => {
  const id: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, 'orderBatchId') : undefined;
  if (typeof id !== 'string') throw new Error('the job names no import of orders');
  return makeId<'OrderBatch'>(id);
};
const opens = (input: unknown): string => `/hotline/imports/${batchOf(input)}`;
const MOST_ATTEMPTS = 5;
const GIVEN_UP = '处理时服务器多次中断，已经停下。已导入的不受影响，请打开这次导入再点一次“确认导入”，或者重新上传；仍不成功请联系系统管理员。';

/** The platform wakes a job whose process died; one that dies again and again is given up, with a sentence on the import. */
function patiently(after: 'failed' | 'preview', work: (ctx: Ctx, id: Id<'OrderBatch'>, progress: Progress) => Promise<void>): JobKind['run'] {
  return async (ctx, job) => {
    const id = batchOf(job.input);
    const row = await ctx.read((db) => db.selectFrom('platform.job').select('attempts').where('id', '=', makeId<'Job'>(job.id)).executeTakeFirst());
    if ((row?.attempts ?? 0) <= MOST_ATTEMPTS) return work(ctx, id, (done, total, stage) => job.progress(done, total, stage));
    await ctx.transact(async (tx) => { tx.auditNothing('the import was given up'); await updateBatch(tx.db, id, after === 'failed' ? { status: 'failed', failure: GIVEN_UP } : { status: 'preview', notice: GIVEN_UP }); });
    throw new Problem('server.error', GIVEN_UP);
  };
}

/** 12345工单的后台作业. */
export const hotlineJobs: readonly JobKind[] = [
  { name: 'complaint.orders-read', title: '读取12345工单文件', opens, run: patiently('failed', stageBatch) },
  { name: 'complaint.orders-import', title: '导入12345工单', opens, run: patiently('preview', applyBatch) },
];
