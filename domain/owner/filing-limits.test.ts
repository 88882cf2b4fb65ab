import { expect, test } from 'vitest';
import { filingRefusal, type Filed } from './filing-limits.ts';

const none: Filed = { byPhone: 0, byAddress: 0, byEstate: 0 };

test.each<[Partial<Filed>, boolean]>([
  [{}, true], [{ byPhone: 5 }, true], [{ byPhone: 6 }, false], [{ byAddress: 59 }, true], [{ byAddress: 60 }, false], [{ byEstate: 299 }, true], [{ byEstate: 300 }, false],
])('after %o in a day one more may be filed: %s', (filed, may) => {
  expect(filingRefusal({ ...none, ...filed }) === null).toBe(may);
});

test('whoever is refused is told where else to go', () => {
  for (const refusal of [filingRefusal({ ...none, byPhone: 6 }), filingRefusal({ ...none, byAddress: 60 }), filingRefusal({ ...none, byEstate: 300 })]) expect(refusal).toContain('12345');
});
