import { localDate, type LocalDate } from '#domain/kernel/brand.ts';
import type { Period } from '#domain/kernel/duty.ts';
import { LAST_DAY } from '#domain/kernel/limits.ts';
import { addDays, addMonths } from '#domain/kernel/local-date.ts';
import { dayReason, type WorkingCalendar } from '#domain/kernel/working-calendar.ts';
import type { Explanation } from './log.ts';
import { pausedOn, type Pause } from './pauses.ts';

type DayRun = Extract<Explanation, { kind: 'days' }>;

/** 计日的结果: the days that were counted, in order; fewer than asked for when a stop that has not ended comes first. */
export interface Counted { readonly days: readonly LocalDate[]; readonly runs: readonly DayRun[]; readonly provisional: boolean }

/** 逐日计数: `amount` days after `from`, leaving out days that are stopped and, of working days, those not worked. */
export function countDays(calendar: WorkingCalendar, pauses: readonly Pause[], { from, amount, isWorking }: { from: LocalDate; amount: number; isWorking: boolean }): Counted {
  const days: LocalDate[] = [];
  const runs: DayRun[] = [];
  // After the beginning of a stop that has not ended nothing is counted any more.
  const end = pauses.reduce((first, { from: stop, until }) => (until === null && stop < first ? stop : first), localDate(LAST_DAY));
  for (let on = addDays(from, 1); days.length < amount && on <= end; on = addDays(on, 1)) {
    const paused = pausedOn(pauses, on);
    const day = isWorking ? dayReason(calendar, on) : { counted: true, reason: '自然日' as const, provisional: false };
    const isCounted = paused === undefined && day.counted;
    if (isCounted) days.push(on);
    // A stop that falls on a Sunday took nothing from anybody: the Sunday is what is told.
    const reason = paused !== undefined && day.counted ? paused.cause === 'suspended' ? '中止' as const : '办结' as const : day.reason;
    append(runs, { kind: 'days', from: on, to: on, reason, first: isCounted ? days.length : null, last: isCounted ? days.length : null, provisional: day.provisional });
  }
  return { days, runs, provisional: runs.some(({ provisional }) => provisional) };
}

/** 末日顺延: a last day that is a day off moves to the first day that is not (民法典第二百零三条). */
export function movedDay(calendar: WorkingCalendar, last: LocalDate): { readonly on: LocalDate; readonly provisional: boolean } {
  let on = last;
  let provisional = dayReason(calendar, on).provisional;
  while (!dayReason(calendar, on).counted) {
    on = addDays(on, 1);
    provisional ||= dayReason(calendar, on).provisional;
  }
  return { on, provisional };
}

/** 所在的一期: its first and last day. */
export function periodOf(every: Period, on: LocalDate): { readonly from: LocalDate; readonly to: LocalDate } {
  const months = { month: 1, quarter: 3, year: 12 }[every];
  const month = Number(on.slice(5, 7));
  const first = month - (month - 1) % months;
  const from = localDate(`${on.slice(0, 4)}-${String(first).padStart(2, '0')}-01`);
  return { from, to: addDays(addMonths(from, months), -1) };
}

/** Days alike next to each other are one line. */
function append(runs: DayRun[], day: DayRun): void {
  const before = runs[runs.length - 1];
  const isAlike = before !== undefined && before.reason === day.reason && before.provisional === day.provisional && (before.first === null) === (day.first === null);
  if (isAlike) runs[runs.length - 1] = { ...before, to: day.to, last: day.last };
  else runs.push(day);
}
