import { localDate } from '#domain/kernel/brand.ts';
import { defineParameter, wholeNumber, type Parameter } from '#domain/kernel/parameter.ts';
import { houseConvention } from '#domain/kernel/rule.ts';

/** 合同临期提醒天数: a contract that ends within so many days (the last included) is shown as ending. */
export const contractEndingDays = defineParameter({
  id: 'registry.contract-ending-days', title: '合同临期提醒天数', unit: '天', kind: wholeNumber(1, 365),
  versions: [{ from: localDate('2020-01-01'), value: 60, source: houseConvention('数据质量'), sureness: 'I' }],
});

/** 面积差异容许值, in basis points of the building area: more than this is shown. */
export const areaToleranceBp = defineParameter({
  id: 'registry.area-tolerance', title: '各户面积合计与小区建筑面积的容许差异', unit: '基点（万分之一）', kind: wholeNumber(0, 10_000),
  versions: [{ from: localDate('2020-01-01'), value: 100, source: houseConvention('数据质量'), sureness: 'I' }],
});

/** 基础台账的全部参数. */
export const registryParameters: readonly Parameter<unknown>[] = [contractEndingDays, areaToleranceBp];
