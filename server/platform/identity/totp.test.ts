import fc from 'fast-check';
import { generateSync } from 'otplib';
import { describe, expect, test } from 'vitest';
import { instantOf } from '#domain/kernel/local-date.ts';
import { newTotpSecret, STEP_SECONDS, stepOf, totpUri } from './totp.ts';

const secret = newTotpSecret();
const codeOf = (second: number) => generateSync({ secret, epoch: second });
const at = (second: number) => instantOf(second * 1000);
/** Seconds of this century. */
const second = fc.integer({ min: 946_684_800, max: 4_102_444_800 });

describe('a one-time code', () => {
  test('holds in its own step, the one before and the one after, to the second, and names its own step', () => {
    fc.assert(fc.property(second, fc.integer({ min: -95, max: 95 }), (made, later) => {
      const step = Math.floor(made / STEP_SECONDS);
      const distance = Math.floor((made + later) / STEP_SECONDS) - step;
      const found = stepOf(secret, codeOf(made), at(made + later));
      if (Math.abs(distance) <= 1) expect(found).not.toBeNull();
      // By chance another step may have the same six digits: then that step is the one named.
      if (found !== null && codeOf(found * STEP_SECONDS) === codeOf(made)) expect(Math.abs(found - Math.floor((made + later) / STEP_SECONDS))).toBeLessThanOrEqual(1);
      if (Math.abs(distance) > 1 && found === step) throw new Error('a code outlived its window');
    }));
  });
  test('may be typed with a space in the middle; letters, other lengths and nothing are no code', () => {
    const code = codeOf(1_790_000_000);
    expect(stepOf(secret, ` ${code.slice(0, 3)} ${code.slice(3)} `, at(1_790_000_000))).toBe(Math.floor(1_790_000_000 / STEP_SECONDS));
    for (const text of ['', 'abcdef', code.slice(1), `${code}1`, '１２３４５６']) expect(stepOf(secret, text, at(1_790_000_000))).toBeNull();
  });
  test('of another secret is wrong', () => {
    fc.assert(fc.property(second, (made) => {
      const other = newTotpSecret();
      // One in half a million pairs agrees by chance; the property holds for the rest.
      fc.pre(![-1, 0, 1].some((step) => generateSync({ secret: other, epoch: made }) === codeOf(made + step * STEP_SECONDS)));
      expect(stepOf(secret, generateSync({ secret: other, epoch: made }), at(made))).toBeNull();
    }), { numRuns: 20 });
  });
});

test('what the QR code says names the place and the account, and holds the secret', () => {
  const uri = new URL(totpUri(secret, { issuer: '善治', label: '云川县 wang' }));
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname), uri.searchParams.get('secret'), uri.searchParams.get('issuer')]).toEqual(['otpauth:', 'totp', '/善治:云川县 wang', secret, '善治']);
});
