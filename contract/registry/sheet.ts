import { z } from 'zod';
import { asOfQuery, count, download, id, localDate } from '../kernel.ts';
import { defineRoute } from '../define-route.ts';
import { asOfAnswer, findingRepair, findingSeverity, placeQuery, Ref } from './shared.ts';

/** 一页纸: one A4 sheet of sections (facts and small tables) and the same as plain text for 复制文字. */
export const Sheet = z.object({
  title: z.string().meta({ title: '标题' }), subtitle: z.string().meta({ title: '副标题' }), ...asOfAnswer,
  sections: z.array(z.object({
    title: z.string().meta({ title: '小标题' }),
    facts: z.array(z.object({ label: z.string(), value: z.string(), tel: z.string().nullable() })),
    table: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) }).nullable(),
  })),
  notes: z.array(z.string()).meta({ title: '说明' }), text: z.string().meta({ title: '复制文字' }),
}).meta({ id: 'Sheet' });
export const getEstateSheet = defineRoute({ method: 'GET', path: '/estates/:estateId/sheet', summary: '小区一页纸', permission: 'registry.read', params: z.object({ estateId: id('Estate') }), query: asOfQuery, response: Sheet, problems: ['estate.not-found'] });
export const getCompanySheet = defineRoute({ method: 'GET', path: '/companies/:companyId/sheet', summary: '一企一档', permission: 'registry.read', params: z.object({ companyId: id('Company') }), query: asOfQuery, response: Sheet, problems: ['company.not-found'] });
export const getTownshipSheet = defineRoute({ method: 'GET', path: '/townships/:townshipId/sheet', summary: '一镇一表', permission: 'registry.read', params: z.object({ townshipId: id('OrgUnit') }), query: asOfQuery, response: Sheet, problems: ['not-found'] });

/** 数据问题: one thing to mend, with the record and field to mend it in. */
export const Finding = z.object({
  rule: z.string(), severity: findingSeverity, title: z.string().meta({ title: '问题' }), message: z.string().meta({ title: '说明' }), ...findingRepair,
  subjectName: z.string().meta({ title: '对象' }), estateId: id('Estate').nullable(), township: z.string().nullable().meta({ title: '乡镇街道' }),
}).meta({ id: 'Finding' });
const qualityQuery = z.object({ ...placeQuery.shape, estateId: id('Estate').optional().meta({ title: '小区' }), rule: z.string().max(80).optional().meta({ title: '问题' }), on: localDate.optional().meta({ title: '截至' }), after: z.coerce.number().int().min(0).max(1_000_000).default(0).meta({ title: '起始序号' }), limit: z.coerce.number().int().min(1).max(500).default(100).meta({ title: '每页条数' }) });
const counts = { errors: count.meta({ title: '矛盾' }), warnings: count.meta({ title: '缺漏或临期' }) };
/**
 * 数据质量: counts by township, by estate and by kind of problem, and one page of findings. No ranking of people.
 * `byEstate` is told within a township or smaller; the homes of an estate are looked at where that estate is asked for.
 * Companies and their people belong to no township: within a place those that serve it are told, and counted in `byRule` and `total` only.
 */
export const getQuality = defineRoute({
  method: 'GET', path: '/quality', summary: '数据质量', permission: 'quality.read',
  query: qualityQuery,
  response: z.object({
    on: localDate.meta({ title: '截至' }), total: count, next: z.int().nullable(), estate: Ref('Estate', '小区').nullable(),
    byTownship: z.array(z.object({ township: Ref('OrgUnit', '乡镇街道'), ...counts, estates: count.meta({ title: '涉及小区' }) })),
    byEstate: z.array(z.object({ estate: Ref('Estate', '小区'), ...counts })),
    byRule: z.array(z.object({ rule: z.string(), title: z.string(), why: z.string(), severity: findingSeverity, count })), findings: z.array(Finding),
  }),
});
export const exportQuality = defineRoute({ method: 'GET', path: '/quality/export', summary: '导出数据质量', permission: 'quality.read', query: qualityQuery, response: download, kind: 'download', access: 'export' });
