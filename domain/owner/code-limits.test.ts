import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeRefusal, type Asked } from './code-limits.ts';

const never: Asked = { secondsSince: null, byPhoneHour: 0, byPhoneDay: 0, byAddressHour: 0, byEstateHour: 0 };

describe('asking for a code', () => {
  test.each<[Partial<Asked>, boolean]>([
    [{}, true], [{ secondsSince: 59 }, false], [{ secondsSince: 60 }, true], [{ byPhoneHour: 3 }, true], [{ byPhoneHour: 4 }, false], [{ byPhoneDay: 7 }, true], [{ byPhoneDay: 8 }, false],
    [{ byAddressHour: 59 }, true], [{ byAddressHour: 60 }, false], [{ byEstateHour: 199 }, true], [{ byEstateHour: 200 }, false],
  ])('%o may: %s', (asked, may) => {
    expect(codeRefusal({ ...never, ...asked }) === null).toBe(may);
  });

  test('who asked more often is never better off, and a refusal never tells of a wait longer than the pause', () => {
    const often = fc.record({ secondsSince: fc.option(fc.integer({ min: 0, max: 4_000 })), byPhoneHour: fc.nat(10), byPhoneDay: fc.nat(20), byAddressHour: fc.nat(100), byEstateHour: fc.nat(300) });
    fc.assert(fc.property(often, fc.constantFrom('byPhoneHour' as const, 'byPhoneDay' as const, 'byAddressHour' as const, 'byEstateHour' as const), (asked, which) => {
      const before = codeRefusal(asked);
      if (before !== null) expect(codeRefusal({ ...asked, [which]: asked[which] + 1 })).not.toBeNull();
      const wait = /请 (\d+) 秒/.exec(before ?? '')?.[1];
      expect(wait === undefined || (Number(wait) >= 1 && Number(wait) <= 60)).toBe(true);
    }));
  });
});
