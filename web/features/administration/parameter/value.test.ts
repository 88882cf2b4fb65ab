import { expect, test } from 'vitest';
import { readNumber, typedNumber } from './value.ts';

const share = { kind: 'number', unit: '基点（万分之一）' } as const;
const days = { kind: 'number', unit: '天' } as const;

test.each([[6000, '60'], [4850, '48.5'], [4805, '48.05'], [0, '0']])('a share of %d basis points is typed as %s per cent and read back', (value, text) => {
  expect(typedNumber(share, value)).toBe(text);
  expect(readNumber(share, text)).toBe(value);
});

test('the per cent sign may be typed too', () => {
  expect(readNumber(share, '65％')).toBe(6500);
});

test('days are typed as they are', () => {
  expect([typedNumber(days, 90), readNumber(days, ' 90 '), readNumber(days, '九十')]).toEqual(['90', 90, null]);
});

test('more places than are stored are refused, never rounded', () => {
  expect([readNumber(share, '48.555'), readNumber(days, '1.5')]).toEqual([null, null]);
});
