import { z } from 'zod';
import { holderKindLabels } from '#domain/kernel/duty.ts';
import { dutyEventLabels, dutyStateLabels } from '#domain/obligation/log.ts';
import { defineRoute } from './define-route.ts';
import { ability, count, download, id, instant, localDate, pageByIdQuery, pageOf, requiredText, text } from './kernel.ts';

const choice = <T extends string>(title: string, labels: Readonly<Record<T, string>>) => z.enum(Object.keys(labels) as [T, ...T[]]).meta({ title, 'x-labels': labels });

/** 灯色: green, yellow past the warning, red past the end; none when ended. */
export const lampLabels = { green: '正常', yellow: '将到期', red: '已逾期', none: '已了结' } as const;
/** 灯色. */
export type Lamp = keyof typeof lampLabels;
/** 时限分组, by today. */
export const dueGroupLabels = { overdue: '已逾期', today: '今天到期', week: '七日内到期', later: '以后到期', suspended: '中止' } as const;
/** 时限分组. */
export type DueGroup = keyof typeof dueGroupLabels;

/** 一件的时限: one duty as other pages show it beside its subject. */
export const DueBrief = z.object({
  id: id('Obligation'), dutyId: z.string(), dutyTitle: z.string().meta({ title: '应办事项' }), state: choice('状态', dutyStateLabels), lamp: choice('灯色', lampLabels),
  openedOn: localDate.meta({ title: '开始日期' }), dueOn: localDate.nullable().meta({ title: '期限' }), dueAt: instant.nullable().meta({ title: '期限时刻' }), provisional: z.boolean().meta({ title: '暂定' }), isExtended: z.boolean().meta({ title: '已延期' }),
  resumesOn: localDate.nullable().meta({ title: '中止至多到' }), endedOn: localDate.nullable().meta({ title: '了结日期' }), isLate: z.boolean().meta({ title: '逾期了结' }),
  holderKind: choice('责任主体', holderKindLabels), holderName: z.string().nullable().meta({ title: '责任单位' }),
}).meta({ id: 'DueBrief' });

/** 时限义务, as lists show it; `path` opens the act that discharges it. */
export const ObligationRow = DueBrief.extend({
  title: z.string().meta({ title: '事项' }), path: z.string().meta({ title: '办理页面' }), placeName: z.string().nullable().meta({ title: '所在' }), isMine: z.boolean().meta({ title: '由本单位办理' }), version: z.int(),
}).meta({ id: 'ObligationRow' });

/** 说明的一行: what it rests on, and who set the county's own number. */
export const ExplainedLine = z.object({ text: z.string().meta({ title: '说明' }), basis: z.string().nullable().meta({ title: '依据' }), setBy: z.string().nullable().meta({ title: '设定人' }) }).meta({ id: 'ExplainedLine' });
const happened = z.object({ kind: choice('事项', dutyEventLabels), on: localDate.meta({ title: '日期' }), holderName: z.string().nullable().meta({ title: '责任单位' }), reason: z.string().nullable().meta({ title: '理由' }), byName: z.string().nullable().meta({ title: '办理人' }) }).meta({ id: 'DutyEvent' });

/** 时限义务 with 为什么是这一天 and all that happened to it. */
export const ObligationDetail = ObligationRow.extend({
  lines: z.array(ExplainedLine).meta({ title: '为什么是这一天' }), events: z.array(happened).meta({ title: '经过' }), told: z.array(z.object({ words: z.string().meta({ title: '提醒' }), at: instant.meta({ title: '时间' }) })).meta({ title: '已发提醒' }),
  sources: z.array(z.string()).meta({ title: '义务的依据' }), can: z.object({ extend: ability, waive: ability }),
}).meta({ id: 'ObligationDetail' });

/** 条件. */
export const obligationFilters = z.object({
  q: text(50).optional().meta({ title: '关键字' }),
  held: z.enum(['mine', 'others']).optional().meta({ title: '由谁办', 'x-labels': { mine: '由我单位办', others: '等别的单位办' } }),
  group: z.enum(['overdue', 'soon', 'today', 'week', 'later', 'suspended', 'ended']).optional().meta({ title: '期限', 'x-labels': { overdue: dueGroupLabels.overdue, soon: '将到期', today: dueGroupLabels.today, week: dueGroupLabels.week, later: dueGroupLabels.later, suspended: dueGroupLabels.suspended, ended: '已了结' } }),
  holderKind: choice('责任主体', holderKindLabels).optional(),
  townshipId: id('OrgUnit').optional().meta({ title: '乡镇街道' }),
  holderOrgId: z.uuid('编号格式不正确').optional().meta({ title: '责任单位' }),
});

const one = z.object({ obligationId: id('Obligation') });
const refusals = ['not-found', 'state.stale', 'rule.violated', 'access.denied', 'input.invalid'] as const;

/** 待办与时限, the soonest due first. */
export const listObligations = defineRoute({ method: 'GET', path: '/obligations', summary: '待办与时限', permission: 'obligation.read', query: pageByIdQuery.extend(obligationFilters.shape), response: pageOf(ObligationRow) });
/** 导出待办与时限. */
export const exportObligations = defineRoute({ method: 'GET', path: '/obligations/export', summary: '导出待办与时限', permission: 'obligation.read', query: obligationFilters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });

/** 我的待办: what the person's body holds, the soonest first, and what it waits for. */
export const MyObligations = z.object({
  counts: z.object({ overdue: count, today: count, week: count, later: count, suspended: count, others: count }), rows: z.array(ObligationRow), others: z.array(ObligationRow),
}).meta({ id: 'MyObligations' });
/** 我的待办. */
export const getMyObligations = defineRoute({ method: 'GET', path: '/obligations/mine', summary: '我的待办', permission: 'obligation.read', response: MyObligations, access: 'count' });

/** 到期前的义务的条件. */
export const endingFilters = z.object({
  q: text(50).optional().meta({ title: '关键字' }),
  about: choice('种类', { Committee: '业委会任期', Contract: '物业服务合同' }).optional(),
  within: choice('到期', { '30': '30天内', '90': '90天内', '180': '180天内', '365': '一年内', past: '已过期' }).optional(),
  townshipId: id('OrgUnit').optional().meta({ title: '乡镇街道' }),
});
/** 快到期的合同和任期, the soonest first: what is to be done before a day that a record carries, whether it has begun or not. */
export const listEndings = defineRoute({ method: 'GET', path: '/endings', summary: '快到期的合同和任期', permission: 'obligation.read', query: pageByIdQuery.extend(endingFilters.shape), response: pageOf(ObligationRow) });
/** 导出快到期的合同和任期. */
export const exportEndings = defineRoute({ method: 'GET', path: '/endings/export', summary: '导出快到期的合同和任期', permission: 'obligation.read', query: endingFilters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });

const tally = { open: count.meta({ title: '在办' }), yellow: count.meta({ title: '将到期' }), red: count.meta({ title: '已逾期' }) };
/** 时限概况 by area and by holding body; never by person. */
export const ObligationOutlook = z.object({
  areas: z.array(z.object({ townshipId: id('OrgUnit').nullable(), name: z.string().meta({ title: '乡镇街道' }), ...tally })),
  holders: z.array(z.object({ holderOrgId: z.uuid(), holderKind: choice('责任主体', holderKindLabels), name: z.string().meta({ title: '责任单位' }), ...tally })),
}).meta({ id: 'ObligationOutlook' });
/** 时限概况. */
export const getObligationOutlook = defineRoute({ method: 'GET', path: '/obligations/outlook', summary: '时限概况', permission: 'obligation.read', response: ObligationOutlook, access: 'count' });

/** 日历订阅的范围 in words. */
export const feedLabels = { mine: '由我办理的', body: '本单位全部的' } as const;
const feed = choice('范围', feedLabels);
/** 日历订阅: whether the post has one, and until when. The address itself is told once. */
export const DutyFeed = z.object({ feed, madeAt: instant.nullable().meta({ title: '生成时间' }), validUntil: instant.nullable().meta({ title: '有效期至' }) }).meta({ id: 'DutyFeed' });
/** 我的日历订阅 of the post at hand. */
export const listDutyFeeds = defineRoute({ method: 'GET', path: '/me/duty-feeds', summary: '我的日历订阅', permission: 'obligation.read', response: z.object({ rows: z.array(DutyFeed) }) });
/** 生成订阅地址; the one before it ends. */
export const postDutyFeed = defineRoute({ method: 'POST', path: '/me/duty-feeds', summary: '生成日历订阅地址', permission: 'obligation.read', body: z.object({ feed }), response: z.object({ url: z.string().meta({ title: '订阅地址' }), validUntil: instant.meta({ title: '有效期至' }) }), isToldOnce: true, problems: ['access.no-grant'] });
/** 停用订阅地址. */
export const putDutyFeedEnd = defineRoute({ method: 'PUT', path: '/me/duty-feeds/end', summary: '停用日历订阅地址', permission: 'obligation.read', body: z.object({ feed }), response: z.object({ ended: count }) });
/** 日历, as Outlook and phones read it: whoever has the address. The token stands in the path because calendars send nothing else; it is in no log. */
export const getDutyCalendar = defineRoute({ method: 'GET', path: '/duty-calendars/:feedToken', summary: '时限日历', permission: 'public', params: z.object({ feedToken: z.string().max(100) }), response: download, kind: 'download', problems: ['link.unknown', 'link.over'] });

/** 假如参数是这个数: what would have changed of the last twelve months. */
export const ParameterEffect = z.object({
  since: localDate.meta({ title: '自' }), total: count.meta({ title: '用到这个数的义务' }), isAll: z.boolean(), changed: count.meta({ title: '期限会变的' }), late: count.meta({ title: '实际逾期' }), lateThen: count.meta({ title: '那样会逾期' }),
  rows: z.array(z.object({
    id: id('Obligation'), title: z.string().meta({ title: '事项' }), dutyTitle: z.string().meta({ title: '应办事项' }), holderName: z.string().nullable().meta({ title: '责任单位' }), dueOn: localDate.nullable().meta({ title: '期限' }), isLate: z.boolean().meta({ title: '逾期' }),
    dueOnThen: localDate.nullable().meta({ title: '那样的期限' }), isLateThen: z.boolean().meta({ title: '那样逾期' }),
  })),
}).meta({ id: 'ParameterEffect' });
/** 假如参数是这个数. */
export const getParameterEffect = defineRoute({ method: 'GET', path: '/parameter-effects/:parameterId', summary: '试算参数的影响', permission: 'obligation.read', params: z.object({ parameterId: z.string().max(100) }), query: z.object({ value: z.coerce.number().int().min(1).max(400).meta({ title: '假如是' }) }), response: ParameterEffect });

/** 一项时限. */
export const getObligation = defineRoute({ method: 'GET', path: '/obligations/:obligationId', summary: '一项时限', permission: 'obligation.read', params: one, response: ObligationDetail, problems: ['not-found'] });
/** 批准延期, once. */
export const putExtension = defineRoute({ method: 'PUT', path: '/obligations/:obligationId/extension', summary: '批准延期', permission: 'obligation.extend', params: one, body: z.object({ reason: requiredText(200, '请写明延期的理由').meta({ title: '理由' }) }), response: ObligationDetail, needsVersion: true, problems: refusals });
/** 免除. */
export const putWaiver = defineRoute({ method: 'PUT', path: '/obligations/:obligationId/waiver', summary: '免除', permission: 'obligation.waive', params: one, body: z.object({ reason: requiredText(200, '请写明免除的理由').meta({ title: '理由' }) }), response: ObligationDetail, needsVersion: true, problems: refusals });
