import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openVault } from '../crypto/vault.ts';
import { rekey } from './rekey.ts';

const [from, to] = [openVault('the secret that leaked'), openVault('the secret after it')];
const again = rekey(from, to);
const words = fc.string({ unit: fc.constantFrom('张', '"', '{', ':', ' ', 'a', '.', '1'), maxLength: 20 });

describe('changing the secret', () => {
  test('every seal in a text opens to the same under the new secret only, and what stands around it stays', () => {
    fc.assert(fc.property(fc.array(fc.tuple(words, fc.string({ maxLength: 40 })), { maxLength: 6 }), words, (parts, end) => {
      const sealed = parts.map(([around, plain]) => [around, from.seal(plain)] as const);
      // A character of a seal right behind one would be read as part of it; what we store is whole columns and JSON strings.
      const { text, plains } = again.seals(`${sealed.map(([around, seal]) => `${around}"${seal}"`).join('')}"${end}`);
      expect(plains).toEqual(parts.map(([, plain]) => plain));
      let at = 0;
      for (const [around, plain] of parts) {
        expect(text.startsWith(`${around}"`, at)).toBe(true);
        const seal = text.slice(at + around.length + 1, text.indexOf('"', at + around.length + 1));
        expect(to.open(seal)).toBe(plain);
        expect(() => from.open(seal)).toThrow();
        at += around.length + seal.length + 2;
      }
      expect(text.slice(at)).toBe(`"${end}`);
    }));
  });

  test('a seal that the old secret does not open is an error, never passed over', () => {
    expect(() => again.seals(`x ${to.seal('already')}`)).toThrow();
  });

  test('an index becomes that of the same number, however the number was written down', () => {
    const plain = '13800001234、0571-88001234';
    const known = again.indexes([plain, '99010119900307001x']);
    expect(known.get(from.index('phone', '13800001234'))).toBe(to.index('phone', '13800001234'));
    expect(known.get(from.index('phone-last4', '1234'))).toBe(to.index('phone-last4', '1234'));
    expect(known.get(from.index('id', '99010119900307001X'))).toBe(to.index('id', '99010119900307001X'));
    expect(known.get(from.index('id-last4', '001X'))).toBe(to.index('id-last4', '001X'));
    expect(known.get(from.index('phone', '13900000000'))).toBeUndefined();
  });

  test('what nobody can make anew is still the same for the same, and different for different', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.string({ minLength: 22, maxLength: 22 }), { minLength: 2, maxLength: 5 }), (indexes) => {
      expect(new Set(indexes.map(again.orphan)).size).toBe(indexes.length);
      expect(indexes.map(again.orphan)).toEqual(indexes.map(again.orphan));
    }));
  });
});
