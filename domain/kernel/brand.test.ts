import { describe, expect, test } from 'vitest';
import { areaCm2, basisPoints, daysInMonth, fen, instant, isLocalDate, localDate, localMonth, makeId } from './brand.ts';

describe('brands', () => {
  test.each([['2024-02-29', true], ['2025-02-29', false], ['1900-02-29', false], ['2000-02-29', true], ['2025-04-31', false],
    ['2025-13-01', false], ['2025-00-10', false], ['2025-1-1', false], ['0000-01-01', false], ['2025-12-31', true]])('%s is a calendar day: %s', (text, is) => {
    expect(isLocalDate(text)).toBe(is);
  });

  test('makers refuse what is not whole, real or well-formed', () => {
    for (const make of [() => fen(0.5), () => fen(2 ** 53), () => areaCm2(-1), () => areaCm2(Number.NaN), () => basisPoints(1.1),
      () => localDate('2025-02-30'), () => localMonth('2025-13'), () => makeId('x'), () => instant('2025-02-30T00:00:00.000Z'), () => instant('2025-01-01T24:00:00.000Z')]) {
      expect(make).toThrow(RangeError);
    }
  });

  test('makers pass values through unchanged', () => {
    expect([fen(-5), areaCm2(0), basisPoints(10_000), localMonth('2025-06'), instant('2025-06-30T16:00:00.000Z')]).toEqual([-5, 0, 10_000, '2025-06', '2025-06-30T16:00:00.000Z']);
    expect(makeId<'Estate'>('01890a5d-ac96-774b-bcce-b302099a8057')).toBe('01890a5d-ac96-774b-bcce-b302099a8057');
  });

  test('months have their days', () => {
    expect([1, 2, 4, 12].map((month) => daysInMonth(2025, month))).toEqual([31, 28, 30, 31]);
  });
});
