import { z } from 'zod';
import { verdictLabels, type Verdict } from '#domain/complaint/rebound.ts';
import { keysOf } from './administration/shared.ts';
import { categoryCode, complaintFilters, ComplaintRow } from './complaint.ts';
import { defineRoute } from './define-route.ts';
import { count, download, id, localDate, pageByNumberQuery, pageOf } from './kernel.ts';
import { placeQuery } from './registry/shared.ts';

const verdict = z.enum(keysOf<Verdict>(verdictLabels)).meta({ title: '与整治前相比', 'x-labels': verdictLabels });
/** 比率 per 1,000 units and year, with its 90 % interval; a Gamma of this shape and rate, the latter in unit-days. */
const rate = z.object({ mean: z.number(), low: z.number(), high: z.number(), alpha: z.number(), beta: z.number() });

/** 反弹率 of one kind of thing at one estate, with all that it is worked out from. */
export const ReboundRow = z.object({
  id: z.string(), estateId: id('Estate'), estate: z.string().meta({ title: '小区' }), township: z.string().nullable().meta({ title: '乡镇街道' }), category: categoryCode, orderedOn: localDate.meta({ title: '整治日期' }), units: count.meta({ title: '总户数' }),
  beforeFrom: localDate, afterTo: localDate, afterDays: count.meta({ title: '整治后天数' }), beforeCount: count.meta({ title: '整治前件数' }), afterCount: count.meta({ title: '整治后件数' }), beforeExposure: count.meta({ title: '整治前户×天' }), afterExposure: count.meta({ title: '整治后户×天' }),
  before: rate.nullable(), after: rate.nullable(), ratio: z.object({ median: z.number(), low: z.number(), high: z.number() }).nullable(), verdict, groupEstates: count.meta({ title: '同类小区' }), groupMean: z.number().nullable(), prior: z.string().meta({ title: '比照' }),
}).meta({ id: 'ReboundRow' });

const filters = z.object({ townshipId: placeQuery.shape.townshipId, estateId: complaintFilters.shape.estateId, category: complaintFilters.shape.category, verdict: verdict.optional() });
const numbers = z.object({ beforeDays: count.meta({ title: '整治前看多少天' }), afterDays: count.meta({ title: '整治后最多看多少天' }), leastDays: count.meta({ title: '整治后至少满多少天' }), leastEstates: count.meta({ title: '同类小区至少多少个' }) });
/** 反弹率, by place and kind. */
export const listRebounds = defineRoute({ method: 'GET', path: '/complaint-rebounds', summary: '反弹率', permission: 'complaint.read', query: pageByNumberQuery.extend(filters.shape), response: pageOf(ReboundRow).extend({ numbers }) });
export const exportRebounds = defineRoute({ method: 'GET', path: '/complaint-rebounds/export', summary: '导出反弹率', permission: 'complaint.read', query: filters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });

/** 待复查的一件. */
export const RecheckRow = ComplaintRow.extend({ recheckDueOn: localDate.nullable().meta({ title: '复查期限' }), closedOn: localDate.nullable().meta({ title: '办结日期' }), reportsSince: count.meta({ title: '办结后新的同类投诉' }) }).meta({ id: 'RecheckRow' });
const recheckFilters = z.object({ ...placeQuery.shape, category: complaintFilters.shape.category });
/** 待复查, the soonest due first. */
export const listRechecks = defineRoute({ method: 'GET', path: '/complaint-rechecks', summary: '待复查的投诉件', permission: 'complaint.read', query: pageByNumberQuery.extend(recheckFilters.shape), response: pageOf(RecheckRow) });
export const exportRechecks = defineRoute({ method: 'GET', path: '/complaint-rechecks/export', summary: '导出待复查的投诉件', permission: 'complaint.read', query: recheckFilters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });
