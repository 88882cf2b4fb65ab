import { z } from 'zod';
import { defineRoute, none } from '../define-route.ts';
import { count, id, instant, pageOf, pageQuery, text } from '../kernel.ts';

export const JobStatus = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']).meta({ id: 'JobStatus', title: '作业状态' });

/** 后台作业. */
export const Job = z.object({
  id: id('Job'), kind: z.string(), title: z.string(), status: JobStatus, doneCount: count, totalCount: count.nullable(), stage: z.string().nullable(), error: z.string().nullable(),
  attempts: count, createdBy: z.string().nullable(), createdAt: instant, startedAt: instant.nullable(), finishedAt: instant.nullable(),
}).meta({ id: 'Job', title: '后台作业' });

/** 后台作业, newest first. */
export const listJobs = defineRoute({
  method: 'GET', path: '/jobs', summary: '后台作业', permission: 'administration.job.read',
  query: pageQuery.extend({ status: JobStatus.optional(), kind: text(60).optional().meta({ title: '类别' }) }), response: pageOf(Job),
});

/** 作业详情. */
export const getJob = defineRoute({ method: 'GET', path: '/jobs/:jobId', summary: '作业详情', permission: 'administration.job.read', params: z.object({ jobId: id('Job') }), response: Job, problems: ['not-found'] });

/** 重新执行失败的作业. */
export const postJobReplay = defineRoute({
  method: 'POST', path: '/jobs/:jobId/replays', summary: '重新执行作业', permission: 'administration.job.replay', params: z.object({ jobId: id('Job') }), body: none,
  response: Job, problems: ['not-found', 'state.conflict'],
});

/** 事件投递. */
export const EventDelivery = z.object({
  eventId: id('Event'), subscriber: z.string(), name: z.string(), key: z.string(), status: z.enum(['waiting', 'handled', 'failed']), attempts: count,
  lastError: z.string().nullable(), occurredAt: instant, updatedAt: instant,
}).meta({ id: 'EventDelivery', title: '事件投递' });

/** 未完成的事件投递. */
export const listEventDeliveries = defineRoute({
  method: 'GET', path: '/event-deliveries', summary: '事件投递', permission: 'administration.job.read',
  query: pageQuery.extend({ status: z.enum(['waiting', 'failed', 'handled']).default('failed').meta({ title: '状态' }) }), response: pageOf(EventDelivery),
});

/** 重新投递. */
export const postEventReplay = defineRoute({
  method: 'POST', path: '/event-deliveries/:eventId/:subscriber/replays', summary: '重新投递事件', permission: 'administration.job.replay',
  params: z.object({ eventId: id('Event'), subscriber: z.string().max(60) }), body: none, response: EventDelivery, problems: ['not-found', 'state.conflict'],
});
