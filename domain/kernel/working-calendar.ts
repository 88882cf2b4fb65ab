import type { LocalDate } from './brand.ts';
import { fromDay, toDay, weekdayOf, yearOf } from './local-date.ts';
import type { Source } from './rule.ts';

/** 节假日通知: one year's days off and weekend make-up working days, as published. */
export interface HolidayNotice {
  readonly year: number;
  readonly title: string;
  readonly off: readonly LocalDate[];
  readonly makeupDays: readonly LocalDate[];
  readonly source: Source;
}

/** 工作日历: what the loaded notices say together, and for which years. */
export interface WorkingCalendar {
  readonly off: ReadonlySet<LocalDate>;
  readonly makeupDays: ReadonlySet<LocalDate>;
  readonly years: ReadonlySet<number>;
}

/** 逐日说明: one day the count passed, whether it was counted, and why, in Chinese. */
export interface DayReason {
  readonly on: LocalDate;
  readonly counted: boolean;
  readonly reason: '工作日' | '调休上班' | '周末' | '法定节假日放假';
  readonly provisional: boolean;
}

/** 编制工作日历: joins notices into one calendar; a later notice of the same year replaces the earlier. */
export function workingCalendar(notices: readonly HolidayNotice[]): WorkingCalendar {
  const byYear = new Map(notices.map((notice) => [notice.year, notice]));
  const kept = [...byYear.values()];
  return {
    off: new Set(kept.flatMap((notice) => notice.off)),
    makeupDays: new Set(kept.flatMap((notice) => notice.makeupDays)),
    years: new Set(byYear.keys()),
  };
}

/** 是否工作日: by the notices where they speak, else by plain weekday. */
export function isWorkingDay(calendar: WorkingCalendar, on: LocalDate): boolean {
  return dayReason(calendar, on).counted;
}

/** 是否暂定: true when the notice of that day's year is not loaded. */
export function isProvisional(calendar: WorkingCalendar, on: LocalDate): boolean {
  return !calendar.years.has(yearOf(on));
}

/**
 * 工作日期限: the last of `days` working days that follow `from`.
 *
 * `from` is day zero and is not counted (民法典 201). In a year whose notice is not loaded the count goes on by plain
 * weekdays and the answer is marked provisional: the shell stores it so and recomputes it when the notice arrives.
 *
 * @param from local (Asia/Shanghai) date of the event
 * @param days positive whole number of working days
 * @throws RangeError when `days` is not a positive whole number up to 10,000
 */
export function workingDaysAfter(calendar: WorkingCalendar, from: LocalDate, days: number): { on: LocalDate; provisional: boolean } {
  const passed = explainWorkingDays(calendar, from, days);
  // Proof: days ≥ 1, so at least one day was passed.
  const last = passed[passed.length - 1]!;
  return { on: last.on, provisional: passed.some((day) => day.provisional) };
}

/** 期限说明: every day from the day after `from` to the due day, each counted or skipped with its reason. @throws RangeError as `workingDaysAfter` */
export function explainWorkingDays(calendar: WorkingCalendar, from: LocalDate, days: number): DayReason[] {
  if (!Number.isInteger(days) || days < 1 || days > 10_000) throw new RangeError(`not a count of working days: ${days}`);
  const passed: DayReason[] = [];
  let day = toDay(from);
  for (let left = days; left > 0; ) {
    day += 1;
    const reason = dayReason(calendar, fromDay(day));
    if (reason.counted) left -= 1;
    passed.push(reason);
  }
  return passed;
}

/** 当日性质: is this one day worked, and why? */
export function dayReason(calendar: WorkingCalendar, on: LocalDate): DayReason {
  const provisional = isProvisional(calendar, on);
  if (calendar.makeupDays.has(on)) return { on, counted: true, reason: '调休上班', provisional };
  if (calendar.off.has(on)) return { on, counted: false, reason: '法定节假日放假', provisional };
  if (weekdayOf(on) >= 6) return { on, counted: false, reason: '周末', provisional };
  return { on, counted: true, reason: '工作日', provisional };
}
