import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant, localDate } from '#domain/kernel/brand.ts';
import { hours, naturalDays, workingDays, type Counting } from '#domain/kernel/duty.ts';
import { fromDay, toDay } from '#domain/kernel/local-date.ts';
import { clock, type Standing } from './clock.ts';
import type { DutyEvent, DutyEventKind } from './log.ts';
import { daysOf, groundsWith, happened, sampleDuty } from './testing/duties.ts';

const grounds = groundsWith();
const FIRST = toDay(localDate('2025-01-02'));
const day = fc.integer({ min: 1, max: 120 });
const amount = fc.integer({ min: 1, max: 30 });
const counting = fc.tuple(fc.constantFrom(workingDays<unknown>, naturalDays<unknown>, hours<unknown>), amount).map(([make, days]): Counting<unknown> => make(daysOf(days)));

/** An event so many days after the opening, at some minute of the working day. */
const eventOf = (kinds: readonly DutyEventKind[]) => fc.record({ kind: fc.constantFrom(...kinds), after: day, minute: fc.integer({ min: 0, max: 479 }), source: fc.constantFrom('asked', 'sent'), id: fc.uuid() });
interface Draft { kind: DutyEventKind; after: number; minute: number; source: string; id: string }
const opened = (start: number): DutyEvent => happened('opened', fromDay(start));
const built = (start: number, drafts: readonly Draft[]): DutyEvent[] => [opened(start), ...drafts.map(({ kind, after, minute, source, id }) => {
  const on = fromDay(start + after);
  const at = instant(`${on}T0${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}:00.000Z`);
  return happened(kind, on, { id, at, ...(kind === 'suspended' ? { event: source } : {}) });
})];
const start = fc.integer({ min: FIRST, max: FIRST + 540 });
const anything = fc.array(eventOf(['suspended', 'resumed', 'extended', 'reassigned', 'discharged', 'reopened']), { maxLength: 12 });
const read = (due: Counting<unknown>, log: readonly DutyEvent[]): Standing => clock(sampleDuty(due), null, log, grounds);
/** Nothing due is later than any day. */
const end = ({ endsAt }: Standing) => endsAt ?? '9999';

describe('the clock', () => {
  test('gives the same day and the same reasons whatever the order of arrival', () => {
    fc.assert(fc.property(start, counting, anything, fc.infiniteStream(fc.nat()), (from, due, drafts, keys) => {
      const log = built(from, drafts);
      const shuffled = log.map((event) => ({ event, key: keys.next().value })).toSorted((a, b) => Number(a.key) - Number(b.key)).map(({ event }) => event);
      expect(read(due, shuffled)).toEqual(read(due, log));
    }));
  });

  test('one more stop never brings the end nearer', () => {
    fc.assert(fc.property(start, counting, anything, eventOf(['suspended']), (from, due, drafts, more) => {
      expect(end(read(due, built(from, [...drafts, more]))) >= end(read(due, built(from, drafts)))).toBe(true);
    }), { numRuns: 400 });
  });

  test('one more resumption never puts the end off', () => {
    fc.assert(fc.property(start, counting, anything, eventOf(['resumed']), (from, due, drafts, more) => {
      expect(end(read(due, built(from, [...drafts, more]))) <= end(read(due, built(from, drafts)))).toBe(true);
    }), { numRuns: 400 });
  });

  test('one day or hour more is never due earlier', () => {
    fc.assert(fc.property(start, amount, anything, fc.constantFrom(workingDays<unknown>, naturalDays<unknown>, hours<unknown>), (from, days, drafts, make) => {
      const log = built(from, drafts);
      expect(end(read(make(daysOf(days + 1)), log)) >= end(read(make(daysOf(days)), log))).toBe(true);
    }));
  });

  test('handing it on, once or often, neither gives nor takes a day', () => {
    fc.assert(fc.property(start, counting, anything, fc.array(eventOf(['reassigned']), { maxLength: 5 }), (from, due, drafts, more) => {
      const { lines: _, ...without } = read(due, built(from, drafts));
      expect(read(due, built(from, [...drafts, ...more]))).toMatchObject(without);
    }));
  });

  test('a stop taken back on the same day changes nothing, of counted days', () => {
    fc.assert(fc.property(start, amount, day, fc.constantFrom(workingDays<unknown>, naturalDays<unknown>), (from, days, after, make) => {
      const on = fromDay(from + after);
      const pair = [happened('suspended', on), happened('resumed', on, { at: instant(`${on}T03:00:00.000Z`) })];
      expect(read(make(daysOf(days)), [opened(from), ...pair]).dueOn).toBe(read(make(daysOf(days)), [opened(from)]).dueOn);
    }));
  });

  test('done and taken back on the same day, any number of times, changes nothing; taken back later gives exactly the days in between', () => {
    fc.assert(fc.property(start, amount, day, fc.integer({ min: 0, max: 40 }), (from, days, after, later) => {
      const [done, back] = [fromDay(from + after), fromDay(from + after + later)];
      const log = [opened(from), happened('discharged', done), happened('reopened', back, { at: instant(`${back}T08:00:00.000Z`) })];
      const reading = read(workingDays(daysOf(days)), log);
      expect(reading.state).toBe('open');
      expect(reading.counted).toHaveLength(days);
      expect(reading.counted.filter((on) => on > done && on <= back)).toEqual([]);
      if (later === 0) expect(reading.dueOn).toBe(read(workingDays(daysOf(days)), [opened(from)]).dueOn);
    }));
  });

  test('counts exactly its days, never the day of receipt, never a day that is stopped or not worked', () => {
    fc.assert(fc.property(start, amount, anything, (from, days, drafts) => {
      const reading = read(workingDays(daysOf(days)), built(from, drafts));
      const whole = days + (reading.isExtended ? 5 : 0);
      expect(reading.counted.length <= whole).toBe(true);
      expect(reading.dueOn !== null).toBe(reading.counted.length === whole);
      expect(reading.counted.every((on) => on > fromDay(from))).toBe(true);
      expect(new Set(reading.counted).size).toBe(reading.counted.length);
    }));
  });

  test('is provisional exactly when a day it passed lies in a year whose notice is not loaded', () => {
    fc.assert(fc.property(fc.integer({ min: toDay(localDate('2026-11-01')), max: toDay(localDate('2027-02-01')) }), amount, (from, days) => {
      const reading = read(workingDays(daysOf(days)), [opened(from)]);
      expect(reading.provisional).toBe((reading.dueOn ?? '') >= '2027-01-01');
    }));
  });
});
