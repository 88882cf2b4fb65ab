import { formationCityAverage, formationBaseline, formationTarget } from '#domain/committee/policy.ts';
import { countsOf, definitionText, estatesShortOfTarget, formationDefinition, formationRate, formationRateText, formationSource, reachesTarget, type EstateStanding, type FormationRate } from '#domain/committee/formation.ts';
import { basisPoints, type Id } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { parameterOn, type Parameter, type ParameterOverride } from '#domain/kernel/parameter.ts';
import { percentText } from '#domain/kernel/ratio.ts';
import { estateStage } from '#domain/registry/estate-stage.ts';
import type { Output } from '#contract/define-route.ts';
import type { getFormation, getFormationEstates } from '#contract/target.ts';
import { committeeTermsAt } from '#modules/committee/index.ts';
import { estatesToCount, estateSummaries, townshipNames, type AsOf, type EstateSummary, type EstateToCount } from '#modules/registry/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { basisText } from '#platform/parameters/legal.ts';
import { overridesOf } from '#platform/parameters/read.ts';

type Formation = Output<typeof getFormation>;
type Evidence = Output<typeof getFormationEstates>;
const byName = new Intl.Collator('zh-CN');

/** A computed rate with the estates behind it and the settings it was computed by. */
export interface Computed<E extends EstateToCount = EstateToCount> { readonly rate: FormationRate; readonly estates: readonly E[]; readonly overrides: readonly ParameterOverride[] }
type Who = Pick<Ctx, 'scope'>;

/** 组建率 with the names of the estates in scope: of those occupied on a day, as known on a day, by the county's definition in force on it. */
export const computeFormation = (db: Db, { scope }: Who, at: AsOf, townshipId?: Id<'OrgUnit'>): Promise<Computed<EstateSummary>> => compute(db, { scope }, at, estateSummaries(db, scope, townshipId), townshipId);

async function compute<E extends EstateToCount>(db: Db, { scope }: Who, at: AsOf, summaries: Promise<readonly E[]>, townshipId: Id<'OrgUnit'> | undefined): Promise<Computed<E>> {
  const [estates, committees, overrides] = await Promise.all([summaries, committeeTermsAt(db, townshipId, at), overridesOf(db, scope.countyId)]);
  const byEstate = Map.groupBy(committees, (row) => row.estateId);
  const rate = formationRate(estates.map((row) => ({ estateId: row.id, isOccupied: estateStage(row, at.on) === 'occupied', committees: byEstate.get(row.id) ?? [] })), formationDefinition(overrides, at.on), at.on);
  return { rate, estates, overrides };
}

/** 组建率的数字, without the estates: their names stay where they are, and those of the townships come in the same journey. */
export async function formationFigures(db: Db, { scope }: Who, at: AsOf, townshipId?: Id<'OrgUnit'>): Promise<Formation> {
  const [computed, names] = await Promise.all([compute(db, { scope }, at, estatesToCount(db, scope, townshipId), townshipId), townshipNames(db, scope)]);
  return present(computed, names, at);
}

/** 组建率和各小区: the same figures with every estate, its standing and the reason. */
export async function formationEvidence(db: Db, who: Who, at: AsOf, townshipId?: Id<'OrgUnit'>): Promise<Evidence> {
  const computed = await computeFormation(db, who, at, townshipId);
  return { ...present(computed, new Map(computed.estates.map((row) => [row.townshipId, row.township])), at), estates: presentEstates(computed) };
}

const figureOf = (rate: Pick<FormationRate, 'occupied' | 'withCommittee' | 'expired' | 'preparing'>) => ({
  occupied: rate.occupied, withCommittee: rate.withCommittee, expired: rate.expired, preparing: rate.preparing,
  // For bars and lines only; whether a target is reached is never decided by it.
  rateBp: rate.occupied === 0 ? null : basisPoints(Math.floor((rate.withCommittee * 20_000 + rate.occupied) / (rate.occupied * 2))), rateText: formationRateText(rate),
});

function present({ rate, estates, overrides }: Computed, names: ReadonlyMap<string, string>, at: AsOf): Formation {
  const targetBp = parameterOn(formationTarget, overrides, at.on).value;
  const byTownship = figuresByTownship(rate.estates, estates, names);
  const definition = definitionText(rate.definition, at.on);
  return {
    on: at.on, knownOn: at.knownOn, ...figureOf(rate), definitionText: definition, sources: formationSource.map((source) => { const { title, clause } = basisText(source); return clause ? `${title} ${clause}` : title; }),
    lines: [line('baseline', formationBaseline, overrides, at), line('target', formationTarget, overrides, at), line('city', formationCityAverage, overrides, at)],
    shortOfTarget: estatesShortOfTarget(rate, targetBp), reachesTarget: reachesTarget(rate, targetBp), byTownship, text: textOf(rate, byTownship, definition, at),
  };
}

/** 各小区: standings are in the estates' own order. */
export const presentEstates = ({ rate, estates }: Computed<EstateSummary>): Evidence['estates'] => rate.estates.flatMap(({ standing, inDenominator, inNumerator, isExpired, reason }, at) => {
  const row = estates[at];
  return row ? [{ estate: { id: row.id, name: row.name }, township: { id: row.townshipId, name: row.township }, standing, inDenominator, inNumerator, isExpired, reason }] : [];
});

function figuresByTownship(standings: readonly EstateStanding[], estates: readonly EstateToCount[], names: ReadonlyMap<string, string>): Formation['byTownship'] {
  const byTownship = new Map<Id<'OrgUnit'>, EstateStanding[]>();
  standings.forEach((standing, at) => {
    const id = estates[at]?.townshipId;
    if (id === undefined) return;
    const known = byTownship.get(id);
    if (known) known.push(standing); else byTownship.set(id, [standing]);
  });
  return [...byTownship].map(([id, of]) => ({ township: { id, name: names.get(id) ?? '' }, ...figureOf(countsOf(of)) })).toSorted((a, b) => byName.compare(a.township.name, b.township.name));
}

function line(key: 'baseline' | 'target' | 'city', parameter: Parameter<number>, overrides: readonly ParameterOverride[], at: AsOf): Formation['lines'][number] {
  const { value, basis, sureness } = parameterOn(parameter, overrides, at.on);
  return { key, title: parameter.title, valueBp: basisPoints(value), valueText: percentText(value, 10_000, 0), basis: [basisText(basis).title, basisText(basis).clause].filter(Boolean).join(' '), isConfirmed: sureness === null || sureness === 'V' || sureness === 'V2' };
}

function textOf(rate: FormationRate, byTownship: Formation['byTownship'], definition: string, at: AsOf): string {
  return [
    `业委会组建率（截至${dateText(at.on)}）：${formationRateText(rate)}`,
    `已入住小区${rate.occupied}个，已成立业委会${rate.withCommittee}个，其中届满未换届${rate.expired}个；筹备中${rate.preparing}个。`,
    ...byTownship.map((row) => `${row.township.name}:${row.withCommittee}/${row.occupied},${row.rateText}`), `口径：${definition}`,
  ].join('\n');
}
