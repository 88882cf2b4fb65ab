import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf } from '#domain/kernel/local-date.ts';
import { kept } from './keep.ts';
import { archiveName, madeAt } from './place.ts';

const DAY_MS = 86_400_000;
const at = (text: string) => ({ madeAt: instantOf(Date.parse(text)) });
/** Two o'clock at night here. */
const night = (day: number) => at(new Date(Date.UTC(2026, 0, day, 18)).toISOString());

test('after a year of nights seven days, four weeks and twelve months are there, each by its newest', () => {
  const nights = Array.from({ length: 365 }, (_, day) => night(day));
  const days = [...kept(nights, { daily: 7, weekly: 4, monthly: 12 })].map(({ madeAt: made }) => made.slice(0, 10)).toSorted();
  expect(days).toEqual([
    '2026-01-30', '2026-02-27', '2026-03-30', '2026-04-29', '2026-05-30', '2026-06-29', '2026-07-30', '2026-08-30', '2026-09-29', '2026-10-30', '2026-11-29',
    '2026-12-12', '2026-12-19', '2026-12-24', '2026-12-25', '2026-12-26', '2026-12-27', '2026-12-28', '2026-12-29', '2026-12-30',
  ]);
});

test('of two of one day the newer stays, by the day here: a minute before and a minute after midnight are two days', () => {
  const [morning, evening, next] = [at('2026-11-23T01:00:00.000Z'), at('2026-11-23T15:59:00.000Z'), at('2026-11-23T16:01:00.000Z')];
  expect(kept([morning, evening, next], { daily: 2, weekly: 0, monthly: 0 })).toEqual(new Set([next, evening]));
});

test('the newest is always kept, never more are kept than the rule says, and pruning again removes nothing', () => {
  const rule = fc.record({ daily: fc.nat(10), weekly: fc.nat(6), monthly: fc.nat(14) });
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 900 * 24 }).map((hour) => ({ madeAt: instantOf(Date.UTC(2025, 0, 1) + (hour * DAY_MS) / 24) })), { minLength: 1, maxLength: 60 }), rule, (archives, which) => {
    const keep = kept(archives, which);
    const newest = archives.map(({ madeAt: made }) => made).toSorted().at(-1);
    expect([...keep].some(({ madeAt: made }) => made === newest)).toBe(true);
    expect(keep.size).toBeLessThanOrEqual(Math.max(1, which.daily + which.weekly + which.monthly));
    expect(kept([...keep], which)).toEqual(keep);
  }));
});

test('the name of an archive tells when it was made; another name tells nothing', () => {
  const now = instantOf(Date.UTC(2026, 10, 22, 18, 5, 59));
  expect(archiveName(now)).toMatch(/^shanzhi-20261123-020559-[0-9a-f]{4}\.backup$/);
  expect(madeAt(archiveName(now))).toBe(now);
  for (const other of ['shanzhi.backup', 'shanzhi-20261123-020559-3fa9.backup.bak', '.shanzhi-20261123-020559-3fa9.backup.partial', 'shanzhi-20261399-020559-3fa9.backup']) expect(madeAt(other)).toBeNull();
});
