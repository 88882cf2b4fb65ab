import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { asWritten, hundredth } from './number-kinds.ts';

test('a percentage moves its point two places, exactly', () => {
  expect(['45.67', '100.00', '5', '0.00', '0.5', '-12.5', '1234'].map(hundredth)).toEqual(['0.4567', '1.0000', '0.05', '0.0000', '0.005', '-0.125', '12.34']);
  fc.assert(fc.property(fc.nat({ max: 99_999 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
    const text = `${whole}.${String(cents).padStart(2, '0')}`;
    expect(Number(hundredth(text))).toBeCloseTo(Number(text) / 100, 10);
  }));
});

test('only a cell of percent format takes the hundredth, only one of date format the serial number, counted from the year that the file counts from', () => {
  const kinds = (is1904: boolean) => ({ ofStyle: (style: number) => (['percent', 'date', null] as const)[style] ?? null, is1904 });
  const share = { number: '45.67', isPercent: true } as const;
  const day = { text: '2026年11月20日', day: localDate('2026-11-20') };
  expect([0, 1, 2].map((style) => asWritten(share, style, kinds(false)))).toEqual([{ number: '0.4567' }, share, share]);
  expect([0, 1, 2].map((style) => asWritten(day, style, kinds(false)))).toEqual([day, { number: '46346' }, day]);
  expect([asWritten(day, 1, kinds(true)), asWritten({ number: '7' }, 0, kinds(false)), asWritten(null, 0, kinds(false))]).toEqual([{ number: '44884' }, { number: '7' }, null]);
});
