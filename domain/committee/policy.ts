import { localDate } from '#domain/kernel/brand.ts';
import { defineParameter, someOf, wholeNumber, yesOrNo, type Parameter } from '#domain/kernel/parameter.ts';
import { countyPolicy, guidance2009, houseConvention } from '#domain/kernel/rule.ts';
import { committeeKindLabels, type CommitteeKind } from './committee.ts';

const policyDay = localDate('2025-06-01');
const share = wholeNumber(0, 10_000);

/** 组建率基线: the county's rate as told in mid-2025, in basis points. */
export const formationBaseline = defineParameter({
  id: 'committee.formation.baseline', title: '业委会组建率基线', unit: '基点（万分之一）', kind: share,
  versions: [{ from: policyDay, value: 4_800, source: countyPolicy('二（二）'), sureness: 'V' }],
});

/** 组建率目标: to be reached by 2025-12-31, in basis points; 以上 includes the number. */
export const formationTarget = defineParameter({
  id: 'committee.formation.target', title: '业委会组建率目标（2025年12月31日前）', unit: '基点（万分之一）', kind: share,
  versions: [{ from: policyDay, value: 6_000, source: countyPolicy('三（二）1'), sureness: 'V' }],
});

/** 全市平均组建率: for comparison only, in basis points. */
export const formationCityAverage = defineParameter({
  id: 'committee.formation.city-average', title: '全市平均组建率', unit: '基点（万分之一）', kind: share,
  versions: [{ from: policyDay, value: 6_500, source: countyPolicy('二（二）'), sureness: 'V' }],
});

/** 计入组建率的组织种类: which owners' organisations count as formed. */
export const formationCountedKinds: Parameter<readonly CommitteeKind[]> = defineParameter({
  id: 'committee.formation.counted-kinds', title: '计入组建率的组织种类', unit: '选项', kind: someOf(committeeKindLabels),
  versions: [{ from: policyDay, value: ['committee', 'joint'], source: houseConvention('组建率口径'), sureness: 'I' }],
});

/** 届满未换届是否计入: does a committee past its term still count as formed? */
export const formationCountsExpired = defineParameter({
  id: 'committee.formation.counts-expired', title: '届满未换届的业委会计入组建率', unit: '是否', kind: yesOrNo,
  versions: [{ from: policyDay, value: true, source: houseConvention('组建率口径'), sureness: 'I' }],
});

/** 是否须备案: does only a committee on file with the bureau and the township count? */
export const formationRequiresFiling = defineParameter({
  id: 'committee.formation.requires-filing', title: '只计已备案的业委会', unit: '是否', kind: yesOrNo,
  versions: [{ from: policyDay, value: false, source: houseConvention('组建率口径'), sureness: 'I' }],
});

/** 换届提前天数: how many days before the end of a term a committee is shown as soon to be renewed. */
export const termEndingDays = defineParameter({
  id: 'committee.term-ending-days', title: '任期届满提前提醒天数', unit: '天', kind: wholeNumber(1, 365),
  versions: [{ from: localDate('2010-01-01'), value: 90, source: guidance2009('第四十七条'), sureness: 'G' }],
});

/** 业主组织的全部参数. */
export const committeeParameters: readonly Parameter<unknown>[] = [
  formationBaseline, formationTarget, formationCityAverage, formationCountedKinds, formationCountsExpired, formationRequiresFiling, termEndingDays,
];
