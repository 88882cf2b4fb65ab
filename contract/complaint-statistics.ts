import { z } from 'zod';
import { measures, rates, type Measure } from '#domain/complaint/statistics.ts';
import { defineRoute } from './define-route.ts';
import { count, download, localDate } from './kernel.ts';

/** 统计的分项. */
export const statisticsBy = { group: '大类', category: '类别', township: '乡镇街道', neighbourhood: '社区', estate: '小区', company: '服务企业' } as const;
const month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, '月份应写成 2026-11 的样子');
const statisticsQuery = z.object({
  by: z.enum(['group', 'category', 'township', 'neighbourhood', 'estate', 'company']).default('group').meta({ title: '分项', 'x-labels': statisticsBy }),
  from: month.optional().meta({ title: '自（月份）' }), to: month.optional().meta({ title: '至（月份）' }),
});
const tally = Object.fromEntries(Object.entries(measures).map(([name, { title }]) => [name, count.meta({ title })]));
const tenths = (title: string) => z.int().nullable().meta({ title });

/** 统计的一行. `key` is what its files are found by: null of the total, '' of what is not known. Rates are tenths of a percent, `perThousand` tenths. */
export const ComplaintStatisticsLine = z.object({
  key: z.string().nullable(), name: z.string().meta({ title: '分项' }), units: count.nullable().meta({ title: '户数' }), perThousand: tenths('每千户'),
  // Proof: one count for each measure.
  ...(tally as Record<Measure, typeof count>),
  answerRate: tenths(rates.answerRate.title), contactRate: tenths(rates.contactRate.title), contentRate: tenths(rates.contentRate.title),
}).meta({ id: 'ComplaintStatisticsLine' });
/** 投诉统计. `of`: the department whose files are counted, null where it is an area's; `unitsOn`: the day of which the homes are; `isCut`: more lines than are shown, the total is of all. */
export const ComplaintStatistics = z.object({
  of: z.string().nullable(), from: z.string(), to: z.string(), firstOn: localDate, lastOn: localDate, unitsOn: localDate, estatesWithoutUnits: count, isCut: z.boolean(), rows: z.array(ComplaintStatisticsLine), total: ComplaintStatisticsLine,
  definitions: z.array(z.object({ title: z.string(), text: z.string() })),
}).meta({ id: 'ComplaintStatistics' });
export const getComplaintStatistics = defineRoute({ method: 'GET', path: '/complaint-statistics', summary: '投诉统计', permission: 'complaint.statistics', query: statisticsQuery, response: ComplaintStatistics, access: 'count', problems: ['input.invalid'] });
export const exportComplaintStatistics = defineRoute({ method: 'GET', path: '/complaint-statistics/export', summary: '导出投诉统计', permission: 'complaint.statistics', query: statisticsQuery, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });
