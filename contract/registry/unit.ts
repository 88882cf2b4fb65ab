import { z } from 'zod';
import { ability, asOfQuery, cm2, unitCm2Given, count, countGiven, download, id, instant, localDate, pageOf, requiredText, text } from '../kernel.ts';
import { defineRoute } from '../define-route.ts';
import { archiveBody, asOfAnswer, Can, HistoryEntry, listQuery, mergeBody, placeQuery, Ref, revealBody, Revealed, validTimes, versionTimes, warnings } from './shared.ts';
import { areaSource, ownerKind, ownershipBasis, ownershipKind, usage } from './words.ts';

/** 楼栋. */
export const Building = z.object({
  id: id('Building'), estate: Ref('Estate', '小区'), name: z.string().meta({ title: '楼栋' }), floors: count.nullable().meta({ title: '层数' }), liftCount: count.nullable().meta({ title: '电梯数' }),
  unitCount: count.meta({ title: '户数' }), areaCm2: cm2.meta({ title: '面积' }), archivedAt: instant.nullable().meta({ title: '归档时间' }), version: z.int(), can: Can,
}).meta({ id: 'Building' });
/** 楼栋(详情). */
export const BuildingDetail = Building.extend({ mergedInto: Ref('Building', '并入').nullable(), history: z.array(HistoryEntry).meta({ title: '操作历史' }) }).meta({ id: 'BuildingDetail' });
export const BuildingDraft = z.object({ name: requiredText(30, '请填写楼栋').meta({ title: '楼栋' }), floors: z.int().min(1, '层数应为正整数').max(500, '层数过大，请核对').nullable().meta({ title: '层数' }), liftCount: countGiven.nullable().meta({ title: '电梯数' }) }).meta({ id: 'BuildingDraft' });
const estateParam = z.object({ estateId: id('Estate') });
const buildingParam = z.object({ buildingId: id('Building') });
export const listBuildings = defineRoute({ method: 'GET', path: '/estates/:estateId/buildings', summary: '楼栋列表', permission: 'registry.read', params: estateParam, response: z.object({ rows: z.array(Building) }), problems: ['estate.not-found'] });
export const postBuilding = defineRoute({ method: 'POST', path: '/estates/:estateId/buildings', summary: '登记楼栋', permission: 'registry.edit', params: estateParam, body: BuildingDraft, response: Building, problems: ['estate.not-found', 'state.duplicate'] });
export const putBuilding = defineRoute({ method: 'PUT', path: '/buildings/:buildingId', summary: '修改楼栋', permission: 'registry.edit', params: buildingParam, body: BuildingDraft, response: Building, problems: ['not-found', 'state.duplicate', 'state.stale'], needsVersion: true });
export const archiveBuilding = defineRoute({ method: 'PUT', path: '/buildings/:buildingId/archive', summary: '归档楼栋', permission: 'registry.merge', params: buildingParam, body: archiveBody, response: Building, problems: ['not-found', 'state.conflict', 'state.stale'], needsVersion: true });
export const getBuilding = defineRoute({ method: 'GET', path: '/buildings/:buildingId', summary: '楼栋详情', permission: 'registry.read', params: buildingParam, response: BuildingDetail, problems: ['not-found'] });
/** The units of this building go over to the other; the same room on both sides must be settled first. */
export const mergeBuilding = defineRoute({ method: 'POST', path: '/buildings/:buildingId/merge', summary: '合并楼栋', permission: 'registry.merge', params: buildingParam, body: mergeBody('Building'), response: BuildingDetail, problems: ['not-found', 'state.conflict', 'state.stale'], needsVersion: true });

/** 房屋的产权人(脱敏). */
export const Holder = z.object({
  ownershipId: id('Ownership'), ownerId: id('Owner'), name: z.string().meta({ title: '产权人' }), ownerKind, kind: ownershipKind,
  share: z.string().nullable().meta({ title: '份额' }), basis: ownershipBasis, phone: z.string().nullable().meta({ title: '电话' }), idNumber: z.string().nullable().meta({ title: '证件号' }), ...validTimes, ...versionTimes,
}).meta({ id: 'Holder' });

const shown = {
  id: id('Unit'), estate: Ref('Estate', '小区'), building: Ref('Building', '楼栋'),
  entrance: z.string().meta({ title: '单元' }), room: z.string().meta({ title: '房号' }), title: z.string().meta({ title: '房屋' }), usage,
  areaCm2: cm2.nullable().meta({ title: '建筑面积' }), areaSource: areaSource.nullable(),
  deliveredOn: localDate.nullable().meta({ title: '交付日期' }),
  holders: z.array(Holder).meta({ title: '产权人' }),
  archivedAt: instant.nullable().meta({ title: '归档时间' }), version: z.int(),
  can: Can.extend({ transfer: ability, reveal: ability }),
};
/** 房屋(列表行). `holders` is empty for those who may not see owners. */
export const UnitRow = z.object(shown).meta({ id: 'UnitRow' });
export const AreaVersion = z.object({ areaCm2: cm2.meta({ title: '建筑面积' }), areaSource, ...validTimes, ...versionTimes }).meta({ id: 'AreaVersion' });
/** 房屋(详情): with all versions of its area and its holders. */
export const Unit = z.object({
  ...shown, ...asOfAnswer, areas: z.array(AreaVersion).meta({ title: '面积记录' }), ownerships: z.array(Holder).meta({ title: '产权变动' }), mergedInto: Ref('Unit', '并入').nullable(), history: z.array(HistoryEntry).meta({ title: '操作历史' }), warnings,
}).meta({ id: 'Unit' });
export const UnitDraft = z.object({
  buildingId: id('Building').meta({ title: '楼栋' }), entrance: text(20).meta({ title: '单元' }), room: requiredText(30, '请填写房号').meta({ title: '房号' }), usage, deliveredOn: localDate.nullable().meta({ title: '交付日期' }),
}).meta({ id: 'UnitDraft' });
const unitParam = z.object({ unitId: id('Unit') });
export const unitQuery = z.object({ ...listQuery.shape, ...placeQuery.shape, estateId: id('Estate').optional().meta({ title: '小区' }), buildingId: id('Building').optional().meta({ title: '楼栋' }), usage: usage.optional(), areaSource: areaSource.optional(), noHolder: z.enum(['true']).optional().meta({ title: '无产权人' }) });
export const listUnits = defineRoute({ method: 'GET', path: '/units', summary: '房屋列表', permission: 'registry.read', query: unitQuery, response: pageOf(UnitRow) });
export const getUnit = defineRoute({ method: 'GET', path: '/units/:unitId', summary: '房屋详情', permission: 'registry.owner.read', params: unitParam, query: asOfQuery, response: Unit, problems: ['unit.not-found'] });
export const postUnit = defineRoute({ method: 'POST', path: '/estates/:estateId/units', summary: '登记房屋', permission: 'registry.edit', params: estateParam, body: UnitDraft.extend({ areaCm2: unitCm2Given.nullable().meta({ title: '建筑面积' }), areaSource: areaSource.nullable() }), response: Unit, problems: ['estate.not-found', 'state.duplicate'] });
export const putUnit = defineRoute({ method: 'PUT', path: '/units/:unitId', summary: '修改房屋', permission: 'registry.edit', params: unitParam, body: UnitDraft, response: Unit, problems: ['unit.not-found', 'state.duplicate', 'state.stale'], needsVersion: true });
export const putUnitArea = defineRoute({
  method: 'PUT', path: '/units/:unitId/area', summary: '登记面积（保留原记录）', permission: 'registry.edit', params: unitParam,
  body: z.object({ areaCm2: unitCm2Given.meta({ title: '建筑面积' }), areaSource, validFrom: localDate.nullable().meta({ title: '自' }) }), response: Unit, problems: ['unit.not-found', 'state.stale', 'state.conflict'], needsVersion: true,
});
export const archiveUnit = defineRoute({ method: 'PUT', path: '/units/:unitId/archive', summary: '归档房屋', permission: 'registry.merge', params: unitParam, body: archiveBody, response: Unit, problems: ['unit.not-found', 'state.stale'], needsVersion: true });
/** The same home recorded twice: owners and areas that only this one has go over to the other. */
export const mergeUnit = defineRoute({ method: 'POST', path: '/units/:unitId/merge', summary: '合并房屋', permission: 'registry.merge', params: unitParam, body: mergeBody('Unit'), response: Unit, problems: ['unit.not-found', 'state.conflict', 'state.stale'], needsVersion: true });
/** One number of a share, as the tables hold it. */
const sharePiece = z.int().min(1, '份额应为 1 以上的整数').max(2_147_483_647, '份额的数字过大，请约分后再填');
/** 产权转移: from `onDate` the unit belongs to these holders; earlier holders end that day, and what was known before stays known. */
export const transferOwnership = defineRoute({
  method: 'PUT', path: '/units/:unitId/ownership', summary: '登记产权转移', permission: 'registry.edit', params: unitParam,
  body: z.object({
    onDate: localDate.nullable().meta({ title: '转移日期' }), basis: ownershipBasis,
    holders: z.array(z.object({
      ownerId: id('Owner').optional().meta({ title: '已登记的业主' }),
      name: text(100).optional().meta({ title: '产权人' }), ownerKind: ownerKind.optional(), idNumber: text(30).nullable().optional().meta({ title: '证件号' }), phone: text(30).nullable().optional().meta({ title: '电话' }),
      kind: ownershipKind, sharePart: sharePiece.nullable().optional().meta({ title: '份额（分子）' }), shareWhole: sharePiece.nullable().optional().meta({ title: '份额（分母）' }),
    })).min(1, '请至少填写一名产权人').max(20),
  }),
  response: Unit, problems: ['unit.not-found', 'owner.not-found', 'state.stale', 'state.conflict'], needsVersion: true,
});
export const exportUnits = defineRoute({ method: 'GET', path: '/units/export', summary: '导出房屋业主名册', permission: 'registry.export', query: unitQuery, response: download, kind: 'download', access: 'export' });

/** 业主(脱敏). */
export const OwnerRow = z.object({
  id: id('Owner'), estate: Ref('Estate', '小区'), name: z.string().meta({ title: '产权人' }), kind: ownerKind, phone: z.string().nullable().meta({ title: '电话' }), idNumber: z.string().nullable().meta({ title: '证件号' }),
  unitCount: count.meta({ title: '房屋数' }), areaCm2: cm2.meta({ title: '面积' }), archivedAt: instant.nullable().meta({ title: '归档时间' }), version: z.int(), can: Can.extend({ reveal: ability }),
}).meta({ id: 'OwnerRow' });
export const Owner = OwnerRow.extend({
  ...asOfAnswer, units: z.array(z.object({ unit: Ref('Unit', '房屋'), kind: ownershipKind, share: z.string().nullable().meta({ title: '份额' }), ...validTimes })).meta({ title: '名下房屋' }),
  purpose: z.object({ purpose: z.string().meta({ title: '目的' }), document: z.string().meta({ title: '依据文件' }), deleteOn: localDate.meta({ title: '删除日期' }) }).nullable().meta({ title: '装载目的' }), mergedInto: Ref('Owner', '并入').nullable(), history: z.array(HistoryEntry).meta({ title: '操作历史' }),
}).meta({ id: 'Owner' });
const ownerParam = z.object({ ownerId: id('Owner') });
export const ownerQuery = z.object({ ...listQuery.shape, ...placeQuery.shape, estateId: id('Estate').optional().meta({ title: '小区' }), kind: ownerKind.optional() });
export const listOwners = defineRoute({ method: 'GET', path: '/owners', summary: '业主列表（脱敏）', permission: 'registry.owner.read', query: ownerQuery, response: pageOf(OwnerRow) });
export const getOwner = defineRoute({ method: 'GET', path: '/owners/:ownerId', summary: '业主详情（脱敏）', permission: 'registry.owner.read', params: ownerParam, query: asOfQuery, response: Owner, problems: ['owner.not-found'] });
export const putOwner = defineRoute({
  method: 'PUT', path: '/owners/:ownerId', summary: '修改业主', permission: 'registry.edit', params: ownerParam,
  body: z.object({ name: requiredText(100, '请填写姓名或单位名称').meta({ title: '产权人' }), kind: ownerKind, idNumber: text(30).nullable().optional().meta({ title: '证件号' }), phone: text(30).nullable().optional().meta({ title: '电话' }) }),
  response: Owner, problems: ['owner.not-found', 'state.duplicate', 'state.stale'], needsVersion: true,
});
/** Once nothing belongs to them any more. */
export const archiveOwner = defineRoute({ method: 'PUT', path: '/owners/:ownerId/archive', summary: '归档业主', permission: 'registry.merge', params: ownerParam, body: archiveBody, response: Owner, problems: ['owner.not-found', 'state.conflict', 'state.stale'], needsVersion: true });
/** The same person recorded twice in one estate: what belongs to this one goes over to the other. */
export const mergeOwner = defineRoute({ method: 'POST', path: '/owners/:ownerId/merge', summary: '合并业主', permission: 'registry.merge', params: ownerParam, body: mergeBody('Owner'), response: Owner, problems: ['owner.not-found', 'state.conflict', 'state.stale', 'state.duplicate'], needsVersion: true });
export const revealOwner = defineRoute({ method: 'POST', path: '/owners/:ownerId/reveals', summary: '查看业主完整号码（留痕）', permission: 'registry.owner.reveal', params: ownerParam, body: revealBody, response: Revealed, isToldOnce: true, problems: ['owner.not-found'] });

/** 业主信息装载目的: for which purpose, by which document, until when. */
export const OwnerPurpose = z.object({ id: id('OwnerPurpose'), purpose: z.string().meta({ title: '目的' }), document: z.string().meta({ title: '依据文件' }), deleteOn: localDate.meta({ title: '删除日期' }), recordedAt: instant.meta({ title: '登记时间' }), endedAt: instant.nullable().meta({ title: '结束时间' }) }).meta({ id: 'OwnerPurpose' });
export const listOwnerPurposes = defineRoute({ method: 'GET', path: '/estates/:estateId/owner-purposes', summary: '业主信息装载目的', permission: 'registry.owner.read', params: estateParam, response: z.object({ rows: z.array(OwnerPurpose) }), problems: ['estate.not-found'] });
export const postOwnerPurpose = defineRoute({ method: 'POST', path: '/estates/:estateId/owner-purposes', summary: '登记业主信息装载目的', permission: 'registry.edit', params: estateParam, body: z.object({ purpose: requiredText(200, '请填写目的').meta({ title: '目的' }), document: requiredText(200, '请填写依据文件').meta({ title: '依据文件' }), deleteOn: localDate.meta({ title: '删除日期' }) }), response: OwnerPurpose, problems: ['estate.not-found', 'input.invalid'] });
