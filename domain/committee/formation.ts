import type { LocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { parameterOn, type ParameterOverride } from '#domain/kernel/parameter.ts';
import { percentText, reaches } from '#domain/kernel/ratio.ts';
import { civilCode, countyPolicy, houseConvention, regulation2018, type Source } from '#domain/kernel/rule.ts';
import { committeeKindLabels, isExpired, isFormed, type CommitteeFacts, type CommitteeKind } from './committee.ts';
import { formationCountedKinds, formationCountsExpired, formationRequiresFiling } from './policy.ts';

/** 组建率口径: what counts as formed. Dated: taken on the day the figure is for, and frozen with it. */
export interface FormationDefinition {
  readonly countedKinds: readonly CommitteeKind[];
  readonly countsExpired: boolean;
  readonly requiresFiling: boolean;
}

/** 小区: one estate as the formation rate sees it. `committees` are all it has or had. */
export interface EstateFormation {
  readonly estateId: string;
  readonly isOccupied: boolean;
  readonly committees: readonly CommitteeFacts[];
}

/** 计入情况: how an estate counts. Only `not-occupied` leaves the denominator; only `counted` and `counted-expired` enter the numerator. */
export type FormationStanding =
  | 'counted' | 'counted-expired' | 'expired' | 'not-filed' | 'kind-not-counted' | 'preparing' | 'none' | 'not-occupied';

/** 计入情况(显示). */
export const standingLabels: Readonly<Record<FormationStanding, string>> = { counted: '计入', 'counted-expired': '计入（届满未换届）', expired: '届满，不计入', 'not-filed': '未备案，不计入', 'kind-not-counted': '种类不计入', preparing: '筹备中', none: '无业委会', 'not-occupied': '未入住' };

/** 单个小区的计入说明. */
export interface EstateStanding {
  readonly estateId: string;
  readonly standing: FormationStanding;
  readonly inDenominator: boolean;
  readonly inNumerator: boolean;
  /** Past its term, whether it counts or not. */
  readonly isExpired: boolean;
  readonly reason: string;
}

/** 业委会组建率: the two numbers, those shown beside them, and every estate's reason. */
export interface FormationRate {
  readonly asOf: LocalDate;
  readonly definition: FormationDefinition;
  readonly occupied: number;
  readonly withCommittee: number;
  readonly expired: number;
  readonly preparing: number;
  readonly estates: readonly EstateStanding[];
}

/** 组建率的依据. */
export const formationSource: readonly Source[] = [countyPolicy('三（二）1'), civilCode('第二百七十七条'), regulation2018('第十六条'), houseConvention('组建率口径')];

/** 当日口径: the definition in force on a day, the county's own first. */
export function formationDefinition(overrides: readonly ParameterOverride[], on: LocalDate): FormationDefinition {
  return {
    countedKinds: parameterOn(formationCountedKinds, overrides, on).value,
    countsExpired: parameterOn(formationCountsExpired, overrides, on).value,
    requiresFiling: parameterOn(formationRequiresFiling, overrides, on).value,
  };
}

/** 业委会组建率: of the occupied estates on `asOf`, how many have a committee by this definition, and why does each other one not count? */
export function formationRate(estates: readonly EstateFormation[], definition: FormationDefinition, asOf: LocalDate): FormationRate {
  const standings = estates.map((estate) => estateStanding(estate, definition, asOf));
  return { asOf, definition, ...countsOf(standings), estates: standings };
}

/** 组建情况合计: the figures of these estates, in one pass; of a township as of the county. */
export function countsOf(standings: readonly EstateStanding[]): Pick<FormationRate, 'occupied' | 'withCommittee' | 'expired' | 'preparing'> {
  const counts = { occupied: 0, withCommittee: 0, expired: 0, preparing: 0 };
  for (const { standing, inDenominator, inNumerator, isExpired } of standings) {
    if (inDenominator) counts.occupied += 1;
    if (inNumerator) counts.withCommittee += 1;
    if (inDenominator && isExpired) counts.expired += 1;
    if (standing === 'preparing') counts.preparing += 1;
  }
  return counts;
}

/** 单个小区是否计入: judged by the organisation that counts best; its reason is a sentence for the page. */
export function estateStanding({ estateId, isOccupied, committees }: EstateFormation, definition: FormationDefinition, asOf: LocalDate): EstateStanding {
  if (!isOccupied) return standing(estateId, 'not-occupied', '尚未入住，不计入已入住小区');
  let best: Judged | undefined;
  for (const committee of committees) {
    const of = judge(committee, definition, asOf);
    if (of !== undefined && (best === undefined || ORDER.indexOf(of) < ORDER.indexOf(best.of))) best = { of, committee };
  }
  return best === undefined ? standing(estateId, 'none', '已入住，无业委会') : standing(estateId, best.of, reasonOf(best));
}

/** 组建率(显示): the rate as text, two decimals; — when no estate is occupied. */
export function formationRateText({ withCommittee, occupied }: Pick<FormationRate, 'withCommittee' | 'occupied'>): string {
  return percentText(withCommittee, occupied, 2);
}

/** 是否达到目标: does the rate reach `targetBp` basis points? Exactly the target is enough (以上包括本数). */
export function reachesTarget({ withCommittee, occupied }: Pick<FormationRate, 'withCommittee' | 'occupied'>, targetBp: number): boolean {
  return reaches(withCommittee, occupied, targetBp, 10_000);
}

/** 距目标差几个: how many more estates must form one for the rate to reach `targetBp`; 0 when it does. */
export function estatesShortOfTarget({ withCommittee, occupied }: Pick<FormationRate, 'withCommittee' | 'occupied'>, targetBp: number): number {
  return Math.max(0, Math.floor((occupied * targetBp + 9_999) / 10_000) - withCommittee);
}

/** 口径说明: the definition in one Chinese sentence, to stand beside every figure. */
export function definitionText({ countedKinds, countsExpired, requiresFiling }: FormationDefinition, asOf: LocalDate): string {
  const kinds = countedKinds.length === 0 ? '（未设定组织种类）' : countedKinds.map((kind) => committeeKindLabels[kind]).join('、');
  return `截至${dateText(asOf)}，${requiresFiling ? '已备案' : '已成立'}的${kinds}数÷已入住小区数；届满未换届的${countsExpired ? '计入，另行列示' : '不计入'}`;
}

/** Best first: an estate stands by the best of its organisations. */
const ORDER: readonly FormationStanding[] = ['counted', 'counted-expired', 'not-filed', 'expired', 'kind-not-counted', 'preparing', 'none', 'not-occupied'];

interface Judged { readonly of: Exclude<FormationStanding, 'none' | 'not-occupied'>; readonly committee: CommitteeFacts }

function judge(committee: CommitteeFacts, definition: FormationDefinition, asOf: LocalDate): Judged['of'] | undefined {
  if (committee.status === 'preparing') return 'preparing';
  if (!isFormed(committee, asOf)) return undefined;
  if (!definition.countedKinds.includes(committee.kind)) return 'kind-not-counted';
  const isFiled = committee.filedOn !== null && committee.filedOn <= asOf;
  if (definition.requiresFiling && !isFiled) return 'not-filed';
  if (!isExpired(committee, asOf)) return 'counted';
  return definition.countsExpired ? 'counted-expired' : 'expired';
}

/** Of the one that counted best only: most of what is judged is never told. */
function reasonOf({ of, committee }: Judged): string {
  const name = committeeKindLabels[committee.kind];
  const expired = () => `${name}任期已于${committee.untilOn === null ? '' : dateText(committee.untilOn)}届满，尚未换届`;
  switch (of) {
    case 'preparing': return '筹备中，尚未成立';
    case 'kind-not-counted': return `已成立${name}，本口径不计入`;
    case 'not-filed': return `${name}尚未备案，本口径不计入`;
    case 'counted': return `已成立${name}`;
    case 'counted-expired': return `${expired()}，计入并另行列示`;
    case 'expired': return `${expired()}，本口径不计入`;
  }
}

function standing(estateId: string, of: FormationStanding, reason: string): EstateStanding {
  return {
    estateId, reason,
    standing: of,
    inDenominator: of !== 'not-occupied',
    inNumerator: of === 'counted' || of === 'counted-expired',
    isExpired: of === 'counted-expired' || of === 'expired',
  };
}
