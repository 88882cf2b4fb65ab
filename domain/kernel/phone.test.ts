import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskPhone, parsePhone, splitPhones } from './phone.ts';

describe('parsePhone', () => {
  test.each([
    ['13800001234', 'mobile', '13800001234'], ['138 0000 1234', 'mobile', '13800001234'], ['138-0000-1234', 'mobile', '13800001234'], ['+86 13800001234', 'mobile', '13800001234'],
    ['１３８００００１２３４', 'mobile', '13800001234'], ['13800001234.0', 'mobile', '13800001234'], ['手机：13800001234', 'mobile', '13800001234'], ['008613800001234', 'mobile', '13800001234'],
    ['0571-88001234', 'landline', '0571-88001234'], ['(0571)88001234', 'landline', '0571-88001234'], ['057188001234', 'landline', '0571-88001234'], ['010-62001234转801', 'landline', '010-62001234-801'],
    ['0571-88001234-801', 'landline', '0571-88001234-801'], ['88001234', 'landline', '88001234'], ['8800-1234', 'landline', '88001234'], ['6543210', 'landline', '6543210'], ['0571 8800 1234', 'landline', '0571-88001234'],
    ['400-800-1234', 'service', '4008001234'], ['95598', 'service', '95598'], ['12345', 'service', '12345'], ['110', 'service', '110'],
  ])('%s is a %s number: %s', (text, kind, number) => {
    expect(parsePhone(text)).toEqual({ kind, number });
  });

  test.each(['', '12800001234', '1380000123', '138000012345', '无', '138xxxx1234', '0571-18001234', '123456', '1.38E+10'])('%j is no number', (text) => {
    expect(parsePhone(text)).toBeUndefined();
  });

  test('a number written in its one form is read as itself', () => {
    const mobile = fc.tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 })).map(([second, rest]) => `1${second}${String(rest).padStart(9, '0')}`);
    const landline = fc.tuple(fc.constantFrom('010', '021', '0571', '0311', ''), fc.integer({ min: 20_000_000, max: 89_999_999 }), fc.constantFrom('', '8', '801')).map((parts) => parts.filter((part) => part !== '').join('-'));
    fc.assert(fc.property(fc.oneof(mobile, landline), (number) => {
      expect(parsePhone(number)?.number).toBe(number);
    }));
  });
});

test('several numbers in one cell are told apart', () => {
  expect(splitPhones('13800001234、0571-88001234；13900001234 13700001234')).toEqual(['13800001234', '0571-88001234', '13900001234', '13700001234']);
});

test.each([['13800001234', '138****1234'], ['0571-88001234-801', '0571-****1234-801'], ['88001234', '****1234'], ['6543210', '***3210'], ['12345', '12345']])('%s is masked as %s', (text, masked) => {
  const phone = parsePhone(text);
  expect(phone && maskPhone(phone)).toBe(masked);
});
