import { z } from 'zod';
import { ability, asOfQuery, download, id, instant, localDate, pageOf, priceGiven } from '../kernel.ts';
import { defineRoute } from '../define-route.ts';
import { archiveBody, asOfAnswer, HistoryEntry, listQuery, placeQuery, Ref } from './shared.ts';
import { ContractBrief, ManagerBrief } from './estate.ts';
import { contractKind, feeBasis } from './words.ts';

/** 物业服务合同: every change is a new version; what was known before stays known. */
export const ServiceContract = ContractBrief.extend({ estate: Ref('Estate', '小区'), township: Ref('OrgUnit', '乡镇街道'), versionId: id('ServiceContract'), version: z.int(), can: z.object({ edit: ability, archive: ability }) }).meta({ id: 'ServiceContract' });
/** 物业服务合同(详情). */
export const ServiceContractDetail = ServiceContract.extend({
  ...asOfAnswer, archivedAt: instant.nullable().meta({ title: '归档时间' }), versions: z.array(ContractBrief).meta({ title: '历次修改' }), history: z.array(HistoryEntry).meta({ title: '操作历史' }),
}).meta({ id: 'ServiceContractDetail' });
export const ContractDraft = z.object({
  companyId: id('Company').meta({ title: '物业服务企业' }), kind: contractKind, feeBasis: feeBasis.nullable(), feeFenPerM2Month: priceGiven.nullable().meta({ title: '物业费标准（分/㎡·月）' }),
  startsOn: localDate.nullable().meta({ title: '合同起' }), endsOn: localDate.nullable().meta({ title: '合同止（含当日）' }), terminatedOn: localDate.nullable().meta({ title: '提前终止' }),
}).meta({ id: 'ContractDraft' });
const estateParam = z.object({ estateId: id('Estate') });
const contractParam = z.object({ contractId: id('Contract') });
export const contractQuery = z.object({ ...listQuery.shape, ...placeQuery.shape, companyId: id('Company').optional().meta({ title: '物业服务企业' }), estateId: id('Estate').optional().meta({ title: '小区' }), endingBefore: localDate.optional().meta({ title: '在此日前到期' }), current: z.enum(['true']).optional().meta({ title: '只看现行' }) });
export const listContracts = defineRoute({ method: 'GET', path: '/service-contracts', summary: '物业服务合同列表', permission: 'registry.read', query: contractQuery, response: pageOf(ServiceContract) });
export const exportContracts = defineRoute({ method: 'GET', path: '/service-contracts/export', summary: '导出物业服务合同', permission: 'registry.export', query: contractQuery, response: download, kind: 'download', access: 'export' });
export const getContract = defineRoute({ method: 'GET', path: '/service-contracts/:contractId', summary: '合同详情（含历次修改）', permission: 'registry.read', params: contractParam, query: asOfQuery, response: ServiceContractDetail, problems: ['not-found'] });
export const postContract = defineRoute({ method: 'POST', path: '/estates/:estateId/service-contracts', summary: '登记物业服务合同', permission: 'registry.edit', params: estateParam, body: ContractDraft, response: ServiceContractDetail, problems: ['estate.not-found', 'company.not-found', 'access.denied', 'input.invalid'] });
export const putContract = defineRoute({ method: 'PUT', path: '/service-contracts/:contractId', summary: '修改物业服务合同（另存一版）', permission: 'registry.edit', params: contractParam, body: ContractDraft, response: ServiceContractDetail, problems: ['not-found', 'company.not-found', 'state.stale', 'access.denied', 'input.invalid'], needsVersion: true });
/** Recorded by mistake: no version stands any more, all stay known as of their time. */
export const archiveContract = defineRoute({ method: 'PUT', path: '/service-contracts/:contractId/archive', summary: '归档物业服务合同', permission: 'registry.merge', params: contractParam, body: archiveBody, response: ServiceContractDetail, problems: ['not-found', 'state.stale', 'access.denied'], needsVersion: true });

/** 项目经理任职: from `validFrom` this practitioner manages the estate; null ends the present one. */
export const putEstateManager = defineRoute({
  method: 'PUT', path: '/estates/:estateId/manager', summary: '登记项目经理任职', permission: 'registry.edit', params: estateParam,
  body: z.object({ practitionerId: id('Practitioner').nullable().meta({ title: '项目经理' }), validFrom: localDate.nullable().meta({ title: '自' }) }),
  response: z.object({ manager: ManagerBrief.nullable(), managers: z.array(ManagerBrief) }), problems: ['estate.not-found', 'practitioner.not-found', 'state.stale', 'state.conflict'], needsVersion: true,
});
