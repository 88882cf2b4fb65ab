import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blindIndex } from './blind-index.ts';
import { openVault } from './vault.ts';

const vault = openVault('a secret of the test');

describe('the vault of personal data', () => {
  test('what is sealed opens to the same text, and two seals of it differ', () => {
    fc.assert(fc.property(fc.string(), (plain) => {
      const sealed = vault.seal(plain);
      expect(vault.open(sealed)).toBe(plain);
      expect(vault.seal(plain)).not.toBe(sealed);
    }));
  });
  test('a seal altered by one character does not open', () => {
    const sealed = vault.seal('19900000000');
    const [version, iv, tag = '', body = ''] = sealed.split('.');
    // The first character: the last one of a base64url text may carry bits that mean nothing.
    const altered = (part: string) => (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
    expect(() => vault.open([version, iv, tag, altered(body)].join('.'))).toThrow();
    expect(() => vault.open([version, iv, altered(tag), body].join('.'))).toThrow();
  });
  test('another secret opens nothing and finds nothing', () => {
    const other = openVault('another secret');
    expect(() => other.open(vault.seal('x'))).toThrow();
    expect(other.index('phone', '19900000000')).not.toBe(vault.index('phone', '19900000000'));
  });
  test('an index is the same for the same text and differs by purpose', () => {
    expect(vault.index('phone', '1')).toBe(vault.index('phone', '1'));
    expect(vault.index('phone', '1')).not.toBe(vault.index('phone-last4', '1'));
  });
  test('a blind index is the first half of the HMAC of its text, whatever the text and its length', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.string({ unit: 'binary', maxLength: 300 }), (key, text) => {
      const whole = createHmac('sha256', key).update(text, 'utf8').digest();
      expect(blindIndex(Buffer.from(key))(text)).toBe(whole.subarray(0, 16).toString('base64url'));
    }));
  });
});
