import type { Instant } from '#domain/kernel/brand.ts';
import type { Rung } from '#domain/kernel/duty.ts';
import { addDays, epochOf, instantOf, startOfDay } from '#domain/kernel/local-date.ts';
import { workingDaysAfter, type WorkingCalendar } from '#domain/kernel/working-calendar.ts';
import type { Standing } from './clock.ts';

/** 提醒的一级及其时刻. */
export interface DatedRung { readonly rung: Rung; readonly at: Instant }

/**
 * 提醒的时刻, in order: a warning when the day begins in which its share of the time is passed (70 % of ten days: the eighth), overdue when the due day
 * is over, and again so many working days after it. None while no day is due.
 */
export function rungsAt(ladder: readonly Rung[], reading: Pick<Standing, 'counted' | 'dueOn' | 'dueAt' | 'endsAt' | 'openedAt'>, calendar: WorkingCalendar): DatedRung[] {
  return ladder.flatMap((rung): DatedRung[] => {
    const at = momentOf(rung, reading, calendar);
    return at === null ? [] : [{ rung, at }];
  }).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** 下一级: the earliest rung not yet climbed. */
export function nextRung(dated: readonly DatedRung[], climbed: ReadonlySet<string>): DatedRung | null {
  return dated.find(({ rung }) => !climbed.has(rung.key)) ?? null;
}

function momentOf(rung: Rung, { counted, dueOn, dueAt, endsAt, openedAt }: Pick<Standing, 'counted' | 'dueOn' | 'dueAt' | 'endsAt' | 'openedAt'>, calendar: WorkingCalendar): Instant | null {
  if (endsAt === null || dueOn === null) return null;
  switch (rung.kind) {
    case 'begins': return openedAt;
    case 'overdue': return endsAt;
    case 'again': return startOfDay(addDays(workingDaysAfter(calendar, dueOn, rung.days).on, 1));
    case 'warn': {
      if (dueAt !== null) return instantOf(epochOf(openedAt) + Math.floor((epochOf(dueAt) - epochOf(openedAt)) * rung.percent / 100));
      const day = counted[Math.floor(counted.length * rung.percent / 100)];
      return day === undefined ? startOfDay(dueOn) : startOfDay(day);
    }
  }
}
