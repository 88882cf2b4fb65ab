import { z } from 'zod';
import { ability, id, requiredText, text } from '../kernel.ts';
import { defineRoute } from '../define-route.ts';
import { archiveBody, Ref } from './shared.ts';
import { contactKind } from './words.ts';

/** 通讯录一人. */
export const DirectoryEntry = z.object({
  /** The record behind it, for a link; `contact` may be edited here. */
  subject: z.object({ kind: z.enum(['contact', 'company', 'practitioner', 'committee', 'estate']), id: z.string() }),
  name: z.string().meta({ title: '姓名' }), post: z.string().meta({ title: '职务' }), phone: z.string().nullable().meta({ title: '电话' }),
  isAllHours: z.boolean().meta({ title: '24小时' }), estate: Ref('Estate', '小区').nullable(), version: z.int().nullable(), can: z.object({ edit: ability }),
}).meta({ id: 'DirectoryEntry' });
/** 通讯录分组: one body with its people. */
export const DirectoryGroup = z.object({ key: z.string(), title: z.string().meta({ title: '单位' }), kind: z.enum(['all-hours', 'county', 'department', 'township', 'neighbourhood', 'company', 'committee', 'other']), entries: z.array(DirectoryEntry) }).meta({ id: 'DirectoryGroup' });
export const getDirectory = defineRoute({
  method: 'GET', path: '/directory', summary: '通讯录', permission: 'registry.directory.read',
  query: z.object({ q: text(50).optional().meta({ title: '关键字' }), townshipId: id('OrgUnit').optional().meta({ title: '乡镇街道' }), kind: z.enum(['all-hours', 'grid', 'company', 'committee', 'office']).optional().meta({ title: '类别', 'x-labels': { 'all-hours': '24小时值班', grid: '网格员', company: '企业与项目经理', committee: '业委会', office: '单位经办人' } }) }),
  response: z.object({ groups: z.array(DirectoryGroup), total: z.int(), text: z.string().meta({ title: '复制文字' }) }),
});

/** 通讯录条目. */
export const ContactDraft = z.object({
  name: requiredText(50, '请填写姓名').meta({ title: '姓名' }), post: requiredText(50, '请填写职务').meta({ title: '职务' }), kind: contactKind, phone: text(30).nullable().meta({ title: '电话' }),
  isAllHours: z.boolean().meta({ title: '24小时' }), sortNo: z.int().min(0).max(9999).meta({ title: '排序' }),
  orgUnitId: id('OrgUnit').nullable().meta({ title: '单位' }), estateId: id('Estate').nullable().meta({ title: '小区' }), companyId: id('Company').nullable().meta({ title: '企业' }),
}).meta({ id: 'ContactDraft' });
export const Contact = ContactDraft.extend({ id: id('Contact'), orgUnit: Ref('OrgUnit', '单位').nullable(), estate: Ref('Estate', '小区').nullable(), company: Ref('Company', '企业').nullable(), version: z.int(), can: z.object({ edit: ability }) }).meta({ id: 'Contact' });
const one = z.object({ contactId: id('Contact') });
export const getContact = defineRoute({ method: 'GET', path: '/contacts/:contactId', summary: '通讯录条目', permission: 'registry.directory.read', params: one, response: Contact, problems: ['not-found'] });
export const postContact = defineRoute({ method: 'POST', path: '/contacts', summary: '登记通讯录条目', permission: 'registry.edit', body: ContactDraft, response: Contact, problems: ['input.invalid', 'estate.not-found', 'company.not-found', 'access.denied'] });
export const putContact = defineRoute({ method: 'PUT', path: '/contacts/:contactId', summary: '修改通讯录条目', permission: 'registry.edit', params: one, body: ContactDraft, response: Contact, problems: ['not-found', 'state.stale', 'access.denied'], needsVersion: true });
export const archiveContact = defineRoute({ method: 'PUT', path: '/contacts/:contactId/archive', summary: '归档通讯录条目', permission: 'registry.edit', params: one, body: archiveBody, response: Contact, problems: ['not-found', 'state.stale', 'access.denied'], needsVersion: true });

/** 搜索结果: one record found. */
export const Hit = z.object({ kind: z.enum(['estate', 'company', 'practitioner', 'unit', 'owner']).meta({ title: '类别', 'x-labels': { estate: '小区', company: '企业', practitioner: '从业人员', unit: '房屋', owner: '业主' } }), id: z.string(), title: z.string().meta({ title: '名称' }), detail: z.string().meta({ title: '说明' }) }).meta({ id: 'Hit' });
export const search = defineRoute({ method: 'GET', path: '/search', summary: '搜索小区、企业、人员、房屋', permission: 'registry.read', query: z.object({ q: text(80).meta({ title: '关键字' }), limit: z.coerce.number().int().min(1).max(50).default(20).meta({ title: '条数' }) }), response: z.object({ hits: z.array(Hit), hasMore: z.boolean() }) });
