import fc from 'fast-check';
import { expect, test } from 'vitest';
import { perMille, perThousandTenths, tenthsText } from './statistics.ts';

test('a rate is rounded half up to a tenth of a percent; without files to divide by there is none', () => {
  expect([perMille(1, 3), perMille(2, 3), perMille(1, 2_000), perMille(7, 7), perMille(0, 5), perMille(0, 0)].map(tenthsText)).toEqual(['33.3', '66.7', '0.1', '100.0', '0.0', '—']);
});
test('per thousand homes: 17 of 2,406 homes are 7.1; no homes, no number', () => {
  expect([perThousandTenths(17, 2_406), perThousandTenths(1, 0), perThousandTenths(5, 1_000)].map(tenthsText)).toEqual(['7.1', '—', '5.0']);
});
test('a rate never leaves nought and a hundred percent, and is never further than half a tenth from what it rounds', () => {
  fc.assert(fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 100_000 }), (some, more) => {
    const [of, over] = [Math.min(some, more), more];
    const rate = perMille(of, over) ?? -1;
    return rate >= 0 && rate <= 1_000 && Math.abs(rate - (of * 1_000) / over) <= 0.5;
  }));
});
