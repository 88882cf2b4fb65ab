import { describe, expect, test } from 'vitest';
import { instant } from '#domain/kernel/brand.ts';
import { given, naturalDays, workingDays } from '#domain/kernel/duty.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { daysOf, groundsWith, happened, sampleDuty } from './testing/duties.ts';
import { whatIf } from './what-if.ts';

const grounds = groundsWith();
const now = instant('2026-03-20T00:00:00.000Z');
const ask = (value: number, due = workingDays<unknown>(daysOf(3)), parameterId = 'sample.days') => whatIf(sampleDuty(due), null, [happened('opened', '2026-03-02'), happened('discharged', '2026-03-06')], { grounds, parameterId, value, now });

describe('what if the number had been another', () => {
  test('what was late would have been in time with more days, and what was in time late with fewer', () => {
    expect(ask(5)).toEqual({ dueOn: '2026-03-05', isLate: true, dueOnThen: '2026-03-09', isLateThen: false });
    expect(ask(1, naturalDays(daysOf(10)))).toEqual({ dueOn: '2026-03-12', isLate: false, dueOnThen: '2026-03-03', isLateThen: true });
  });
  test('a duty that does not rest on the parameter, or a number the parameter does not take, says nothing', () => {
    expect([ask(5, workingDays(daysOf(3, 'sample.other'))), ask(5, given(() => localDate('2026-03-05'))), ask(100_000)]).toEqual([null, null, null]);
  });
  test('what is still open counts as late once its end is past', () => {
    expect(whatIf(sampleDuty(workingDays(daysOf(3))), null, [happened('opened', '2026-03-02')], { grounds, parameterId: 'sample.days', value: 60, now })).toMatchObject({ isLate: true, isLateThen: false });
  });
});
