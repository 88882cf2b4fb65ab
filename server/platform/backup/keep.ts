import type { Instant } from '#domain/kernel/brand.ts';
import { addDays, todayIn, weekdayOf } from '#domain/kernel/local-date.ts';

/** 保留份数: the newest of each of the last so many days, weeks (from Monday) and months that have one. */
export interface KeepRule { readonly daily: number; readonly weekly: number; readonly monthly: number }

/** 留下哪些: of archives by the instants they were made, those a rule keeps. The newest is always kept. */
export function kept<T extends { readonly madeAt: Instant }>(archives: readonly T[], rule: KeepRule): ReadonlySet<T> {
  const newestFirst = archives.toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : a.madeAt > b.madeAt ? -1 : 0));
  const keep = new Set<T>(newestFirst.slice(0, 1));
  const spans: readonly [number, (at: Instant) => string][] = [
    [rule.daily, (at) => todayIn(at)],
    [rule.weekly, (at) => addDays(todayIn(at), 1 - weekdayOf(todayIn(at)))],
    [rule.monthly, (at) => todayIn(at).slice(0, 7)],
  ];
  for (const [most, spanOf] of spans) {
    const seen = new Set<string>();
    for (const archive of newestFirst) {
      const span = spanOf(archive.madeAt);
      if (seen.has(span) || seen.size >= most) continue;
      seen.add(span);
      keep.add(archive);
    }
  }
  return keep;
}
