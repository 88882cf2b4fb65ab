import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskIdentifier } from '#domain/kernel/identifier.ts';
import { openVault } from '#platform/crypto/vault.ts';
import { maskedId, maskedPhone, sealId, sealPhone } from './personal.ts';

const vault = openVault('a secret of the tests, long enough');
const mobile = fc.tuple(fc.constantFrom('130', '158', '199'), fc.integer({ min: 0, max: 99_999_999 })).map(([start, rest]) => `${start}${String(rest).padStart(8, '0')}`);

test('a mask shows the first three and the last four of a number, the first time and every later time', () => {
  fc.assert(fc.property(mobile, (number) => {
    const { phoneCipher } = sealPhone(vault, number);
    const masks = [maskedPhone(vault, phoneCipher), maskedPhone(vault, phoneCipher)];
    expect(masks).toEqual([`${number.slice(0, 3)}****${number.slice(-4)}`, `${number.slice(0, 3)}****${number.slice(-4)}`]);
  }));
});

test('a number that was changed shows its new mask: what is remembered belongs to what was sealed, not to the person', () => {
  const [before, after] = [sealPhone(vault, '13812345678').phoneCipher, sealPhone(vault, '13987654321').phoneCipher];
  expect([maskedPhone(vault, before), maskedPhone(vault, after), maskedPhone(vault, null)]).toEqual(['138****5678', '139****4321', null]);
});

test('what another key sealed is refused, also when this process has shown it under its own key', () => {
  const { idCipher } = sealId(vault, '990101196709137521');
  expect(maskedId(vault, idCipher)).toMatch(/7521$/);
  expect(() => maskedId(openVault('another secret, just as long'), idCipher)).toThrow();
});

test('one seal shown as a telephone and as an identity number is masked by each rule', () => {
  const { phoneCipher } = sealPhone(vault, '13812345678、13987654321');
  expect([maskedPhone(vault, phoneCipher), maskedId(vault, phoneCipher)]).toEqual(['138****5678、139****4321', maskIdentifier('13812345678、13987654321')]);
});
