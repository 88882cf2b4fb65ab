import { formationCityAverage, formationBaseline, formationTarget } from '#domain/committee/policy.ts';
import { definitionText, estatesShortOfTarget, formationDefinition, formationRate, formationRateText, formationSource, reachesTarget, type EstateStanding, type FormationRate } from '#domain/committee/formation.ts';
import { basisPoints, type Id } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { parameterOn, type Parameter, type ParameterOverride } from '#domain/kernel/parameter.ts';
import { percentText } from '#domain/kernel/ratio.ts';
import { estateStage } from '#domain/registry/estate-stage.ts';
import type { Output } from '#contract/define-route.ts';
import type { getFormation } from '#contract/target.ts';
import { committeeTermsAt } from '#modules/committee/index.ts';
import { estateSummaries, type AsOf, type EstateSummary } from '#modules/registry/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { basisText } from '#platform/parameters/legal.ts';
import { overridesOf } from '#platform/parameters/read.ts';

type Formation = Output<typeof getFormation>;
type Township = { readonly id: Id<'OrgUnit'>; readonly name: string };

/** A computed rate with the estates behind it. */
export interface Computed { readonly rate: FormationRate; readonly estates: readonly EstateSummary[]; readonly overrides: readonly ParameterOverride[] }

/** 组建率: of the occupied estates in scope, on a day and as known on a day, by the definition in force on it. */
export async function computeFormation(db: Db, ctx: Pick<Ctx, 'scope'>, at: AsOf, townshipId?: Id<'OrgUnit'>): Promise<Computed> {
  const read = (countyId: string | null) => overridesOf(db, countyId);
  const [estates, committees, known] = await Promise.all([estateSummaries(db, ctx.scope, townshipId), committeeTermsAt(db, townshipId, at), ctx.scope.countyId === null ? null : read(ctx.scope.countyId)]);
  const overrides = known ?? await read(estates[0]?.countyId ?? null);
  const byEstate = Map.groupBy(committees, (row) => row.estateId);
  const rate = formationRate(estates.map((row) => ({ estateId: row.id, isOccupied: estateStage(row, at.on) === 'occupied', committees: byEstate.get(row.id) ?? [] })), formationDefinition(overrides, at.on), at.on);
  return { rate, estates, overrides };
}

const figureOf = (rate: Pick<FormationRate, 'occupied' | 'withCommittee' | 'expired' | 'preparing'>) => ({
  occupied: rate.occupied, withCommittee: rate.withCommittee, expired: rate.expired, preparing: rate.preparing,
  // For bars and lines only; whether a target is reached is never decided by it.
  rateBp: rate.occupied === 0 ? null : basisPoints(Math.floor((rate.withCommittee * 20_000 + rate.occupied) / (rate.occupied * 2))), rateText: formationRateText(rate),
});

/** 组建率页面: the figures, by township, with every estate's reason and the lines they are held against. */
export function presentFormation({ rate, estates, overrides }: Computed, at: AsOf): Formation {
  const placeOf = new Map(estates.map((row) => [row.id as string, row]));
  const townshipOf = (row: EstateSummary): Township => ({ id: row.townshipId, name: row.township });
  const rows = rate.estates.flatMap((standing) => { const row = placeOf.get(standing.estateId); return row ? [presentStanding(standing, row, townshipOf(row))] : []; });
  const targetBp = parameterOn(formationTarget, overrides, at.on).value;
  const byTownship = [...Map.groupBy(rows, (row) => row.township.id)].flatMap(([, of]) => (of[0] ? [{ township: of[0].township, ...figureOf(sumOf(of)) }] : []));
  const definition = definitionText(rate.definition, at.on);
  return {
    on: at.on, knownOn: at.knownOn, ...figureOf(rate), definitionText: definition, sources: formationSource.map((source) => { const { title, clause } = basisText(source); return clause ? `${title} ${clause}` : title; }),
    lines: [line('baseline', formationBaseline, overrides, at), line('target', formationTarget, overrides, at), line('city', formationCityAverage, overrides, at)],
    shortOfTarget: estatesShortOfTarget(rate, targetBp), reachesTarget: reachesTarget(rate, targetBp),
    byTownship: byTownship.toSorted((a, b) => a.township.name.localeCompare(b.township.name, 'zh-CN')), estates: rows, text: textOf(rate, byTownship, definition, at),
  };
}

export const presentStanding = (standing: EstateStanding, row: EstateSummary, township: Township): Formation['estates'][number] => ({
  estate: { id: row.id, name: row.name }, township, standing: standing.standing, inDenominator: standing.inDenominator, inNumerator: standing.inNumerator, isExpired: standing.isExpired, reason: standing.reason,
});

type Row = Formation['estates'][number];
const sumOf = (rows: readonly Row[]) => ({
  occupied: rows.filter((row) => row.inDenominator).length, withCommittee: rows.filter((row) => row.inNumerator).length,
  expired: rows.filter((row) => row.inDenominator && row.isExpired).length, preparing: rows.filter((row) => row.standing === 'preparing').length,
});

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
