import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { publishedHolidays } from '#domain/kernel/holidays.ts';
import { isOver, periodComplete, untilOf } from './period.ts';
import { isWorkingDay, workingCalendar } from '#domain/kernel/working-calendar.ts';

const holidays2026 = workingCalendar(publishedHolidays);
const on = localDate('2026-11-20');

test.each([
  ['natural', 7, '2026-11-27'], ['natural', 1, '2026-11-23'], ['natural', 2, '2026-11-23'], ['natural', 3, '2026-11-23'], ['working', 1, '2026-11-23'], ['working', 5, '2026-11-27'],
] as const)('%s %i days from a Friday end on %s', (kind, days, end) => {
  expect(untilOf({ kind, days, until: null }, on, holidays2026).on).toBe(end);
});

test('the words say how it was counted', () => {
  expect(untilOf({ kind: 'natural', days: 1, until: null }, on, holidays2026).words).toBe('自2026年11月20日发布，发布当日不计入，自次日起算1日；第1日2026年11月21日是休息日，顺延到其后第一个工作日，到2026年11月23日（含当日）');
  expect(untilOf({ kind: 'none', days: null, until: null }, on, holidays2026)).toMatchObject({ on: null, isProvisional: false });
  expect(untilOf({ kind: 'until', days: null, until: localDate('2026-12-31') }, on, holidays2026).on).toBe('2026-12-31');
  expect(untilOf({ kind: 'working', days: 60, until: null }, on, holidays2026)).toMatchObject({ isProvisional: true });
});

test('a period never ends before its days are over, nor on a day off, and the last day still counts', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 40 }), (shift, days) => {
    const begin = addDays(localDate('2026-01-01'), shift);
    const end = untilOf({ kind: 'natural', days, until: null }, begin, holidays2026).on;
    expect(end).not.toBeNull();
    if (end === null) return;
    expect(end >= addDays(begin, days)).toBe(true);
    expect(isWorkingDay(holidays2026, end)).toBe(true);
    expect([isOver(end, end), isOver(end, addDays(end, 1))]).toEqual([false, true]);
  }));
});

test.each([[{ kind: 'natural', days: null, until: null }, 1], [{ kind: 'working', days: 366, until: null }, 1], [{ kind: 'until', days: null, until: null }, 1], [{ kind: 'until', days: null, until: on }, 1], [{ kind: 'until', days: null, until: localDate('2026-11-21') }, 0], [{ kind: 'none', days: null, until: null }, 0]] as const)('%j breaks %i rules', (period, count) => {
  expect(periodComplete.check({ ...period, on })).toHaveLength(count);
});
