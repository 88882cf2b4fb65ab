import { z } from 'zod';
import { ability, download, id, instant, localDate, pageOf, requiredText, text } from '../kernel.ts';
import { defineRoute } from '../define-route.ts';
import { archiveBody, Can, HistoryEntry, listQuery, mergeBody, Ref, revealBody, Revealed, validTimes, warnings } from './shared.ts';
import { post } from './words.ts';

/** 从业人员: what a page may write. Identity numbers are optional; `undefined` keeps what is stored, null removes it. */
export const PractitionerDraft = z.object({
  name: requiredText(50, '请填写姓名').meta({ title: '姓名' }),
  companyId: id('Company').nullable().meta({ title: '所属企业' }),
  post,
  idNumber: text(30).nullable().optional().meta({ title: '身份证号' }),
  phone: text(30).nullable().optional().meta({ title: '手机号' }),
  hiredOn: localDate.nullable().meta({ title: '入职日期' }),
  leftOn: localDate.nullable().meta({ title: '离职日期' }),
  certificate: text(100).nullable().meta({ title: '持证情况' }),
}).meta({ id: 'PractitionerDraft' });

/** 从业人员(脱敏). */
export const PractitionerRow = z.object({
  id: id('Practitioner'),
  name: z.string().meta({ title: '姓名' }),
  company: Ref('Company', '所属企业').nullable(),
  post,
  phone: z.string().nullable().meta({ title: '手机号' }),
  idNumber: z.string().nullable().meta({ title: '身份证号' }),
  hiredOn: localDate.nullable().meta({ title: '入职日期' }),
  leftOn: localDate.nullable().meta({ title: '离职日期' }),
  certificate: z.string().nullable().meta({ title: '持证情况' }),
  isDemo: z.boolean().meta({ title: '演示数据' }),
  archivedAt: instant.nullable().meta({ title: '归档时间' }),
  version: z.int(),
  can: Can.extend({ reveal: ability }),
}).meta({ id: 'PractitionerRow' });

export const Practitioner = PractitionerRow.extend({
  estates: z.array(z.object({ estate: Ref('Estate', '小区'), ...validTimes })).meta({ title: '任项目经理' }),
  mergedInto: Ref('Practitioner', '并入').nullable(),
  history: z.array(HistoryEntry).meta({ title: '操作历史' }),
  warnings,
}).meta({ id: 'Practitioner' });

const one = z.object({ practitionerId: id('Practitioner') });
export const practitionerQuery = z.object({ ...listQuery.shape, companyId: id('Company').optional().meta({ title: '所属企业' }), post: post.optional(), left: z.enum(['true', 'false']).optional().meta({ title: '含已离职' }) });

export const listPractitioners = defineRoute({ method: 'GET', path: '/practitioners', summary: '从业人员列表', permission: 'registry.read', query: practitionerQuery, response: pageOf(PractitionerRow) });
export const getPractitioner = defineRoute({ method: 'GET', path: '/practitioners/:practitionerId', summary: '从业人员详情', permission: 'registry.read', params: one, response: Practitioner, problems: ['practitioner.not-found'] });
export const postPractitioner = defineRoute({ method: 'POST', path: '/practitioners', summary: '登记从业人员', permission: 'registry.edit', body: PractitionerDraft, response: Practitioner, problems: ['state.duplicate', 'input.invalid'] });
export const putPractitioner = defineRoute({ method: 'PUT', path: '/practitioners/:practitionerId', summary: '修改从业人员', permission: 'registry.edit', params: one, body: PractitionerDraft, response: Practitioner, problems: ['practitioner.not-found', 'state.duplicate', 'state.stale'], needsVersion: true });
export const archivePractitioner = defineRoute({ method: 'PUT', path: '/practitioners/:practitionerId/archive', summary: '归档从业人员', permission: 'registry.merge', params: one, body: archiveBody, response: Practitioner, problems: ['practitioner.not-found', 'state.stale', 'state.conflict'], needsVersion: true });
export const mergePractitioner = defineRoute({ method: 'POST', path: '/practitioners/:practitionerId/merge', summary: '合并从业人员', permission: 'registry.merge', params: one, body: mergeBody('Practitioner'), response: Practitioner, problems: ['practitioner.not-found', 'state.stale', 'state.conflict'], needsVersion: true });
export const revealPractitioner = defineRoute({ method: 'POST', path: '/practitioners/:practitionerId/reveals', summary: '查看从业人员完整号码（留痕）', permission: 'registry.owner.reveal', params: one, body: revealBody, response: Revealed, isToldOnce: true, problems: ['practitioner.not-found'] });
export const exportPractitioners = defineRoute({ method: 'GET', path: '/practitioners/export', summary: '导出从业人员名册', permission: 'registry.export', query: practitionerQuery, response: download, kind: 'download', access: 'export' });
