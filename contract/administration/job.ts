import { z } from 'zod';
import { defineRoute, none } from '../define-route.ts';
import { count, download, id, instant, pageByIdQuery, pageOf, pageQuery, text } from '../kernel.ts';
import { keysOf } from './shared.ts';

/** 作业状态 in words. */
export const jobStatusLabels = { waiting: '等待', running: '进行中', done: '已完成', failed: '失败', cancelled: '已取消' } as const;
/** 作业状态. */
export const JobStatus = z.enum(keysOf(jobStatusLabels)).meta({ id: 'JobStatus', title: '作业状态', 'x-labels': jobStatusLabels });
/** 投递状态 in words. */
export const deliveryStatusLabels = { failed: '投递失败', waiting: '等待投递', handled: '已处理' } as const;

/** 后台作业. */
export const Job = z.object({
  id: id('Job'), kind: z.string(), title: z.string(), status: JobStatus, doneCount: count, totalCount: count.nullable(), stage: z.string().nullable(), error: z.string().nullable(),
  attempts: count, createdBy: z.string().nullable(), createdAt: instant, startedAt: instant.nullable(), finishedAt: instant.nullable(),
}).meta({ id: 'Job', title: '后台作业' });

/** 作业条件. */
export const jobFilters = z.object({ status: JobStatus.optional(), kind: text(60).optional().meta({ title: '类别' }) });

/** 后台作业, newest first. */
export const listJobs = defineRoute({ method: 'GET', path: '/jobs', summary: '后台作业', permission: 'administration.job.read', query: pageByIdQuery.extend(jobFilters.shape), response: pageOf(Job) });

/** 导出后台作业. */
export const exportJobs = defineRoute({ method: 'GET', path: '/jobs/export', summary: '导出后台作业', permission: 'administration.job.read', query: jobFilters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });

/** 作业详情. */
export const getJob = defineRoute({ method: 'GET', path: '/jobs/:jobId', summary: '作业详情', permission: 'administration.job.read', params: z.object({ jobId: id('Job') }), response: Job, problems: ['not-found'] });

/** 重新执行失败的作业. */
export const postJobReplay = defineRoute({
  method: 'POST', path: '/jobs/:jobId/replays', summary: '重新执行作业', permission: 'administration.job.replay', params: z.object({ jobId: id('Job') }), body: none,
  response: Job, problems: ['not-found', 'state.conflict'],
});

const DeliveryStatus = z.enum(keysOf(deliveryStatusLabels)).meta({ title: '状态', 'x-labels': deliveryStatusLabels });

/** 事件投递. */
export const EventDelivery = z.object({
  eventId: id('Event'), subscriber: z.string(), name: z.string(), key: z.string(), status: DeliveryStatus, attempts: count,
  lastError: z.string().nullable(), occurredAt: instant, updatedAt: instant,
}).meta({ id: 'EventDelivery', title: '事件投递' });

/** 下一页标记: the event's id and the subscriber's name. */
const deliveryMark = z.string().max(120).regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} [a-z-]+$/, '下一页标记无效，请从第一页重新打开').meta({ title: '下一页标记' });

/** 投递条件: those of one status. */
export const deliveryFilters = z.object({ status: DeliveryStatus.default('failed') });

/** 事件投递. */
export const listEventDeliveries = defineRoute({ method: 'GET', path: '/event-deliveries', summary: '事件投递', permission: 'administration.job.read', query: pageQuery.extend({ ...deliveryFilters.shape, after: deliveryMark.optional() }), response: pageOf(EventDelivery) });

/** 导出事件投递. */
export const exportEventDeliveries = defineRoute({
  method: 'GET', path: '/event-deliveries/export', summary: '导出事件投递', permission: 'administration.job.read', query: deliveryFilters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'],
});

/** 重新投递. */
export const postEventReplay = defineRoute({
  method: 'POST', path: '/event-deliveries/:eventId/:subscriber/replays', summary: '重新投递事件', permission: 'administration.job.replay',
  params: z.object({ eventId: id('Event'), subscriber: z.string().max(60) }), body: none, response: EventDelivery, problems: ['not-found', 'state.conflict'],
});
