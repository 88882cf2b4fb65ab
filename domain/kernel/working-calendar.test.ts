import * as chineseDays from 'chinese-days';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDate } from './brand.ts';
import { holidays2025, holidays2026, publishedHolidays } from './holidays.ts';
import { addDays, fromDay, toDay } from './local-date.ts';
import { explainWorkingDays, isWorkingDay, workingCalendar, workingDaysAfter } from './working-calendar.ts';

const calendar = workingCalendar(publishedHolidays);

describe('workingDaysAfter', () => {
  test.each([['2025-09-26', '2025-09-30'], ['2025-09-30', '2025-10-11'], ['2026-02-13', '2026-02-25'], ['2026-09-18', '2026-09-22']])('three working days after %s end on %s', (from, due) => {
    expect(workingDaysAfter(calendar, localDate(from), 3)).toEqual({ on: due, provisional: false });
  });

  test('a count that crosses into a year without a notice is provisional', () => {
    expect(workingDaysAfter(calendar, localDate('2026-12-30'), 1)).toEqual({ on: '2026-12-31', provisional: false });
    expect(workingDaysAfter(calendar, localDate('2026-12-31'), 1)).toEqual({ on: '2027-01-01', provisional: true });
    expect(workingDaysAfter(calendar, localDate('2026-12-30'), 2)).toEqual({ on: '2027-01-01', provisional: true });
  });

  test('every day passed is explained', () => {
    expect(explainWorkingDays(calendar, localDate('2025-09-26'), 1)).toEqual([
      { on: '2025-09-27', counted: false, reason: '周末', provisional: false },
      { on: '2025-09-28', counted: true, reason: '调休上班', provisional: false },
    ]);
    expect(explainWorkingDays(calendar, localDate('2025-09-30'), 1).map(({ reason }) => reason)).toEqual([...Array.from({ length: 8 }, () => '法定节假日放假'), '工作日']);
  });

  test('zero, negative, fractional and absurd counts are refused', () => {
    expect(explainWorkingDays(calendar, localDate('2025-01-01'), 10_000).filter(({ counted }) => counted)).toHaveLength(10_000);
    for (const days of [0, -1, 1.5, 10_001]) expect(() => workingDaysAfter(calendar, localDate('2025-01-01'), days)).toThrow(RangeError);
  });

  test('the due day is a working day, n of them lie after the start, and one more day is later', () => {
    fc.assert(fc.property(fc.integer({ min: toDay(localDate('2025-01-01')), max: toDay(localDate('2027-06-30')) }).map(fromDay), fc.integer({ min: 1, max: 40 }), (from, days) => {
      const { on } = workingDaysAfter(calendar, from, days);
      expect(isWorkingDay(calendar, on)).toBe(true);
      expect(explainWorkingDays(calendar, from, days).filter(({ counted }) => counted)).toHaveLength(days);
      expect(workingDaysAfter(calendar, from, days + 1).on > on).toBe(true);
      expect(workingDaysAfter(calendar, on, 1).on).toBe(workingDaysAfter(calendar, from, days + 1).on);
    }));
  });
});

describe('published holidays', () => {
  test.each([[2025, 28, 5, holidays2025], [2026, 33, 6, holidays2026]])('%d has %d days off and %d make-up days, all of that year', (year, off, makeup, notice) => {
    expect([new Set(notice.off).size, new Set(notice.makeupDays).size]).toEqual([off, makeup]);
    expect([...notice.off, ...notice.makeupDays].every((day) => day.startsWith(`${year}-`))).toBe(true);
  });

  test.each([2025, 2026])('every day of %d agrees with an independent calendar', (year) => {
    const apart: string[] = [];
    let days = 0;
    for (let day = localDate(`${year}-01-01`); day <= `${year}-12-31`; day = addDays(day, 1)) {
      days += 1;
      if (chineseDays.isWorkday(day) !== isWorkingDay(calendar, day)) apart.push(day);
    }
    expect([days, apart]).toEqual([365, []]);
  });

  test('a later notice of the same year replaces the earlier', () => {
    const corrected = workingCalendar([holidays2025, { ...holidays2025, off: [], makeupDays: [] }]);
    expect(isWorkingDay(corrected, localDate('2025-10-01'))).toBe(true);
  });
});
