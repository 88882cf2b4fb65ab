import { describe, expect, test } from 'vitest';
import { localDate } from './brand.ts';
import { defineParameter, parameterOn, someOf, wholeNumber, yesOrNo } from './parameter.ts';
import { houseConvention } from './rule.ts';

const source = houseConvention('数据质量');
const version = (from: string, value: number) => ({ from: localDate(from), value, source, sureness: 'I' as const });
const days = defineParameter({ id: 'sample.days', title: '天数', unit: '天', kind: wholeNumber(1, 90), versions: [version('2025-01-01', 3), version('2026-01-01', 5)] });
const override = (from: string, until: string | null, value: unknown) => ({ parameterId: 'sample.days', from: localDate(from), until: until === null ? null : localDate(until), value, basis: '县政办〔2025〕1号' });
const on = (day: string, ...overrides: ReturnType<typeof override>[]) => parameterOn(days, overrides, localDate(day)).value;
const define = (...versions: ReturnType<typeof version>[]) => () => defineParameter({ id: 'sample.x', title: 'x', unit: '', kind: wholeNumber(1, 90), versions });

describe('parameterOn', () => {
  test('the version in force on the day of the act is taken, from its first day on', () => {
    expect([on('2025-12-31'), on('2026-01-01'), on('2024-01-01')]).toEqual([3, 5, 3]);
  });

  test('the county comes first between its days, both included', () => {
    const county = override('2025-03-01', '2025-06-30', 10);
    expect([on('2025-02-28', county), on('2025-03-01', county), on('2025-06-30', county), on('2025-07-01', county)]).toEqual([3, 10, 10, 3]);
    expect(parameterOn(days, [county], localDate('2025-04-01'))).toMatchObject({ origin: 'county', basis: '县政办〔2025〕1号' });
  });

  test('of two county values the later begun holds, whatever their order; a value out of range is passed over', () => {
    const [early, late, wrong] = [override('2025-02-01', null, 7), override('2025-05-01', null, 8), override('2025-06-01', null, 91)];
    expect([on('2025-07-01', early, late, wrong), on('2025-07-01', wrong, late, early), on('2025-03-01', late, early)]).toEqual([8, 8, 7]);
    expect(on('2025-07-01', early, override('2025-02-01', null, 9))).toBe(9);
    expect(on('2025-07-01', override('2025-01-01', null, '5'))).toBe(3);
    expect(on('2025-07-01', { ...early, parameterId: 'sample.other' })).toBe(3);
  });

  test('a parameter without versions, out of order or with a default out of range cannot be defined', () => {
    for (const bad of [define(), define(version('2026-01-01', 1), version('2025-01-01', 1)), define(version('2025-01-01', 0)), define(version('2025-01-01', 1), version('2025-01-01', 2))]) expect(bad).toThrow(RangeError);
  });
});

describe('kinds of values', () => {
  test('whole numbers include both ends; choices are known and not repeated', () => {
    expect([0, 1, 90, 91, 1.5, '1'].map((value) => wholeNumber(1, 90).accepts(value))).toEqual([false, true, true, false, false, false]);
    const kinds = someOf({ a: '甲', b: '乙' });
    expect([[], ['a', 'b'], ['a', 'a'], ['c'], 'a', ['toString']].map((value) => kinds.accepts(value))).toEqual([true, true, false, false, false, false]);
    expect([true, 'true'].map((value) => yesOrNo.accepts(value))).toEqual([true, false]);
  });
});
