import { describe, expect, test } from 'vitest';
import { instant, localDate } from '#domain/kernel/brand.ts';
import { eachPeriod, given, hours, naturalDays, workingDays, type Counting } from '#domain/kernel/duty.ts';
import { workingCalendar } from '#domain/kernel/working-calendar.ts';
import { clock } from './clock.ts';
import { explain } from './explain.ts';
import { rungsAt } from './ladder.ts';
import { daysOf, groundsWith, happened, sampleDuty } from './testing/duties.ts';
import type { DutyEvent } from './log.ts';

const grounds = groundsWith();
const working = (days: number) => sampleDuty(workingDays(daysOf(days)));
const read = (due: Counting<unknown>, ...log: DutyEvent[]) => clock(sampleDuty(due), null, log, grounds);
const dueOf = (days: number, ...log: DutyEvent[]) => clock(working(days), null, log, grounds).dueOn;

describe('working days', () => {
  test.each([['2025-09-26', '2025-09-30'], ['2025-09-30', '2025-10-11'], ['2026-02-13', '2026-02-25'], ['2026-09-18', '2026-09-22']])('three working days from receipt on %s end on %s', (from, due) => {
    expect(dueOf(3, happened('opened', from))).toBe(due);
  });

  test('the moment it ends is the end of the due day in China', () => {
    expect(read(workingDays(daysOf(3)), happened('opened', '2026-02-13')).endsAt).toBe('2026-02-25T16:00:00.000Z');
  });

  test('a stop moves the due day by the working days it covered; the day it runs again is not counted', () => {
    const opened = happened('opened', '2026-03-02');
    expect(dueOf(5, opened)).toBe('2026-03-09');
    expect(dueOf(5, opened, happened('suspended', '2026-03-04'), happened('resumed', '2026-03-05'))).toBe('2026-03-10');
    expect(dueOf(5, opened, happened('suspended', '2026-03-06'), happened('resumed', '2026-03-09'))).toBe('2026-03-10');
    expect(dueOf(5, opened, happened('suspended', '2026-03-06'), happened('resumed', '2026-03-08'))).toBe('2026-03-09');
  });

  test('while it stands still no day is due, unless the time was used up before', () => {
    const opened = happened('opened', '2026-03-02');
    expect(read(workingDays(daysOf(5)), opened, happened('suspended', '2026-03-04'))).toMatchObject({ state: 'suspended', dueOn: null, endsAt: null, counted: ['2026-03-03', '2026-03-04'] });
    expect(read(workingDays(daysOf(2)), opened, happened('suspended', '2026-03-06'))).toMatchObject({ state: 'suspended', dueOn: '2026-03-04' });
  });

  test('a stop with a limit runs on by itself, and its latest day is known from the beginning', () => {
    const log = [happened('opened', '2026-03-02'), happened('suspended', '2026-03-03', { event: 'sent' })];
    const during = clock(working(5), null, log, groundsWith([], '2026-03-10'));
    expect(during).toMatchObject({ state: 'suspended', resumesOn: '2026-03-13', dueOn: '2026-03-19' });
    expect(clock(working(5), null, log, groundsWith([], '2026-03-14'))).toMatchObject({ state: 'open', resumesOn: null, dueOn: '2026-03-19' });
    expect(clock(working(5), null, [...log, happened('resumed', '2026-03-20')], grounds)).toMatchObject({ state: 'open', dueOn: '2026-03-19' });
  });

  test('a ground that the duty does not list stops nothing', () => {
    expect(dueOf(3, happened('opened', '2026-03-02'), happened('suspended', '2026-03-03', { event: 'busy' }))).toBe('2026-03-05');
  });

  test('the first extension counts and a second does not, whichever arrived first', () => {
    const [opened, first, second] = [happened('opened', '2026-03-02'), happened('extended', '2026-03-03'), happened('extended', '2026-03-04')];
    expect(dueOf(3, opened, first)).toBe('2026-03-12');
    expect(dueOf(3, second, first, opened)).toBe('2026-03-12');
    expect(read(workingDays(daysOf(3)), opened, first, second).lines.filter(({ kind }) => kind === 'extension-refused')).toHaveLength(1);
  });

  test('taken back after it was done, the clock counts on from where it stood', () => {
    const [opened, done] = [happened('opened', '2026-03-02'), happened('discharged', '2026-03-04')];
    expect(read(workingDays(daysOf(5)), opened, done)).toMatchObject({ state: 'discharged', endedOn: '2026-03-04', isLate: false, dueOn: '2026-03-09' });
    expect(read(workingDays(daysOf(5)), opened, done, happened('reopened', '2026-03-10'))).toMatchObject({ state: 'open', endedOn: null, dueOn: '2026-03-13' });
    expect(dueOf(5, opened, done, happened('reopened', '2026-03-04', { at: instant('2026-03-04T08:00:00.000Z') }))).toBe('2026-03-09');
  });

  test('done after the due day is late; what ended for good is not taken back', () => {
    expect(read(workingDays(daysOf(1)), happened('opened', '2026-03-02'), happened('discharged', '2026-03-04'))).toMatchObject({ isLate: true });
    expect(read(workingDays(daysOf(1)), happened('opened', '2026-03-02'), happened('waived', '2026-03-03'), happened('reopened', '2026-03-04'))).toMatchObject({ state: 'waived' });
  });

  test('the days are those of the parameter in force on the day of the act', () => {
    const county = groundsWith([{ parameterId: 'sample.days', from: localDate('2026-03-05'), until: null, value: 2, basis: '县政办〔2026〕3号' }]);
    expect(clock(working(5), null, [happened('opened', '2026-03-04')], county).dueOn).toBe('2026-03-11');
    expect(clock(working(5), null, [happened('opened', '2026-03-05')], county).dueOn).toBe('2026-03-09');
  });

  test('past the last notice the day is provisional, and firm when the notice has come', () => {
    const opened = happened('opened', '2026-12-30');
    expect(read(workingDays(daysOf(3)), opened)).toMatchObject({ dueOn: '2027-01-04', provisional: true });
    const year = { year: 2027, title: '2027', off: ['2027-01-01', '2027-01-04'].map(localDate), makeupDays: [localDate('2027-01-02')], source: { id: 'house' as const, clause: '' } };
    const loaded = { ...grounds, calendar: { ...workingCalendar([year]), years: new Set([2026, 2027]) } };
    expect(clock(working(3), null, [opened], loaded)).toMatchObject({ dueOn: '2027-01-05', provisional: false });
  });
});

describe('other ways of counting', () => {
  test('natural days count every day; a last day off moves to the first day after it', () => {
    const due = (from: string, days: number) => read(naturalDays(daysOf(days)), happened('opened', from)).dueOn;
    expect(due('2026-09-01', 30)).toBe('2026-10-08');
    expect(due('2026-09-01', 10)).toBe('2026-09-11');
    expect(due('2026-09-15', 5)).toBe('2026-09-20');
    expect(due('2026-03-02', 5)).toBe('2026-03-09');
  });

  test('a notice not loaded matters to natural days only where it may move the last one', () => {
    expect(read(naturalDays(daysOf(30)), happened('opened', '2026-12-20'))).toMatchObject({ dueOn: '2027-01-19', provisional: true });
    expect(read(naturalDays(daysOf(5)), happened('opened', '2026-12-20'))).toMatchObject({ dueOn: '2026-12-25', provisional: false });
  });

  test('hours run from the minute, over night and holiday, and stand still while stopped', () => {
    const opened = happened('opened', '2026-10-01', { at: instant('2026-10-01T14:30:00.000Z') });
    expect(read(hours(daysOf(2)), opened)).toMatchObject({ dueOn: '2026-10-02', dueAt: '2026-10-01T16:30:00.000Z', endsAt: '2026-10-01T16:30:00.000Z' });
    const [stop, go] = [happened('suspended', '2026-10-01', { at: instant('2026-10-01T15:00:00.000Z') }), happened('resumed', '2026-10-01', { at: instant('2026-10-01T15:45:00.000Z') })];
    expect(read(hours(daysOf(2)), opened, stop, go).dueAt).toBe('2026-10-01T17:15:00.000Z');
    expect(read(hours(daysOf(2)), opened, stop).dueAt).toBeNull();
  });

  test('a given deadline stands whatever stops, until it is told anew', () => {
    const due = given<unknown>(() => localDate('2026-03-20'));
    const opened = happened('opened', '2026-03-02');
    expect(read(due, opened, happened('suspended', '2026-03-03')).dueOn).toBe('2026-03-20');
    expect(read(due, opened, happened('restated', '2026-03-10', { dueOn: localDate('2026-03-31') })).dueOn).toBe('2026-03-31');
  });

  test('a yearly duty of two acts is done with the second, and due on the last day of the year', () => {
    const due = eachPeriod<unknown>('year', 0, daysOf(2, 'sample.times'));
    const opened = happened('opened', '2026-01-01');
    expect(read(due, opened, happened('discharged', '2026-05-01'))).toMatchObject({ state: 'open', dueOn: '2026-12-31', periodEndsOn: '2026-12-31' });
    expect(read(due, opened, happened('discharged', '2026-05-01'), happened('discharged', '2026-11-01'))).toMatchObject({ state: 'discharged', endedOn: '2026-11-01' });
    expect(read(eachPeriod('quarter', 15), happened('opened', '2026-05-10'))).toMatchObject({ dueOn: '2026-07-15', periodEndsOn: '2026-06-30' });
    expect(read(eachPeriod('month', 5), happened('opened', '2026-12-10'))).toMatchObject({ dueOn: '2027-01-05', periodEndsOn: '2026-12-31' });
  });
});

describe('rungs', () => {
  const ladder = working(10).ladder;
  const at = (days: number) => {
    const reading = read(workingDays(daysOf(days)), happened('opened', '2026-03-02'));
    return rungsAt(ladder, reading, grounds.calendar).map(({ rung, at: moment }) => [rung.kind, moment]);
  };

  test('the warning comes on the morning of the day in which 70 % of the time is passed', () => {
    expect(at(10)).toEqual([['warn', '2026-03-11T16:00:00.000Z'], ['overdue', '2026-03-16T16:00:00.000Z']]);
    expect(at(1)).toEqual([['warn', '2026-03-02T16:00:00.000Z'], ['overdue', '2026-03-03T16:00:00.000Z']]);
    expect(at(3)[0]).toEqual(['warn', '2026-03-04T16:00:00.000Z']);
  });
});

describe('为什么是这一天', () => {
  const text = (...log: DutyEvent[]) => explain(clock(working(3), null, log, grounds).lines).map((line) => line.text);

  test('a complaint received before the Spring Festival of 2026', () => {
    expect(text(happened('opened', '2026-02-13'))).toEqual([
      '2026年2月13日（星期五）收到，当日不计。',
      '按“办理天数”计3个工作日，自2020年1月1日起适用。',
      '2月14日（星期六）：调休上班，第1日。',
      '2月15日至2月23日：法定节假日放假，不计。',
      '2月24日至2月25日：工作日，第2日至第3日。',
      '期限届满日：2026年2月25日（星期三），当日24时止。',
    ]);
  });

  test('who extended it, for how long and why; what was stopped and on which ground', () => {
    const lines = text(happened('opened', '2026-03-02'), happened('suspended', '2026-03-03'), happened('resumed', '2026-03-05'), happened('extended', '2026-03-06', { byName: '王敏', reason: '需要现场检测' }));
    expect(lines).toContain('3月4日至3月5日：中止期间，不计。');
    expect(lines).toContain('2026年3月3日因要求补充材料中止，2026年3月5日恢复，恢复当日不计。');
    expect(lines).toContain('2026年3月6日王敏批准延期5个工作日，理由：需要现场检测。');
    expect(lines.at(-1)).toBe('期限届满日：2026年3月16日（星期一），当日24时止。');
  });
});
