import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openVault } from '../crypto/vault.ts';
import { phonesKey, samePhones, sealPhone, tellsMore } from './seal-phone.ts';

const vault = openVault('a secret of the tests, long enough');
const mobile = fc.tuple(fc.constantFrom('130', '158', '199'), fc.integer({ min: 0, max: 99_999_999 })).map(([start, rest]) => `${start}${String(rest).padStart(8, '0')}`);

test('every number of a field is found by its whole and by its last four, the first in its own columns', () => {
  fc.assert(fc.property(fc.uniqueArray(mobile, { minLength: 1, maxLength: 4 }), (numbers) => {
    const { phoneIndex, phoneLast4, phoneMoreIndex } = sealPhone(vault, numbers.join('、'));
    const [whole, last4] = [[phoneIndex, ...(phoneMoreIndex ?? [])], [phoneLast4, ...(phoneMoreIndex ?? [])]];
    for (const number of numbers) { expect(whole).toContain(vault.index('phone', number)); expect(last4).toContain(vault.index('phone-last4', number.slice(-4))); }
    expect(phoneMoreIndex === null).toBe(numbers.length === 1);
  }));
});

test('fields hold the same numbers in whatever order those after the first stand; a field with fewer tells nothing more', () => {
  const [three, turned, two, other] = ['13800000001、13800000002、0571-88001234', '13800000001、0571-88001234、13800000002', '13800000001、13800000002', '13800000001、13900000009'].map((text) => sealPhone(vault, text));
  if (three === undefined || turned === undefined || two === undefined || other === undefined) throw new Error('four were sealed');
  expect([samePhones(three, turned), samePhones(three, two)]).toEqual([true, false]);
  expect([tellsMore(two, three), tellsMore(three, two), tellsMore(other, two), tellsMore(sealPhone(vault, null), two)]).toEqual([false, true, true, false]);
  expect(phonesKey(sealPhone(vault, ''))).toBeNull();
});
