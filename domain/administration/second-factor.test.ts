import { describe, expect, test } from 'vitest';
import { demandsTotp, type SecondFactorFacts } from './second-factor.ts';

const facts: SecondFactorFacts = { role: 'security-administrator', demanded: ['security-administrator'], origin: 'default', isDemo: false };

describe('a one-time code is demanded', () => {
  test.each<[string, Partial<SecondFactorFacts>, boolean]>([
    ['of a role that is listed', {}, true],
    ['not of one that is not', { role: 'bureau-clerk' }, false],
    ['not of who has no post', { role: null }, false],
    ['not of a demo account, as long as the county has not said so', { isDemo: true }, false],
    ['of a demo account once the county has said so', { isDemo: true, origin: 'county' }, true],
    ['of nobody where the county lists no role', { demanded: [], origin: 'county' }, false],
  ])('%s', (_name, more, expected) => {
    expect(demandsTotp({ ...facts, ...more })).toBe(expected);
  });
});
