import { sql } from 'kysely';
import type { z } from 'zod';
import type * as route from '#contract/administration/job.ts';
import type { EventDelivery, Job, jobFilters } from '#contract/administration/job.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { wake } from '#platform/jobs/queue.ts';
import { Problem } from '#platform/problem.ts';
import { cut, totalOf } from '../store/page.ts';

type JobOut = z.input<typeof Job>;
type DeliveryOut = z.input<typeof EventDelivery>;

/** Every read of jobs starts here, inside the scope. */
const visibleJobs = (db: Db, scope: Scope) => within(scope, db.selectFrom('platform.job as j'), { alias: 'j' }).leftJoin('platform.appUser as u', 'u.id', 'j.createdBy')
  .select(['j.id', 'j.kind', 'j.status', 'j.doneCount', 'j.totalCount', 'j.stage', 'j.error', 'j.attempts', 'u.name as createdBy', 'j.createdAt', 'j.startedAt', 'j.finishedAt']);

/** Jobs that fit the conditions. */
export function filteredJobs(db: Db, scope: Scope, query: z.output<typeof jobFilters>) {
  const jobs = visibleJobs(db, scope).$if(query.status !== undefined, (some) => some.where('j.status', '=', query.status ?? 'failed'));
  return query.kind ? jobs.where('j.kind', '=', query.kind) : jobs;
}

/** A job with its name. */
export const titled = (ctx: Ctx, row: Omit<JobOut, 'title'>): JobOut => ({ ...row, title: ctx.kit.modules.flatMap(({ jobs }) => jobs).find(({ name }) => name === row.kind)?.title ?? row.kind });

/** 后台作业, newest first. */
export function listJobs(ctx: Ctx, { query }: Input<typeof route.listJobs>): Promise<Output<typeof route.listJobs>> {
  return ctx.read(async (db) => {
    const jobs = filteredJobs(db, ctx.scope, query);
    const total = await totalOf(db, jobs);
    const after = query.after;
    const rows = await (after === undefined ? jobs : jobs.where(sql<boolean>`j.id < ${after}`)).orderBy('j.id', 'desc').limit(query.limit + 1).execute();
    const page = cut(rows, query.limit, ({ id }) => id);
    return { ...total, next: page.next, rows: page.rows.map((row) => titled(ctx, row)) };
  });
}

async function oneJob(ctx: Ctx, db: Db, id: JobOut['id']): Promise<JobOut> {
  const row = await visibleJobs(db, ctx.scope).where('j.id', '=', id).executeTakeFirst();
  if (!row) throw new Problem('not-found', '没有这个作业');
  return titled(ctx, row);
}

/** 作业详情. */
export const getJob = (ctx: Ctx, { params }: Input<typeof route.getJob>): Promise<Output<typeof route.getJob>> => ctx.read((db) => oneJob(ctx, db, params.jobId));

/** 重新执行 a job that failed. */
export function replayJob(ctx: Ctx, { params }: Input<typeof route.postJobReplay>): Promise<Output<typeof route.postJobReplay>> {
  return ctx.transact(async (tx) => {
    const job = await oneJob(ctx, tx.db, params.jobId);
    const again = await tx.db.updateTable('platform.job').set({ status: 'waiting', error: null, finishedAt: null }).where('id', '=', params.jobId).where('status', '=', 'failed').executeTakeFirst();
    if (again.numUpdatedRows !== 1n) throw new Problem('state.conflict', '只有失败的作业可以重新执行');
    await wake(tx, params.jobId);
    tx.audit({ action: 'job.replay', subject: ['Job', params.jobId], before: { status: job.status, error: job.error }, after: { status: 'waiting', error: null } });
    return oneJob(ctx, tx.db, params.jobId);
  });
}

/** Deliveries have no scope columns of their own: they are as visible as their event's county. */
export const visibleDeliveries = (db: Db, scope: Scope) => within(scope, db.selectFrom('platform.event as e'), { alias: 'e' }).innerJoin('platform.eventDelivery as d', 'd.eventId', 'e.id')
  .select(['d.eventId', 'd.subscriber', 'e.name', 'e.key', 'd.status', 'd.attempts', 'd.lastError', 'e.occurredAt', 'd.updatedAt']);

/** 事件投递, those of one status, newest event first. */
export function listEventDeliveries(ctx: Ctx, { query }: Input<typeof route.listEventDeliveries>): Promise<Output<typeof route.listEventDeliveries>> {
  return ctx.read(async (db) => {
    const deliveries = visibleDeliveries(db, ctx.scope).where('d.status', '=', query.status);
    const total = await totalOf(db, deliveries);
    const [eventId, subscriber] = (query.after ?? '').split(' ');
    const rest = eventId && subscriber ? deliveries.where(sql<boolean>`(d.event_id, d.subscriber) < (${eventId}::uuid, ${subscriber})`) : deliveries;
    const rows = await rest.orderBy('d.eventId', 'desc').orderBy('d.subscriber', 'desc').limit(query.limit + 1).execute();
    const page = cut(rows, query.limit, (row) => `${row.eventId} ${row.subscriber}`);
    return { ...total, next: page.next, rows: page.rows };
  });
}

/** 重新投递 an event whose delivery failed; a subscriber that handled it before does nothing. */
export function replayEvent(ctx: Ctx, { params }: Input<typeof route.postEventReplay>): Promise<Output<typeof route.postEventReplay>> {
  return ctx.transact(async (tx) => {
    const one = async (): Promise<DeliveryOut> => {
      const row = await visibleDeliveries(tx.db, ctx.scope).where('d.eventId', '=', params.eventId).where('d.subscriber', '=', params.subscriber).executeTakeFirst();
      if (!row) throw new Problem('not-found', '没有这次投递');
      return row;
    };
    const before = await one();
    if (before.status !== 'failed') throw new Problem('state.conflict', '只有失败的投递可以重新执行');
    await tx.db.updateTable('platform.eventDelivery').set({ status: 'waiting', updatedAt: ctx.now }).where('eventId', '=', params.eventId).where('subscriber', '=', params.subscriber).execute();
    await sql`select queue.enqueue('event.deliver', ${JSON.stringify({ eventId: params.eventId, subscriber: params.subscriber })}::json, ${`event:${params.eventId}:${params.subscriber}`})`.execute(tx.db);
    tx.audit({ action: 'event.replay', subject: ['Event', params.eventId], before: { status: 'failed', lastError: before.lastError }, after: { status: 'waiting', lastError: before.lastError, subscriber: params.subscriber } });
    return one();
  });
}
