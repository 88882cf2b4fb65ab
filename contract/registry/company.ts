import { z } from 'zod';
import { cm2, count, countGiven, download, fen, fenGiven, id, instant, localDate, pageOf, requiredText, text } from '../kernel.ts';
import { defineRoute } from '../define-route.ts';
import { archiveBody, Can, HistoryEntry, listQuery, mergeBody, Ref, warnings } from './shared.ts';
import { companyStatus, creditCodeCheck, post } from './words.ts';

/** 物业服务企业: what a page may write. */
export const CompanyDraft = z.object({
  name: requiredText(100, '请填写企业名称').min(2, '企业名称至少两个字').meta({ title: '企业名称' }),
  shortName: text(50).nullable().meta({ title: '简称' }),
  creditCode: text(30).nullable().meta({ title: '统一社会信用代码' }),
  legalPerson: text(50).nullable().meta({ title: '法定代表人' }),
  phone: text(30).nullable().meta({ title: '联系电话' }),
  registeredOn: localDate.nullable().meta({ title: '注册时间' }),
  address: text(200).nullable().meta({ title: '注册地址' }),
  claimedEstates: countGiven.nullable().meta({ title: '在管项目数（自报）' }),
  claimedStaff: countGiven.nullable().meta({ title: '从业人数（自报）' }),
  registeredCapitalFen: fenGiven.nullable().meta({ title: '注册资本（分）' }),
  contactName: text(50).nullable().meta({ title: '联系人' }),
  status: companyStatus,
  note: text(500).nullable().meta({ title: '备注' }),
}).meta({ id: 'CompanyDraft' });

const shown = {
  id: id('Company'),
  name: z.string().meta({ title: '企业名称' }),
  shortName: z.string().nullable().meta({ title: '简称' }),
  creditCode: z.string().nullable().meta({ title: '统一社会信用代码' }),
  creditCodeCheck,
  legalPerson: z.string().nullable().meta({ title: '法定代表人' }),
  phone: z.string().nullable().meta({ title: '联系电话' }),
  registeredOn: localDate.nullable().meta({ title: '注册时间' }),
  claimedEstates: count.nullable().meta({ title: '在管项目数（自报）' }),
  estateCount: count.meta({ title: '在管项目数' }),
  practitionerCount: count.meta({ title: '从业人员数' }),
  status: companyStatus,
  isDemo: z.boolean().meta({ title: '演示数据' }),
  archivedAt: instant.nullable().meta({ title: '归档时间' }),
  version: z.int(),
  can: Can,
};

/** 企业(列表行). */
export const CompanyRow = z.object(shown).meta({ id: 'CompanyRow' });
/** 企业(详情). */
export const Company = z.object({
  ...shown,
  address: z.string().nullable().meta({ title: '注册地址' }),
  note: z.string().nullable().meta({ title: '备注' }),
  claimedStaff: count.nullable().meta({ title: '从业人数（自报）' }),
  registeredCapitalFen: fen.nullable().meta({ title: '注册资本（分）' }),
  contactName: z.string().nullable().meta({ title: '联系人' }),
  formerNames: z.array(z.string()).meta({ title: '曾用名' }),
  mergedInto: Ref('Company', '并入').nullable(),
  on: localDate.meta({ title: '截至' }),
  estates: z.array(z.object({
    id: id('Estate'), name: z.string().meta({ title: '小区' }), township: z.string().meta({ title: '乡镇街道' }),
    totalUnits: count.nullable().meta({ title: '总户数' }), startsOn: localDate.nullable().meta({ title: '合同起' }), endsOn: localDate.nullable().meta({ title: '合同止' }),
  })).meta({ title: '在管项目' }),
  practitionersByPost: z.array(z.object({ post, count })).meta({ title: '从业人员' }),
  totalCm2: cm2.meta({ title: '在管面积' }),
  totalUnits: count.meta({ title: '在管户数' }),
  history: z.array(HistoryEntry).meta({ title: '操作历史' }),
  warnings,
}).meta({ id: 'Company' });

const one = z.object({ companyId: id('Company') });
export const companyFilters = z.object({
  status: companyStatus.optional(),
  creditCodeCheck: creditCodeCheck.optional(),
});
export const companyQuery = z.object({ ...listQuery.shape, ...companyFilters.shape });

export const listCompanies = defineRoute({ method: 'GET', path: '/companies', summary: '企业列表', permission: 'registry.read', query: companyQuery, response: pageOf(CompanyRow) });
export const getCompany = defineRoute({ method: 'GET', path: '/companies/:companyId', summary: '企业详情', permission: 'registry.read', params: one, query: z.object({ on: localDate.optional().meta({ title: '截至' }), knownOn: localDate.optional().meta({ title: '当时掌握' }) }), response: Company, problems: ['company.not-found'] });
export const postCompany = defineRoute({ method: 'POST', path: '/companies', summary: '登记企业', permission: 'registry.edit', body: CompanyDraft, response: Company, problems: ['state.duplicate', 'input.invalid'] });
export const putCompany = defineRoute({ method: 'PUT', path: '/companies/:companyId', summary: '修改企业', permission: 'registry.edit', params: one, body: CompanyDraft, response: Company, problems: ['company.not-found', 'state.duplicate', 'state.stale'], needsVersion: true });
export const archiveCompany = defineRoute({ method: 'PUT', path: '/companies/:companyId/archive', summary: '归档企业', permission: 'registry.merge', params: one, body: archiveBody, response: Company, problems: ['company.not-found', 'state.conflict', 'state.stale'], needsVersion: true });
export const mergeCompany = defineRoute({ method: 'POST', path: '/companies/:companyId/merge', summary: '合并企业', permission: 'registry.merge', params: one, body: mergeBody('Company'), response: Company, problems: ['company.not-found', 'state.conflict', 'state.stale'], needsVersion: true });
export const exportCompanies = defineRoute({ method: 'GET', path: '/companies/export', summary: '导出企业台账', permission: 'registry.export', query: companyQuery, response: download, kind: 'download', access: 'export' });
