import { z } from 'zod';
import { ability, asOfQuery, basisPoints, cm2, cm2Given, count, countGiven, download, fen, id, instant, localDate, pageOf, priceGiven, requiredText, text } from '../kernel.ts';
import { defineRoute } from '../define-route.ts';
import { archiveBody, asOfAnswer, findingRepair, findingSeverity, HistoryEntry, listQuery, mergeBody, placeQuery, Ref, validTimes, versionTimes, warnings } from './shared.ts';
import { areaSource, committeeKind, committeeStatus, contractKind, estateNameKind, feeBasis, managementKind, memberPost } from './words.ts';

/** 小区: what a page may write. Company, contract, manager and committee are recorded apart, because they are argued about. */
export const EstateDraft = z.object({
  townshipId: id('OrgUnit').meta({ title: '乡镇街道' }),
  neighbourhoodId: id('OrgUnit').nullable().meta({ title: '社区' }),
  name: requiredText(100, '请填写小区名称').meta({ title: '小区名称' }),
  phase: text(50).nullable().meta({ title: '期别' }),
  address: text(200).nullable().meta({ title: '地址' }),
  managementKind,
  deliveredOn: localDate.nullable().meta({ title: '竣工交付时间' }),
  totalCm2: cm2Given.nullable().meta({ title: '总建筑面积' }),
  deliveredCm2: cm2Given.nullable().meta({ title: '已交付面积' }),
  totalUnits: countGiven.nullable().meta({ title: '总户数' }),
  occupiedUnits: countGiven.nullable().meta({ title: '入住户数' }),
  buildingCount: countGiven.nullable().meta({ title: '楼栋数' }),
  developerName: text(100).nullable().meta({ title: '建设单位' }),
  managerName: text(50).nullable().meta({ title: '项目经理（台账所载）' }),
  feeFenPerM2Month: priceGiven.nullable().meta({ title: '物业费标准（分/㎡·月）' }),
  feeBasis: feeBasis.nullable(),
  collectionRateBp: basisPoints.nullable().meta({ title: '收缴率' }),
  liftCount: countGiven.nullable().meta({ title: '电梯数' }),
  parkingCount: countGiven.nullable().meta({ title: '车位数' }),
  chargingCount: countGiven.nullable().meta({ title: '充电设施数' }),
  fireSystem: text(200).nullable().meta({ title: '消防设施' }),
  gridMember: text(50).nullable().meta({ title: '网格员' }),
  note: text(500).nullable().meta({ title: '备注' }),
}).meta({ id: 'EstateDraft' });

export const EstateCan = z.object({ edit: ability, rename: ability, move: ability, archive: ability, merge: ability, contract: ability, manager: ability, committee: ability, units: ability }).meta({ id: 'EstateCan' });

/** 业委会情况, as lists show it. */
export const committeeBrief = z.object({
  committeeId: id('Committee'), name: z.string(), kind: committeeKind, status: committeeStatus,
  sinceOn: localDate.nullable().meta({ title: '成立时间' }), untilOn: localDate.nullable().meta({ title: '届满时间' }),
  isExpired: z.boolean().meta({ title: '已届满' }),
}).meta({ title: '业委会' });

const shown = {
  id: id('Estate'),
  name: z.string().meta({ title: '小区名称' }),
  township: Ref('OrgUnit', '乡镇街道'),
  neighbourhood: Ref('OrgUnit', '社区').nullable(),
  company: Ref('Company', '物业服务企业').nullable(),
  managementKind,
  totalUnits: count.nullable().meta({ title: '总户数' }),
  occupiedUnits: count.nullable().meta({ title: '入住户数' }),
  totalCm2: cm2.nullable().meta({ title: '总建筑面积' }),
  buildingCount: count.nullable().meta({ title: '楼栋数' }),
  deliveredOn: localDate.nullable().meta({ title: '竣工交付时间' }),
  managerName: z.string().nullable().meta({ title: '项目经理' }),
  feeFenPerM2Month: fen.nullable().meta({ title: '物业费标准（分/㎡·月）' }),
  feeBasis: feeBasis.nullable(),
  collectionRateBp: basisPoints.nullable().meta({ title: '收缴率' }),
  committee: committeeBrief.nullable(),
  unitsRecorded: count.meta({ title: '名册户数' }),
  headCount: count.nullable().meta({ title: '业主人数' }),
  isDemo: z.boolean().meta({ title: '演示数据' }),
  archivedAt: instant.nullable().meta({ title: '归档时间' }),
  version: z.int(),
  can: EstateCan,
};

/** 小区(列表行). */
export const EstateRow = z.object(shown).meta({ id: 'EstateRow' });

/** 小区曾用名、俗称和所含地名. */
export const EstateName = z.object({ id: id('EstateName'), name: z.string().meta({ title: '名称' }), kind: estateNameKind, sinceOn: localDate.nullable().meta({ title: '自' }), untilOn: localDate.nullable().meta({ title: '至' }) }).meta({ id: 'EstateName' });

/** 合同版本. */
export const ContractBrief = z.object({
  contractId: id('Contract'), company: Ref('Company', '物业服务企业'), kind: contractKind, feeBasis: feeBasis.nullable(),
  feeFenPerM2Month: fen.nullable().meta({ title: '物业费标准（分/㎡·月）' }),
  startsOn: localDate.nullable().meta({ title: '合同起' }), endsOn: localDate.nullable().meta({ title: '合同止（含当日）' }), terminatedOn: localDate.nullable().meta({ title: '提前终止' }),
  isCurrent: z.boolean().meta({ title: '现行' }), ...versionTimes,
}).meta({ id: 'ContractBrief' });

/** 项目经理任职. */
export const ManagerBrief = z.object({
  id: id('EstateManager'), practitioner: Ref('Practitioner', '项目经理'), phone: z.string().nullable().meta({ title: '电话' }), company: Ref('Company', '企业').nullable(), ...validTimes, ...versionTimes,
}).meta({ id: 'ManagerBrief' });

/** 业主人数与面积汇总. */
export const Rollup = z.object({
  unitCount: count.meta({ title: '名册户数' }), areaCm2: cm2.meta({ title: '专有部分面积' }),
  headCount: count.meta({ title: '业主人数' }), weakHeadCount: count.meta({ title: '身份依据不足的人数' }),
  explanation: z.string().meta({ title: '计算说明' }), updatedAt: instant.nullable().meta({ title: '更新时间' }),
}).meta({ id: 'Rollup' });

/** 小区(详情). */
export const Estate = z.object({
  ...shown,
  phase: z.string().nullable().meta({ title: '期别' }),
  address: z.string().nullable().meta({ title: '地址' }),
  deliveredCm2: cm2.nullable().meta({ title: '已交付面积' }),
  developerName: z.string().nullable().meta({ title: '建设单位' }),
  liftCount: count.nullable().meta({ title: '电梯数' }),
  parkingCount: count.nullable().meta({ title: '车位数' }),
  chargingCount: count.nullable().meta({ title: '充电设施数' }),
  fireSystem: z.string().nullable().meta({ title: '消防设施' }),
  gridMember: z.string().nullable().meta({ title: '网格员' }),
  note: z.string().nullable().meta({ title: '备注' }),
  archivedReason: z.string().nullable().meta({ title: '归档原因' }),
  mergedInto: Ref('Estate', '并入').nullable(),
  ...asOfAnswer,
  names: z.array(EstateName).meta({ title: '其他名称' }),
  lineage: z.array(z.object({ kind: z.enum(['split', 'merge']), from: Ref('Estate', '原小区'), to: Ref('Estate', '新小区'), onDate: localDate.meta({ title: '日期' }), basis: z.string().nullable().meta({ title: '依据' }) })).meta({ title: '分立合并' }),
  contract: ContractBrief.nullable().meta({ title: '现行合同' }),
  contracts: z.array(ContractBrief).meta({ title: '合同历史' }),
  manager: ManagerBrief.nullable().meta({ title: '项目经理' }),
  managers: z.array(ManagerBrief).meta({ title: '历任项目经理' }),
  members: z.array(z.object({ name: z.string().meta({ title: '姓名' }), post: memberPost, phone: z.string().nullable().meta({ title: '电话' }) })).meta({ title: '委员' }),
  rollup: Rollup.nullable().meta({ title: '汇总' }),
  findings: z.array(z.object({ rule: z.string(), severity: findingSeverity, title: z.string(), message: z.string(), ...findingRepair })).meta({ title: '数据问题' }),
  history: z.array(HistoryEntry).meta({ title: '操作历史' }),
  warnings,
}).meta({ id: 'Estate' });

const one = z.object({ estateId: id('Estate') });

/** 小区列表条件. */
export const estateQuery = z.object({
  ...listQuery.shape, ...placeQuery.shape,
  managementKind: managementKind.optional(),
  companyId: id('Company').optional().meta({ title: '物业服务企业' }),
  committee: z.enum(['established', 'preparing', 'none', 'expired']).optional().meta({ title: '业委会', 'x-labels': { established: '已成立', preparing: '筹备中', none: '无', expired: '已届满' } }),
  expiringBefore: localDate.optional().meta({ title: '在此日前届满' }),
  problem: z.string().max(80).optional().meta({ title: '数据问题' }),
});

export const listEstates = defineRoute({ method: 'GET', path: '/estates', summary: '小区列表', permission: 'registry.read', query: estateQuery, response: pageOf(EstateRow) });
export const getEstate = defineRoute({ method: 'GET', path: '/estates/:estateId', summary: '小区详情', permission: 'registry.read', params: one, query: asOfQuery, response: Estate, problems: ['estate.not-found'] });
export const postEstate = defineRoute({ method: 'POST', path: '/estates', summary: '登记小区', permission: 'registry.edit', body: EstateDraft, response: Estate, problems: ['state.duplicate', 'input.invalid'] });
export const putEstate = defineRoute({ method: 'PUT', path: '/estates/:estateId', summary: '修改小区', permission: 'registry.edit', params: one, body: EstateDraft.omit({ name: true }), response: Estate, problems: ['estate.not-found', 'state.stale', 'state.duplicate', 'access.denied'], needsVersion: true });
export const renameEstate = defineRoute({
  method: 'PUT', path: '/estates/:estateId/name', summary: '小区更名（保留曾用名）', permission: 'registry.edit', params: one,
  body: z.object({ name: requiredText(100, '请填写新名称').meta({ title: '新名称' }), onDate: localDate.nullable().meta({ title: '更名日期' }), basis: text(200).nullable().meta({ title: '依据' }) }),
  response: Estate, problems: ['estate.not-found', 'state.stale', 'state.duplicate'], needsVersion: true,
});
export const putEstateNames = defineRoute({
  method: 'PUT', path: '/estates/:estateId/names', summary: '登记俗称、所含地名', permission: 'registry.edit', params: one,
  body: z.object({ names: z.array(z.object({ name: requiredText(100).meta({ title: '名称' }), kind: estateNameKind, sinceOn: localDate.nullable().meta({ title: '自' }), untilOn: localDate.nullable().meta({ title: '至' }) })).max(50) }),
  response: Estate, problems: ['estate.not-found', 'state.stale'], needsVersion: true,
});
export const splitEstate = defineRoute({
  method: 'POST', path: '/estates/:estateId/split', summary: '小区分立', permission: 'registry.merge', params: one,
  body: z.object({
    name: requiredText(100, '请填写新小区名称').meta({ title: '新小区名称' }), buildingIds: z.array(id('Building')).min(1, '请选择分出的楼栋').max(200).meta({ title: '分出的楼栋' }),
    onDate: localDate.meta({ title: '分立日期' }), basis: text(200).nullable().meta({ title: '依据' }),
  }),
  response: Estate, problems: ['estate.not-found', 'state.stale', 'state.duplicate', 'state.conflict'], needsVersion: true,
});
export const mergeEstate = defineRoute({ method: 'POST', path: '/estates/:estateId/merge', summary: '合并小区', permission: 'registry.merge', params: one, body: mergeBody('Estate').extend({ onDate: localDate.optional().meta({ title: '合并日期' }) }), response: Estate, problems: ['estate.not-found', 'state.conflict', 'state.stale'], needsVersion: true });
export const archiveEstate = defineRoute({ method: 'PUT', path: '/estates/:estateId/archive', summary: '归档小区', permission: 'registry.merge', params: one, body: archiveBody, response: Estate, problems: ['estate.not-found', 'state.conflict', 'state.stale'], needsVersion: true });
export const exportEstates = defineRoute({ method: 'GET', path: '/estates/export', summary: '导出小区台账', permission: 'registry.export', query: estateQuery, response: download, kind: 'download', access: 'export' });

/** 业主人数明细: the heads of an estate with the units behind each. */
export const Heads = z.object({
  ...asOfAnswer, count, areaCm2: cm2.meta({ title: '专有部分面积' }), explanation: z.string().meta({ title: '计算说明' }),
  flags: z.array(z.object({ kind: z.string(), message: z.string(), units: z.array(Ref('Unit', '房屋')) })).meta({ title: '存疑' }),
  bySource: z.array(z.object({ areaSource, count, areaCm2: cm2 })).meta({ title: '按面积依据' }),
}).meta({ id: 'Heads' });
export const getHeads = defineRoute({ method: 'GET', path: '/estates/:estateId/heads', summary: '业主人数及说明', permission: 'registry.read', params: one, query: asOfQuery, response: Heads, problems: ['estate.not-found'], access: 'count' });

/** 家底: sums over every estate in scope, however many there are. */
export const getRegistryRollup = defineRoute({
  method: 'GET', path: '/registry/rollup', summary: '家底合计', permission: 'registry.read', access: 'count',
  response: z.object({
    estates: count.meta({ title: '小区' }), totalUnits: count.meta({ title: '总户数' }), occupiedUnits: count.meta({ title: '入住户数' }), withoutTotalUnits: count.meta({ title: '未填总户数的小区' }),
    unitsRecorded: count.meta({ title: '名册房屋' }), headCount: count.meta({ title: '业主人数' }), listedEstates: count.meta({ title: '有名册的小区' }),
  }),
});
