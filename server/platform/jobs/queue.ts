import { makeId } from '#domain/kernel/brand.ts';
import { sql } from 'kysely';
import type { Ctx, Tx } from '../context.ts';
import { newId } from '../ids.ts';

/** 队列: wakes work; what is to be done and how far it is stands in our own tables. */
export interface Queue {
  /** Records a job in the caller's transaction and wakes a worker when that commits. @returns the job's id */
  start(ctx: Ctx, tx: Tx, job: { kind: string; input: Record<string, unknown>; countyId?: string }): Promise<string>;
}

/** 队列 through `queue.enqueue`. */
export const queue: Queue = {
  async start(ctx, tx, { kind, input, countyId }) {
    const id = newId<'Job'>();
    const county = countyId ?? ctx.scope.countyId;
    if (county === null) throw new Error(`job ${kind} has no county`);
    await tx.db.insertInto('platform.job').values({
      id, countyId: makeId<'OrgUnit'>(county), kind, status: 'waiting', input: JSON.stringify({ ...input, scope: ctx.scope, actor: ctx.actor }), createdBy: ctx.actor.userId, createdAt: ctx.now,
    }).execute();
    await wake(tx, id);
    return id;
  },
};

/** Wakes a worker for a recorded job. */
export const wake = (tx: Tx, jobId: string) => sql`select queue.enqueue('job.run', ${JSON.stringify({ jobId })}::json, ${`job:${jobId}`})`.execute(tx.db);
