import type { EstateFact, Facts } from './facts.ts';

/** 筛选条件 of a figure or a list: what is left out does not narrow. */
export interface ReportFilter {
  /** 城区 (streets) or 乡镇 (the others). */
  readonly area?: 'urban' | 'rural' | undefined;
  readonly townshipIds?: readonly string[] | undefined;
  readonly managementKinds?: readonly string[] | undefined;
  readonly hasCompany?: boolean | undefined;
  readonly committee?: CommitteeState | undefined;
  readonly stage?: EstateFact['stage'] | undefined;
}
/** 业委会情况. */
export type CommitteeState = 'formed' | 'expired' | 'preparing' | 'none';

export const areaLabels = { urban: '城区（街道）', rural: '乡镇' } as const;
export const committeeStateLabels = { formed: '已成立业委会', expired: '任期届满未换届', preparing: '筹备中', none: '无业委会' } as const satisfies Record<CommitteeState, string>;
export const stageLabels = { building: '在建', delivered: '已交付未入住', occupied: '已入住' } as const satisfies Record<EstateFact['stage'], string>;

/** 是否符合: does an estate pass every condition? */
export function passes(estate: EstateFact, { area, townshipIds, managementKinds, hasCompany, committee, stage }: ReportFilter): boolean {
  return (area === undefined || estate.isUrban === (area === 'urban'))
    && (isNone(townshipIds) || townshipIds.includes(estate.townshipId))
    && (isNone(managementKinds) || managementKinds.includes(estate.managementKind))
    && (hasCompany === undefined || (estate.company !== null) === hasCompany)
    && (committee === undefined || (committee === 'formed' ? estate.formation.inNumerator : stateOf(estate) === committee))
    && (stage === undefined || estate.stage === stage);
}

function isNone(list: readonly string[] | undefined): list is undefined {
  return list === undefined || list.length === 0;
}

/** 业委会情况 of one estate: past its term is a state of its own, and formed too. */
export function stateOf({ formation }: EstateFact): CommitteeState {
  if (formation.isExpired) return 'expired';
  if (formation.inNumerator) return 'formed';
  return formation.standing === 'preparing' ? 'preparing' : 'none';
}

/** 是否按地方筛选: figures that are not kept by place cannot be. */
export const isByPlace = ({ area, townshipIds }: ReportFilter): boolean => area !== undefined || !isNone(townshipIds);
/** 是否有任何条件. */
export const isFiltered = (filter: ReportFilter): boolean => Object.values(filter).some((value) => value !== undefined && !(Array.isArray(value) && value.length === 0));

/** 条件的说法, for the 口径; empty when nothing narrows. */
export function filterText(filter: ReportFilter, { townships, estates }: Pick<Facts, 'townships' | 'estates'>): string {
  const { area, townshipIds, managementKinds, hasCompany, committee, stage } = filter;
  const named = (ids: readonly string[]) => ids.map((id) => townships.find((one) => one.id === id)?.name ?? '（已撤销的乡镇街道）').join('、');
  const kinds = new Map(estates.map((one) => [one.managementKind, one.management]));
  return [
    area === 'urban' && `城区（${townships.filter((one) => one.isUrban).map((one) => one.name).join('、') || '无街道'}）`, area === 'rural' && '乡镇（街道以外的乡镇）',
    !isNone(townshipIds) && `限${named(townshipIds)}`, !isNone(managementKinds) && `管理方式为${managementKinds.map((kind) => kinds.get(kind) ?? kind).join('、')}`,
    hasCompany === true && '有物业服务企业', hasCompany === false && '无物业服务企业', committee !== undefined && committeeStateLabels[committee], stage !== undefined && stageLabels[stage],
  ].filter((piece) => piece !== false).join('，');
}
