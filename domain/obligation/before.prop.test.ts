import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant, localDate, type LocalDate } from '#domain/kernel/brand.ts';
import { begins, daysBefore, monthsBefore, overdue, warnAt } from '#domain/kernel/duty.ts';
import { addDays, daysBetween, fromDay, startOfDay, toDay } from '#domain/kernel/local-date.ts';
import { clock } from './clock.ts';
import { explain } from './explain.ts';
import { rungsAt } from './ladder.ts';
import type { DutyEvent } from './log.ts';
import { daysOf, groundsWith, happened, sampleDuty } from './testing/duties.ts';

const grounds = groundsWith();
const ladder = [begins(), warnAt(70), overdue()];
const duty = (ahead: number, doneAhead: number | null = null) => sampleDuty(daysBefore((date: unknown) => localDate(String(date)), daysOf(ahead, 'sample.ahead'), doneAhead === null ? null : daysOf(doneAhead, 'sample.done')), { ladder });
const toldOn = (kind: 'opened' | 'restated', on: string, date: string): DutyEvent => happened(kind, on, { dueOn: localDate(date), id: date });
const read = (ahead: number, log: readonly DutyEvent[], doneAhead: number | null = null) => clock(duty(ahead, doneAhead), '2027-03-31', log, grounds);

const FIRST = toDay(localDate('2025-01-02'));
const tellings = fc.array(fc.record({ after: fc.integer({ min: 0, max: 400 }), date: fc.integer({ min: 0, max: 900 }) }), { minLength: 1, maxLength: 6 });
const ahead = fc.integer({ min: 1, max: 365 });
const logOf = (all: readonly { after: number; date: number }[], opener: number): DutyEvent[] => all.map(({ after, date }, at) => {
  const on = fromDay(FIRST + after);
  return happened(at === opener ? 'opened' : 'restated', on, { id: String(at), at: instant(`${on}T02:00:0${at}.000Z`), dueOn: fromDay(FIRST + date) });
});

describe('a duty before a date', () => {
  test('begins so many days before the day, is due on the day itself, and on neither side of it', () => {
    const standing = read(90, [toldOn('opened', '2026-01-01', '2027-03-31')]);
    expect(standing).toMatchObject({ openedOn: '2026-12-31', dueOn: '2027-03-31', endsAt: startOfDay(localDate('2027-04-01')), state: 'open' });
    expect(rungsAt(ladder, standing, grounds.calendar).map(({ rung, at }) => [rung.key, at])).toEqual([['begins', startOfDay(localDate('2026-12-31'))], ['warn-70', startOfDay(localDate('2027-03-05'))], ['overdue', startOfDay(localDate('2027-04-01'))]]);
    const late = (on: string, at: string) => clock(duty(90), null, [toldOn('opened', '2026-01-01', '2027-03-31'), happened('discharged', on, { at: instant(at) })], grounds).isLate;
    expect([late('2027-03-31', '2027-03-31T15:59:59.000Z'), late('2027-04-01', '2027-03-31T16:00:00.000Z')]).toEqual([false, true]);
  });

  test('by months it begins on the corresponding day, where there is none on that month’s last', () => {
    const months = sampleDuty(monthsBefore(() => localDate('2027-05-31'), daysOf(3)));
    expect(clock(months, null, [toldOn('opened', '2026-01-01', '2027-05-31')], grounds).openedOn).toBe('2027-02-28');
  });

  test('what must be done ahead of the day is due so many days before it', () => {
    expect(read(120, [toldOn('opened', '2026-01-01', '2027-03-31')], 90)).toMatchObject({ openedOn: '2026-12-01', dueOn: '2026-12-31' });
  });

  test('told when less is left, it begins on the day on which it was told, and its warning lies in what is left', () => {
    const standing = read(90, [toldOn('opened', '2027-03-21', '2027-03-31')]);
    expect(standing).toMatchObject({ openedOn: '2027-03-21', dueOn: '2027-03-31' });
    expect(rungsAt(ladder, standing, grounds.calendar)[1]).toMatchObject({ at: startOfDay(localDate('2027-03-29')) });
  });

  test('gives the same day whatever the order of arrival, and whichever telling it was that opened it', () => {
    fc.assert(fc.property(tellings, ahead, fc.nat(), fc.nat(), fc.infiniteStream(fc.nat()), (all, days, one, other, keys) => {
      const { lines: _, ...first } = read(days, logOf(all, one % all.length));
      const log = logOf(all, other % all.length).map((event) => ({ event, key: keys.next().value })).toSorted((a, b) => Number(a.key) - Number(b.key)).map(({ event }) => event);
      expect(read(days, log)).toMatchObject(first);
    }), { numRuns: 300 });
  });

  test('the last telling counts: it is due on that day, and begins exactly so many days before it, or on the day of the first telling', () => {
    fc.assert(fc.property(tellings, ahead, (all, days) => {
      const log = logOf(all, 0);
      const last = log.toSorted((a, b) => (a.on === b.on ? (a.at < b.at ? -1 : 1) : a.on < b.on ? -1 : 1)).at(-1);
      const first = log.reduce<LocalDate>((earliest, { on }) => (on < earliest ? on : earliest), localDate('2099-12-31'));
      const { dueOn, openedOn } = read(days, log);
      expect(dueOn).toBe(last?.dueOn);
      expect(openedOn === first || daysBetween(openedOn, dueOn ?? openedOn) === days).toBe(true);
      expect(openedOn >= first).toBe(true);
    }), { numRuns: 300 });
  });

  test('no stop and no handing on moves it', () => {
    const log = [toldOn('opened', '2026-01-01', '2027-03-31'), happened('suspended', '2027-01-05'), happened('reassigned', '2027-01-06'), happened('resumed', '2027-02-05')];
    expect(read(90, log)).toMatchObject({ openedOn: '2026-12-31', dueOn: '2027-03-31' });
    expect(addDays(localDate('2027-03-31'), -90)).toBe('2026-12-31');
  });

  test('says why it is this day: what was recorded, how long before, until when, and that it was mended', () => {
    expect(explain(read(90, [toldOn('opened', '2026-01-01', '2027-03-31')]).lines).map(({ text }) => text)).toEqual([
      '2026年1月1日（星期四）登记了到期日。', '登记的到期日是2027年3月31日；按“办理天数”提前90天，自2026年12月31日起办理，到期当日为止。', '期限届满日：2027年3月31日（星期三），当日24时止。',
    ]);
    expect(explain(read(90, [toldOn('opened', '2026-01-01', '2027-03-31'), toldOn('restated', '2026-02-01', '2027-06-30')], 30).lines)[1]?.text).toBe('登记的到期日是2027年6月30日（2026年2月1日更正登记，以更正后的为准）；按“办理天数”提前90天，自2027年4月1日起办理，按“办理天数”应在到期前30天、即2027年5月31日以前完成。');
  });
});
