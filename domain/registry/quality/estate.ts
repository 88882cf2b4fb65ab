import type { AreaCm2 } from '#domain/kernel/brand.ts';
import { formatSquareMetres } from '#domain/kernel/area.ts';
import { exceeds } from '#domain/kernel/ratio.ts';
import { houseConvention, interpretation2020 } from '#domain/kernel/rule.ts';
import { areaToleranceBp } from '../policy.ts';
import type { ManagementKind } from '../management-kind.ts';
import type { QualityRule } from './quality-rule.ts';

/** An estate as data quality sees it. `unitsRecorded`/`unitAreaSum` are of the units on record; null before any is. */
export interface EstateQuality {
  readonly managementKind: ManagementKind;
  readonly hasCompany: boolean;
  readonly hasContract: boolean;
  readonly hasEstateManager: boolean;
  readonly totalUnits: number | null;
  readonly occupiedUnits: number | null;
  readonly buildingArea: AreaCm2 | null;
  readonly deliveredArea: AreaCm2 | null;
  readonly unitsRecorded: number | null;
  readonly unitAreaSum: AreaCm2 | null;
}

/** A 准物业 may be run by a company; nothing is said while the kind is unknown. */
const MAY_HAVE_COMPANY: readonly ManagementKind[] = ['company', 'quasi', 'unknown'];
const source = [houseConvention('数据质量')];

/** 小区的数据质量规则. Estates without a company are asked for none; missing coordinates are no problem. */
export const estateQuality: readonly QualityRule<EstateQuality>[] = [
  {
    id: 'registry.estate-company-missing', severity: 'warn', title: '未填物业服务企业', field: 'companyId', source,
    why: '查不到服务企业，投诉和考核无法归到企业。', repair: '请填写企业，或把管理方式改为实际情况（业主自管、社区托管等）',
    found: ({ facts }) => say(facts.managementKind === 'company' && !facts.hasCompany, '管理方式为物业服务企业，但没有企业'),
  },
  {
    id: 'registry.estate-management-kind-missing', severity: 'warn', title: '管理方式待核实', field: 'managementKind', source,
    why: '不知道由谁管理，统计时无法归类。', repair: '请选择物业服务企业、业主自管、单位自管、社区托管、准物业或无人管理',
    found: ({ facts }) => say(facts.managementKind === 'unknown', '管理方式待核实'),
  },
  {
    id: 'registry.estate-company-unexpected', severity: 'error', title: '管理方式与企业矛盾', field: 'managementKind', source,
    why: '同一小区在两张表里会得出不同的结果。', repair: '请核对后修改管理方式，或结束该企业的服务',
    found: ({ facts }) => say(facts.hasCompany && !MAY_HAVE_COMPANY.includes(facts.managementKind), '有在管企业，但管理方式不是物业服务企业'),
  },
  {
    id: 'registry.estate-contract-missing', severity: 'warn', title: '未录物业服务合同', field: 'contract', source,
    why: '合同期限、收费标准无从核对，到期也无法提醒。', repair: '请补录现行合同',
    found: ({ facts }) => say(facts.hasCompany && !facts.hasContract, '有服务企业，但没有物业服务合同'),
  },
  {
    id: 'registry.estate-manager-missing', severity: 'warn', title: '未填项目经理', field: 'estateManagerId', source,
    why: '出了事找不到现场负责人。', repair: '请填写项目经理及电话',
    found: ({ facts }) => say(facts.hasCompany && !facts.hasEstateManager, '有服务企业，但没有项目经理'),
  },
  {
    id: 'registry.estate-total-missing', severity: 'warn', title: '未填总户数', field: 'totalUnits', source,
    why: '户数是多项统计的分母。', repair: '请填写总户数',
    found: ({ facts }) => say(facts.totalUnits === null, '没有总户数'),
  },
  {
    id: 'registry.estate-occupied-exceeds-total', severity: 'error', title: '入住户数大于总户数', field: 'occupiedUnits', source,
    why: '两个数必有一个不对。', repair: '请核对两个数',
    found: ({ facts: { occupiedUnits: occupied, totalUnits: total } }) => say(occupied !== null && total !== null && occupied > total, `入住${occupied}户，总户数${total}户`),
  },
  {
    id: 'registry.estate-delivered-exceeds-building', severity: 'error', title: '已交付面积大于总建筑面积', field: 'deliveredArea', source,
    why: '成立业主大会的条件按已交付面积判断。', repair: '请核对两个面积',
    found: ({ facts: { deliveredArea: delivered, buildingArea: building } }) =>
      delivered !== null && building !== null && delivered > building ? `已交付${formatSquareMetres(delivered)}㎡，总建筑面积${formatSquareMetres(building)}㎡` : undefined,
  },
  {
    id: 'registry.estate-units-incomplete', severity: 'warn', title: '房屋名册户数与总户数不符', field: 'totalUnits', source,
    why: '表决和人数统计以房屋名册为准。', repair: '请补齐房屋名册，或核对总户数',
    found: ({ facts: { unitsRecorded: recorded, totalUnits: total } }) => say(recorded !== null && total !== null && recorded !== total, `名册${recorded}户，总户数${total}户`),
  },
  {
    id: 'registry.estate-area-differs', severity: 'warn', title: '各户面积合计与总建筑面积不符', field: 'buildingArea', source: [interpretation2020('第八条'), ...source], uses: [areaToleranceBp],
    why: '专有部分面积是表决的分母。', repair: '请核对房屋名册和总建筑面积',
    found: ({ facts: { unitAreaSum: sum, buildingArea: building }, limits }) =>
      sum !== null && building !== null && isApart(sum, building, limits.areaToleranceBp)
        ? `各户合计${formatSquareMetres(sum)}㎡，总建筑面积${formatSquareMetres(building)}㎡` : undefined,
  },
];

/** Do two areas differ by more than the tolerance (exactly the tolerance is allowed)? Of a building of no area, by anything. */
function isApart(sum: AreaCm2, building: AreaCm2, toleranceBp: number): boolean {
  const gap = Math.abs(sum - building);
  return building === 0 ? gap > 0 : exceeds(gap, building, toleranceBp, 10_000);
}

function say(isFound: boolean, particulars: string): string | undefined {
  return isFound ? particulars : undefined;
}
