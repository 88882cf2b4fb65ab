import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEAST_TEXT_PERCENT, likenessOf, type LikenessFacts } from './likeness.ts';

const facts: fc.Arbitrary<LikenessFacts> = fc.record({ textPercent: fc.integer({ min: 0, max: 100 }), isSameSpot: fc.boolean(), isSameKind: fc.boolean(), daysApart: fc.nat({ max: 400 }), windowDays: fc.integer({ min: 1, max: 365 }) });

test('words, spot, kind and day the same are alike altogether; only the words are not enough for that', () => {
  expect(likenessOf({ textPercent: 100, isSameSpot: true, isSameKind: true, daysApart: 0, windowDays: 180 })).toBe(100);
  expect(likenessOf({ textPercent: 100, isSameSpot: false, isSameKind: false, daysApart: 180, windowDays: 180 })).toBe(70);
});

test('words that are unlike are never suggested, nor what lies outside the window', () => {
  fc.assert(fc.property(facts, (one) => {
    expect(likenessOf(one) === null).toBe(one.textPercent < LEAST_TEXT_PERCENT || one.daysApart > one.windowDays);
  }));
});

test('it stays between 0 and 100, and never falls when anything is more alike', () => {
  fc.assert(fc.property(facts, (one) => {
    const value = likenessOf(one);
    if (value === null) return;
    expect(Number.isInteger(value) && value >= 0 && value <= 100).toBe(true);
    for (const nearer of [{ textPercent: Math.min(100, one.textPercent + 1) }, { isSameSpot: true }, { isSameKind: true }, { daysApart: Math.max(0, one.daysApart - 1) }]) expect(likenessOf({ ...one, ...nearer })).toBeGreaterThanOrEqual(value);
  }));
});
