import { expect, test } from 'vitest';
import { instant } from '#domain/kernel/brand.ts';
import { mergedAt } from './merge.ts';
import { afterQuiet, isQuiet } from './quiet.ts';
import { MOST_TRIES, nextTryAt } from './retry.ts';

const at = (hour: string) => instant(`2026-11-20T${hour}:00.000Z`);
/** Nine in the evening to eight in the morning, Shanghai; the hours of the tests are UTC. */
const night = { fromMinute: 21 * 60, untilMinute: 8 * 60 };

test.each([['12:59', false], ['13:00', true], ['23:59', true], ['00:00', false]])('at %s UTC it is quiet: %s', (hour, quiet) => {
  expect(isQuiet(at(hour), night)).toBe(quiet);
});

test('quiet hours that begin where they end are none', () => {
  expect(isQuiet(at('13:00'), { fromMinute: 600, untilMinute: 600 })).toBe(false);
  expect(afterQuiet(at('13:30'), night)).toBe('2026-11-21T00:00:00.000Z');
});

test('the first goes at once, the next after the interval, in the evening the next morning, an urgent one at once', () => {
  const ordinary = { at: at('02:10'), isUrgent: false };
  const terms = { lastAt: null, quiet: night, gatherMinutes: 30 };
  expect(mergedAt([], terms)).toBeNull();
  expect(mergedAt([ordinary], terms)).toBe(at('02:10'));
  expect(mergedAt([ordinary], { ...terms, lastAt: at('02:00') })).toBe(at('02:30'));
  expect(mergedAt([{ at: at('14:00'), isUrgent: false }], terms)).toBe('2026-11-21T00:00:00.000Z');
  expect(mergedAt([{ at: at('14:00'), isUrgent: false }, { at: at('15:00'), isUrgent: true }], terms)).toBe(at('15:00'));
});

test('pauses grow, what the other side asks for is obeyed up to a day, and after the tenth try it is given up', () => {
  const now = at('00:00');
  expect([1, 2, 3].map((failures) => nextTryAt(failures, now, null))).toEqual([at('00:01'), at('00:05'), at('00:30')]);
  expect(nextTryAt(1, now, 600)).toBe(at('00:10'));
  expect(nextTryAt(3, now, 60)).toBe(at('00:30'));
  expect(nextTryAt(1, now, 10_000_000)).toBe('2026-11-21T00:00:00.000Z');
  expect([nextTryAt(MOST_TRIES - 1, now, null) === null, nextTryAt(MOST_TRIES, now, null)]).toEqual([false, null]);
});
