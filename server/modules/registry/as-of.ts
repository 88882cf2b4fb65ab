import { sql, type RawBuilder } from 'kysely';
import { instant, type Instant, type LocalDate } from '#domain/kernel/brand.ts';

/** 截至: the day a fact is asked about, and the day on which we are asked to have known it (null: what we know now). */
export interface AsOf { readonly on: LocalDate; readonly knownOn: LocalDate | null }

/** 截至(缺省今天). */
export const asOf = (query: { readonly on?: LocalDate | undefined; readonly knownOn?: LocalDate | undefined }, today: LocalDate): AsOf => ({ on: query.on ?? today, knownOn: query.knownOn ?? null });

/** The instant at which `day` is over in Asia/Shanghai: all that was recorded that day was known on it. */
export const endOf = (day: LocalDate): Instant => instant(`${day}T16:00:00.000Z`);

/** 当时掌握: versions in our books on that day. */
export function knownThen(alias: string, { knownOn }: AsOf): RawBuilder<boolean> {
  const t = sql.raw(alias);
  if (knownOn === null) return sql<boolean>`${t}.superseded_at is null`;
  return sql<boolean>`(${t}.recorded_at < ${endOf(knownOn)} and (${t}.superseded_at is null or ${t}.superseded_at >= ${endOf(knownOn)}))`;
}

/** 当日有效: versions true in the world on that day; `valid_to` is the first day no longer. */
export function validThen(alias: string, { on }: AsOf): RawBuilder<boolean> {
  const t = sql.raw(alias);
  return sql<boolean>`((${t}.valid_from is null or ${t}.valid_from <= ${on}) and (${t}.valid_to is null or ${t}.valid_to > ${on}))`;
}

/** 当日在约: contract versions in force on that day; past its last day a contract not followed by another goes on (民法典 948). */
export function contractThen(alias: string, { on }: AsOf): RawBuilder<boolean> {
  const t = sql.raw(alias);
  return sql<boolean>`((${t}.starts_on is null or ${t}.starts_on <= ${on}) and (${t}.terminated_on is null or ${t}.terminated_on > ${on}))`;
}
