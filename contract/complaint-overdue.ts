import { z } from 'zod';
import { groupings, type Grouping } from '#domain/complaint/overdue.ts';
import { keysOf } from './administration/shared.ts';
import { defineRoute } from './define-route.ts';
import { count, download, id, localDate } from './kernel.ts';

const grouping = z.enum(keysOf<Grouping>(groupings)).meta({ title: '统计方式', 'x-labels': groupings });
/** 一行: how many files of it are overdue now, and the condition by which the list shows them. */
export const OverdueLine = z.object({ key: z.string(), label: z.string().meta({ title: '名称' }), count: count.meta({ title: '逾期（件）' }) }).meta({ id: 'OverdueLine' });
const by = z.object({ by: grouping.default('category') });

/** 逾期件数: internal, of what the reader's post may see; the total is that of the list under 时限=逾期. */
export const getOverdue = defineRoute({ method: 'GET', path: '/complaint-overdue', summary: '投诉逾期件数', permission: 'complaint.read', query: by, response: z.object({ by: grouping, asOfOn: localDate.meta({ title: '截至' }), lines: z.array(OverdueLine), total: count.meta({ title: '合计' }), least: count.meta({ title: '公开时少于多少件的并入其他' }) }) });
export const exportOverdue = defineRoute({ method: 'GET', path: '/complaint-overdue/export', summary: '导出投诉逾期件数', permission: 'complaint.read', query: by, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });
/** 固定逾期件数: as they stand now, for a draft that may be published once it was reviewed and issued. */
export const postOverdueReading = defineRoute({ method: 'POST', path: '/complaint-overdue/readings', summary: '固定投诉逾期件数（供拟公开稿）', permission: 'publication.draft', body: z.object({ by: grouping }), response: z.object({ id: id('OverdueReading') }), problems: ['access.denied', 'rule.violated'] });
