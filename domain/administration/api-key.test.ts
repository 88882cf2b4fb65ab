import { expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { apiKeyEnds } from './api-key.ts';

test.each([
  ['2026-11-19', 1], ['2026-11-20', 0], ['2027-11-20', 0], ['2027-11-21', 1],
])('a key made on 2026-11-20 for 365 days at most may end on %s: %i faults', (endsOn, faults) => {
  expect(apiKeyEnds.check({ today: localDate('2026-11-20'), endsOn: localDate(endsOn), mostDays: 365 })).toHaveLength(faults);
});
