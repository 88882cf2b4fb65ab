import { sql } from 'kysely';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { parameterOn, type InForce, type Parameter, type ParameterOverride } from '#domain/kernel/parameter.ts';
import type { Ctx, Tx } from '../context.ts';
import type { Db } from '../db/types.ts';

/** What is stored of an override, as far as its force goes. */
export interface OverrideFacts { readonly parameterId: string; readonly value: unknown; readonly effectiveFrom: string; readonly withdrawnOn: string | null; readonly basis: string }

/** Where parameters may be read from: the transaction at hand, a bare handle in one, or a context (which opens a reading one). */
export type ParameterPlace = Tx | Db | Ctx;
type Overrides = readonly ParameterOverride[];

const kept = new WeakMap<Tx, Map<string, Promise<Overrides>>>();

/** 参数设置 as the domain reads them; one that was withdrawn before it began never held. */
export function inDomainTerms(rows: readonly OverrideFacts[]): Overrides {
  return rows.flatMap(({ parameterId, value, effectiveFrom, withdrawnOn, basis }) => {
    const from = localDate(effectiveFrom);
    if (withdrawnOn !== null && withdrawnOn <= from) return [];
    return [{ parameterId, value, from, until: withdrawnOn === null ? null : addDays(localDate(withdrawnOn), -1), basis }];
  });
}

/** 本县参数设置, all of one county's; none where the county is null. */
export async function overridesOf(db: Db, countyId: string | null): Promise<Overrides> {
  if (countyId === null) return [];
  const rows = await db.selectFrom('platform.parameterOverride')
    .select(['parameterId', 'value', 'effectiveFrom', 'withdrawnOn', 'basis'])
    .where(sql<boolean>`county_id = ${countyId}`).orderBy('effectiveFrom').orderBy('id').execute();
  return inDomainTerms(rows);
}

/**
 * 参数取值: the value of `definition` in force in the county on `on`, the day of the act and not of the query.
 * Within one transaction a county's settings are read once; nothing is kept beyond it, so a change holds at once everywhere.
 */
export async function parameter<T>(place: ParameterPlace, countyId: Id<'OrgUnit'> | string | null, definition: Parameter<T>, on: LocalDate): Promise<InForce<T>> {
  return parameterOn(definition, await overridesAt(place, countyId), on);
}

/** 参数值 alone. */
export async function parameterValue<T>(place: ParameterPlace, countyId: Id<'OrgUnit'> | string | null, definition: Parameter<T>, on: LocalDate): Promise<T> {
  return (await parameter(place, countyId, definition, on)).value;
}

/** 该处所知的本县参数设置: of a transaction, read once in it. */
export function overridesAt(place: ParameterPlace, countyId: string | null): Promise<Overrides> {
  if ('kit' in place) return place.read((db) => overridesOf(db, countyId));
  if (!('audit' in place)) return overridesOf(place, countyId);
  const counties = kept.get(place) ?? new Map<string, Promise<Overrides>>();
  kept.set(place, counties);
  const known = counties.get(countyId ?? '') ?? overridesOf(place.db, countyId);
  counties.set(countyId ?? '', known);
  return known;
}

/** 忘记已读的参数, after the transaction itself changed one. */
export function forgetParameters(tx: Tx): void {
  kept.delete(tx);
}
