import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCreditCode, checkIdentityNumber, comparableIdentifier, creditCheckCharacter, identityCheckDigit, maskIdentifier, normaliseIdentifier } from './identifier.ts';

const digits = (count: number) => fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: count, maxLength: count });
const credit = fc.tuple(digits(8), fc.string({ unit: fc.constantFrom(...Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY')), minLength: 9, maxLength: 9 })).map((parts) => parts.join(''));
const identity = fc.tuple(fc.integer({ min: 110000, max: 820000 }), fc.integer({ min: 1930, max: 2024 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), digits(3))
  .map(([area, year, month, day, order]) => `${area}${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}${order}`);

describe('checkCreditCode', () => {
  test.each([['91350100M000100Y43', 'ok'], ['91350100M000100Y44', 'check-digit'], ['9135010OM000100Y43', 'malformed'], ['91350100M000100Y4', 'malformed'], ['91350100m000100y43', 'malformed'], ['91350100M000100I43', 'malformed'], ['', 'malformed']])('%s is %s', (code, verdict) => {
    expect(checkCreditCode(code)).toBe(verdict);
  });

  test('the right check character passes, every other fails', () => {
    fc.assert(fc.property(credit, fc.constantFrom(...Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY')), (body, last) => {
      expect(checkCreditCode(body + last)).toBe(last === creditCheckCharacter(body) ? 'ok' : 'check-digit');
    }));
  });

  test('one wrong character anywhere in the body is noticed', () => {
    fc.assert(fc.property(credit, fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 9 }), (body, at, step) => {
      const other = String((Number(body[at]) + step) % 10);
      expect(checkCreditCode(body.slice(0, at) + other + body.slice(at + 1) + creditCheckCharacter(body))).toBe('check-digit');
    }));
  });
});

describe('checkIdentityNumber', () => {
  test.each([['11010519491231002X', 'ok'], ['440524188001010014', 'birth-date'], ['110105194912310021', 'check-digit'], ['110105194902300026', 'birth-date'], ['11010519491231002x', 'malformed'],
    ['1101051949123100', 'malformed'], ['110105491231002', 'old-form'], ['110105491331002', 'birth-date'], ['010105194912310020', 'malformed']])('%s is %s', (number, verdict) => {
    expect(checkIdentityNumber(number)).toBe(verdict);
  });

  test.each([['19000101', true], ['18991231', false], ['20991231', true], ['21000101', false], ['20240229', true], ['20230229', false], ['19900100', false], ['19900001', false], ['19901301', false], ['19900132', false]])(
    'born on %s is a real day: %s', (birth, is) => {
      const body = `330102${birth}123`;
      expect(checkIdentityNumber(body + identityCheckDigit(body))).toBe(is ? 'ok' : 'birth-date');
    });

  test('the right check digit passes, every other fails; a wrong digit in the body is noticed', () => {
    fc.assert(fc.property(identity, fc.constantFrom(...Array.from('0123456789X')), fc.integer({ min: 14, max: 16 }), fc.integer({ min: 1, max: 9 }), (body, last, at, step) => {
      expect(checkIdentityNumber(body + last)).toBe(last === identityCheckDigit(body) ? 'ok' : 'check-digit');
      const other = body.slice(0, at) + String((Number(body[at]) + step) % 10) + body.slice(at + 1);
      expect(checkIdentityNumber(other + identityCheckDigit(body))).toBe('check-digit');
    }));
  });
});

describe('written forms', () => {
  test('numbers are kept half-width, upper case, without blanks and dashes', () => {
    expect(normaliseIdentifier(' 1101051949－1231 ００２ｘ')).toBe('11010519491231002X');
    expect(normaliseIdentifier("'91350100M000100Y43\u00a0")).toBe('91350100M000100Y43');
  });

  test('an old number of fifteen digits is its holder’s number of today; every other text is itself', () => {
    expect(comparableIdentifier('990101900723076')).toBe('990101199007230768');
    for (const same of ['990101199007230768', '990101901323076', '91350100M000100Y43', '99010190072307', '']) expect(comparableIdentifier(same)).toBe(same);
    fc.assert(fc.property(fc.integer({ min: 110_000, max: 659_999 }), fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), fc.integer({ min: 0, max: 999 }), (place, year, month, day, order) => {
      const old = `${place}${String(year).padStart(2, '0')}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}${String(order).padStart(3, '0')}`;
      const now = comparableIdentifier(old);
      expect([checkIdentityNumber(now), comparableIdentifier(now), `${now.slice(0, 6)}${now.slice(8, 17)}`]).toEqual(['ok', now, old]);
    }));
  });

  test('masks keep three and four characters and the length', () => {
    expect(maskIdentifier('330102194912311234')).toBe('330***********1234');
    expect(maskIdentifier('330102491231123')).toBe('330********1123');
    expect(maskIdentifier('12345678')).toBe('123*5678');
    expect(maskIdentifier('1234567')).toBe('*******');
  });

  test('no check character is made of a wrong body', () => {
    for (const bad of [() => creditCheckCharacter('12'), () => creditCheckCharacter('9135010OM000100Y4'), () => identityCheckDigit('1')]) expect(bad).toThrow(RangeError);
  });
});
