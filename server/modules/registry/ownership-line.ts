import type { LocalDate } from '#domain/kernel/brand.ts';

/** A version of a fact that holds from a day (null: as long as anyone knows) to a day no longer included (null: still). */
export interface Span { readonly validFrom: LocalDate | null; readonly validTo: LocalDate | null }

/** What a change point does to the versions now known: some are corrected away, and stand again cut short; the new ones hold until `until`. */
export interface Cut<S extends Span> { readonly superseded: readonly S[]; readonly shortened: readonly S[]; readonly until: LocalDate | null }

const byDay = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * 变动点: from `from` on something else holds, until the next change already on record. A version that begins on the same day is replaced;
 * one that began earlier ends on that day; later ones stay. All versions of one unit are cut together, so they never overlap.
 */
export function cutAt<S extends Span>(known: readonly S[], from: LocalDate | null): Cut<S> {
  const starts = known.flatMap(({ validFrom }) => (validFrom !== null && (from === null || validFrom > from) ? [validFrom] : [])).toSorted(byDay);
  const until = starts[0] ?? null;
  const covers = (span: S) => (from === null ? span.validFrom === null : (span.validFrom === null || span.validFrom <= from) && (span.validTo === null || span.validTo > from));
  const superseded = known.filter(covers);
  const shortened = superseded.filter((span) => span.validFrom !== from).map((span) => ({ ...span, validTo: from }));
  return { superseded, shortened, until };
}
