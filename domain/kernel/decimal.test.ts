import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaCm2, fen } from './brand.ts';
import { formatSquareMetres, parseSquareMetres, sumAreas } from './area.ts';
import { formatYuan, parseYuan } from './money.ts';

const fault = (name: string) => ({ ok: false, fault: name });
const value = (number: number) => ({ ok: true, value: number });

describe('parseYuan', () => {
  test.each([['1,234.50', value(123_450)], ['0.1', value(10)], ['-3', value(-300)], ['+2.00', value(200)], ['1.000', value(100)], ['5.', value(500)], [' 7 ', value(700)], ['-0', value(0)],
    ['', fault('empty')], ['1.005', fault('too-precise')], ['12,34', fault('not-a-number')], ['1,2345', fault('not-a-number')], ['1e3', fault('not-a-number')], ['1.2.3', fault('not-a-number')],
    ['.5', fault('not-a-number')], ['一百', fault('not-a-number')], ['99999999999999999', fault('too-large')]])('%j', (text, expected) => {
    expect(parseYuan(text)).toEqual(expected);
  });

  test('what is written is read back exactly', () => {
    expect([0, -5, 5, 123_450].map((amount) => formatYuan(fen(amount)))).toEqual(['0.00', '-0.05', '0.05', '1,234.50']);
    fc.assert(fc.property(fc.maxSafeInteger(), (amount) => {
      expect(parseYuan(formatYuan(fen(amount)))).toEqual(value(amount === 0 ? 0 : amount));
    }));
  });
});

describe('parseSquareMetres', () => {
  test.each([['88.5', value(885_000)], ['1,234.56', value(12_345_600)], ['0.01', value(100)], ['62.410', value(624_100)], ['88.555', fault('too-precise')], ['-1', fault('negative')], ['待测', fault('not-a-number')],
    ['', fault('empty')], ['90071992547409.91', fault('too-large')]])('%j', (text, expected) => {
    expect(parseSquareMetres(text)).toEqual(expected);
  });

  test('areas registered to 0.01 m² are read back exactly; finer ones are shown with four decimals', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (hundredths) => {
      expect(parseSquareMetres(formatSquareMetres(areaCm2(hundredths * 100), { grouped: true }))).toEqual(value(hundredths * 100));
    }));
    expect(formatSquareMetres(areaCm2(885_001))).toBe('88.5001');
    expect(formatSquareMetres(areaCm2(885_000))).toBe('88.50');
  });

  test('areas add up without loss', () => {
    expect(sumAreas([areaCm2(100), areaCm2(200), areaCm2(1)])).toBe(301);
    expect(() => sumAreas([areaCm2(Number.MAX_SAFE_INTEGER), areaCm2(1)])).toThrow(RangeError);
  });
});
