import type { AreaCm2 } from '#domain/kernel/brand.ts';
import { houseConvention, interpretation2020 } from '#domain/kernel/rule.ts';
import { unitKey, type UnitNumber } from '#domain/kernel/unit-number.ts';
import type { AreaSource } from '../area-source.ts';
import type { HeadFlagKind } from '../head-flags.ts';
import type { QualityRule } from './quality-rule.ts';

/** A unit as data quality sees it: its area, and what the count of heads found doubtful about it. */
export interface UnitQuality {
  readonly area: AreaCm2 | null;
  readonly areaSource: AreaSource;
  readonly headFlags: readonly HeadFlagKind[];
  readonly isDuplicate: boolean;
}

const source = [houseConvention('数据质量')];
const heads = [interpretation2020('第九条')];

/** 房屋和业主的数据质量规则. */
export const unitQuality: readonly QualityRule<UnitQuality>[] = [
  {
    id: 'registry.unit-duplicate', severity: 'error', title: '房号重复', field: 'roomNo', source,
    why: '同一房屋会被计算两次。', repair: '请核对后合并或更正房号',
    found: ({ facts }) => (facts.isDuplicate ? '本小区另有相同的楼栋、单元、房号' : undefined),
  },
  {
    id: 'registry.unit-area-missing', severity: 'error', title: '未填建筑面积', field: 'area', source: [interpretation2020('第八条')],
    why: '面积是表决权的依据。', repair: '请按不动产登记簿填写，未登记的按测绘成果或买卖合同填写',
    found: ({ facts: { area } }) => (area === null || area === 0 ? '没有建筑面积' : undefined),
  },
  {
    id: 'registry.unit-area-source-missing', severity: 'warn', title: '未填面积依据', field: 'areaSource', source: [interpretation2020('第八条')],
    why: '面积有争议时要能说明出处。', repair: '请选择不动产登记簿、测绘成果或买卖合同',
    found: ({ facts: { area, areaSource } }) => (area !== null && areaSource === 'unknown' ? '没有面积依据' : undefined),
  },
  {
    id: 'registry.unit-holder-missing', severity: 'warn', title: '未填产权人', field: 'holders', source: heads,
    why: '业主人数无法确定，暂按一人计。', repair: '请补填产权人',
    found: ({ facts }) => (facts.headFlags.includes('no-holder') ? '没有产权人' : undefined),
  },
  {
    id: 'registry.unit-weak-identity', severity: 'warn', title: '产权人身份依据不足', field: 'holders', source: heads,
    why: '同一人有几套房时可能多计或少计人数。', repair: '请补证件号码',
    found: ({ facts }) => (facts.headFlags.includes('weak-identity') ? '产权人没有证件号码' : undefined),
  },
  {
    id: 'registry.unit-number-several-names', severity: 'error', title: '同一证件号码对应多个姓名', field: 'holders', source: heads,
    why: '不同的人被算成一人。', repair: '请核对姓名和证件号码',
    found: ({ facts }) => (facts.headFlags.includes('one-number-several-names') ? '证件号码与另一姓名的产权人相同' : undefined),
  },
  {
    id: 'registry.unit-co-owners-reordered', severity: 'warn', title: '共有人相同但次序不同', field: 'holders', source: heads,
    why: '同一买受人的几套房按一人计，共有人次序不同会多计人数。', repair: '请对照不动产登记簿，统一共有人的先后次序',
    found: ({ facts }) => (facts.headFlags.includes('co-owners-reordered') ? '与另一户的共有人相同，但排在首位的人不同' : undefined),
  },
];

/** 重复房号: of one estate's units, the ids of those that share building, entrance and room with another, in the given order. */
export function duplicateUnits(units: readonly (UnitNumber & { readonly unitId: string })[]): string[] {
  const counts = new Map<string, number>();
  for (const unit of units) counts.set(unitKey(unit), (counts.get(unitKey(unit)) ?? 0) + 1);
  return units.filter((unit) => (counts.get(unitKey(unit)) ?? 0) > 1).map(({ unitId }) => unitId);
}
