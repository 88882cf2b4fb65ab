import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exceeds, percentText, reaches } from './ratio.ts';

describe('reaches and exceeds', () => {
  test.each([[2_000, 3_000, 2, 3, true, false], [1_999, 3_000, 2, 3, false, false], [2_001, 3_000, 2, 3, true, true], [1, 2, 1, 2, true, false],
    [0, 0, 1, 2, false, false], [5, 0, 1, 2, false, false], [0, 5, 0, 1, true, false], [9_007_199_254_740_990, 9_007_199_254_740_991, 1, 1, false, false]])(
    '%d of %d against %d/%d: reaches %s, exceeds %s', (part, whole, n, d, reach, exceed) => {
      expect([reaches(part, whole, n, d), exceeds(part, whole, n, d)]).toEqual([reach, exceed]);
    });

  test('exceeds implies reaches, and they differ exactly where the cross products are equal', () => {
    const count = fc.integer({ min: 0, max: 10_000 });
    fc.assert(fc.property(count, fc.integer({ min: 1, max: 10_000 }), count, fc.integer({ min: 1, max: 100 }), (part, whole, n, d) => {
      expect(reaches(part, whole, n, d) && !exceeds(part, whole, n, d)).toBe(part * d === whole * n);
      expect(reaches(part, whole, n, d) || !exceeds(part, whole, n, d)).toBe(true);
    }));
  });

  test('negative, fractional or unsafe numbers and a zero denominator are refused', () => {
    for (const bad of [() => reaches(-1, 2, 1, 2), () => reaches(1.5, 2, 1, 2), () => exceeds(1, 2, 1, 0), () => percentText(2 ** 53, 1)]) expect(bad).toThrow(RangeError);
  });
});

describe('percentText', () => {
  test.each([[88, 173, 2, '50.87%'], [1, 3, 0, '33%'], [1, 200, 0, '1%'], [1, 2_000, 1, '0.1%'], [1, 8, 1, '12.5%'], [5, 5, 2, '100.00%'], [3, 2, 1, '150.0%'], [0, 0, 1, '—'], [0, 7, 1, '0.0%']])(
    '%d of %d with %d decimals is %s', (part, whole, decimals, text) => {
      expect(percentText(part, whole, decimals)).toBe(text);
    });

  test('nought to six decimals are written, no other count', () => {
    expect([percentText(1, 3, 0), percentText(1, 3, 6)]).toEqual(['33%', '33.333333%']);
    for (const decimals of [-1, 7, 1.5, Number.NaN]) expect(() => percentText(1, 3, decimals)).toThrow(RangeError);
  });

  test('the text is never further than half a unit from the true share', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 1, max: 100_000 }), (part, whole) => {
      const units = BigInt(percentText(part, whole, 2).replaceAll(/[.%]/g, ''));
      const gap = units * BigInt(whole) - BigInt(part) * 10_000n;
      expect(2n * (gap < 0n ? -gap : gap) <= BigInt(whole)).toBe(true);
    }));
  });
});
