import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { blankNumber, codeAcceptable, codeNotBackdated, missingSerials, nextSerial, numberDatedForward, numberText, numberYear } from './number.ts';

describe('paper numbers', () => {
  test('the year stands in hexagonal brackets, without 第 and without leading zeros', () => {
    expect(numberText({ code: '安建函', year: 2026, serial: 3 })).toBe('安建函〔2026〕3号');
    expect(numberText({ code: '安建', year: 2027, serial: 120 })).toBe('安建〔2027〕120号');
    expect(blankNumber('安建', 2026)).toBe('安建〔2026〕　号');
    fc.assert(fc.property(fc.integer({ min: 1, max: 99_999 }), (serial) => { expect(numberText({ code: '安建', year: 2026, serial })).toMatch(/^安建〔2026〕[1-9]\d*号$/); }));
  });

  test('a plain paper\'s number does not look like a government body\'s', () => { expect(numberText({ code: '', year: 2026, serial: 3 })).toBe('编号：2026-3'); });

  test.each([['安建函', 0], ['安', 0], ['安建一二三四五六七八九十', 0], ['安建一二三四五六七八九十一', 1], ['', 1], ['安建〔2026〕', 1], ['AJ函', 1], ['安建第', 1], ['安建号', 1]])('code %s breaks %i rules', (code, broken) => {
    expect(codeAcceptable.check({ code })).toHaveLength(broken);
  });

  test('a code begins today or later', () => {
    const today = localDate('2026-11-23');
    expect(codeNotBackdated.check({ from: today, today })).toEqual([]);
    expect(codeNotBackdated.check({ from: localDate('2026-11-22'), today })).toHaveLength(1);
  });

  test('numbers run on from one, are dated forward, and belong to the year of their day', () => {
    expect([nextSerial(null), nextSerial(0), nextSerial(41)]).toEqual([1, 1, 42]);
    expect(numberYear(localDate('2026-12-31'))).toBe(2026);
    expect(numberDatedForward.check({ on: localDate('2026-11-23'), lastOn: localDate('2026-11-23') })).toEqual([]);
    expect(numberDatedForward.check({ on: localDate('2026-11-22'), lastOn: localDate('2026-11-23') })).toHaveLength(1);
  });

  test('a gap in a register is named', () => {
    expect(missingSerials([1, 2, 3], 3)).toEqual([]);
    expect(missingSerials([3, 1], 4)).toEqual([2, 4]);
  });
});
