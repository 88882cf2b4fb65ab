import { localDate, type LocalDate } from './brand.ts';
import { addDays } from './local-date.ts';
import { holidayNotice2025, holidayNotice2026, type Source } from './rule.ts';
import type { HolidayNotice } from './working-calendar.ts';

/** 2025年放假安排, as published on 2024-11-12. */
export const holidays2025 = notice(2025, '国务院办公厅关于2025年部分节假日安排的通知', holidayNotice2025('全文'), [
  ['2025-01-01', '2025-01-01'],
  ['2025-01-28', '2025-02-04'],
  ['2025-04-04', '2025-04-06'],
  ['2025-05-01', '2025-05-05'],
  ['2025-05-31', '2025-06-02'],
  ['2025-10-01', '2025-10-08'],
], ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11']);

/** 2026年放假安排, as published on 2025-11-04. */
export const holidays2026 = notice(2026, '国务院办公厅关于2026年部分节假日安排的通知', holidayNotice2026('全文'), [
  ['2026-01-01', '2026-01-03'],
  ['2026-02-15', '2026-02-23'],
  ['2026-04-04', '2026-04-06'],
  ['2026-05-01', '2026-05-05'],
  ['2026-06-19', '2026-06-21'],
  ['2026-09-25', '2026-09-27'],
  ['2026-10-01', '2026-10-07'],
], ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']);

/** 已内置的节假日通知: the notices the product comes with; later years are loaded by an officer. */
export const publishedHolidays: readonly HolidayNotice[] = [holidays2025, holidays2026];

function notice(year: number, title: string, source: Source, spans: readonly [string, string][], makeupDays: readonly string[]): HolidayNotice {
  return { year, title, off: spans.flatMap(([first, last]) => span(localDate(first), localDate(last))), makeupDays: makeupDays.map(localDate), source };
}

function span(first: LocalDate, last: LocalDate): LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}
