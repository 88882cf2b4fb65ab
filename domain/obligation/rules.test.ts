import { describe, expect, test } from 'vitest';
import { extensionAllowed, waiverAllowed } from './rules.ts';

const open = { state: 'open', hasExtension: true, isExtended: false, isOverdue: false, isOwn: false, isCounty: false } as const;
const said = (facts: Partial<Parameters<typeof extensionAllowed.check>[0]>) => extensionAllowed.check({ ...open, ...facts }).map(({ message }) => message);

describe('extension', () => {
  test.each([
    [{}, 0], [{ state: 'suspended' as const }, 0], [{ isOwn: true, isCounty: true }, 0], [{ isExtended: true }, 1], [{ isOverdue: true }, 1], [{ hasExtension: false }, 1], [{ isOwn: true }, 1], [{ state: 'discharged' as const }, 1],
  ])('%o breaks %d of its conditions', (facts, broken) => { expect(said(facts)).toHaveLength(broken); });
  test('all that is wrong is told at once', () => { expect(said({ isExtended: true, isOverdue: true, isOwn: true })).toHaveLength(3); });
});

describe('waiver', () => {
  test('is for what is still to be done, by somebody above', () => {
    expect(waiverAllowed.check({ state: 'open', isOwn: false, isCounty: false })).toEqual([]);
    expect(waiverAllowed.check({ state: 'waived', isOwn: false, isCounty: true })).toHaveLength(1);
    expect(waiverAllowed.check({ state: 'open', isOwn: true, isCounty: false })).toHaveLength(1);
    expect(waiverAllowed.check({ state: 'open', isOwn: true, isCounty: true })).toEqual([]);
  });
});
