import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant, localDate } from './brand.ts';
import { addDays, addMonths, dateText, daysBetween, epochOf, fromDay, instantOf, monthOf, toDay, todayIn, weekdayOf } from './local-date.ts';

const day = fc.integer({ min: -200_000, max: 200_000 }).map(fromDay);

describe('local dates', () => {
  test.each([['2025-01-31', 1, '2025-02-28'], ['2024-01-31', 1, '2024-02-29'], ['2025-12-15', 1, '2026-01-15'], ['2025-01-15', -1, '2024-12-15'], ['2024-02-29', 12, '2025-02-28'], ['2025-06-30', 60, '2030-06-30']])(
    '%s and %d months is %s', (from, months, to) => {
      expect(addMonths(localDate(from), months)).toBe(to);
    });

  test('today is the day in Shanghai: it begins at 16:00 UTC', () => {
    expect(todayIn(instant('2025-06-29T15:59:59.999Z'))).toBe('2025-06-29');
    expect(todayIn(instant('2025-06-29T16:00:00.000Z'))).toBe('2025-06-30');
  });

  test('2025-06-30 was a Monday, written as offices write it', () => {
    expect([weekdayOf(localDate('2025-06-30')), weekdayOf(localDate('2025-06-29')), dateText(localDate('2025-06-05')), monthOf(localDate('2025-06-05'))]).toEqual([1, 7, '2025年6月5日', '2025-06']);
  });

  test('days go there and back, and order as text like they order in time', () => {
    fc.assert(fc.property(day, day, fc.integer({ min: -5_000, max: 5_000 }), (a, b, n) => {
      expect(fromDay(toDay(a))).toBe(a);
      expect(daysBetween(a, addDays(a, n))).toBe(n);
      expect(a < b).toBe(toDay(a) < toDay(b));
      expect(weekdayOf(addDays(a, 7))).toBe(weekdayOf(a));
    }));
  });

  test('instants go there and back', () => {
    expect(epochOf(instantOf(1_751_212_800_123))).toBe(1_751_212_800_123);
  });
});
