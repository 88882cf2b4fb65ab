import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withhold, type Counted } from './withhold.ts';

const named = (counts: readonly number[]): Counted[] => counts.map((count, at) => ({ label: `第${at}行`, count }));
const told = (counts: readonly number[]) => withhold(named(counts), 3);

describe('what may be told of small counts', () => {
  test('three may be told, two may not; what is small stands together', () => {
    expect(told([5, 3, 2, 1])).toEqual({ lines: [{ label: '第0行', count: 5 }, { label: '第1行', count: 3 }], others: { lines: 2, count: 3 }, total: 11 });
    expect(told([4, 3])).toEqual({ lines: named([4, 3]), others: null, total: 7 });
  });
  test('a single small line takes the next larger one with it, or total less the others would tell it', () => {
    expect(told([9, 4, 1])).toEqual({ lines: [{ label: '第0行', count: 9 }], others: { lines: 2, count: 5 }, total: 14 });
  });
  test('where nothing could hide it, neither sum nor total is told', () => {
    expect(told([2])).toEqual({ lines: [], others: { lines: 1, count: null }, total: null });
    expect(told([0, 0])).toEqual({ lines: [], others: { lines: 2, count: null }, total: null });
  });

  test('nobody who knows how it is done and reads all that is told can work out a line below three', () => {
    // Every table of up to four lines, grouped by what is told of it: within a group each small line must have had another value too.
    for (const size of [1, 2, 3, 4]) {
      const tables = all(size, 8);
      const groups = Map.groupBy(tables, (counts) => JSON.stringify(told(counts)));
      expect(groups.size).toBeGreaterThan(size);
      // The largest counts are not tried on either side, so that no group is cut off by where the trial ends.
      for (const same of groups.values()) for (const counts of same.filter((each) => Math.max(...each) <= 6)) counts.forEach((count, at) => {
        if (count < 3) expect([counts, at, new Set(same.map((other) => other[at])).size > 1]).toEqual([counts, at, true]);
      });
    }
  });

  test('no line below the limit stands alone, nothing is lost, and the total is that of the lines told', () => {
    fc.assert(fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 20 }), fc.integer({ min: 3, max: 6 }), (counts, least) => {
      const { lines, others, total } = withhold(named(counts), least);
      expect(lines.every(({ count }) => count >= least)).toBe(true);
      expect(lines.length + (others?.lines ?? 0)).toBe(counts.length);
      if (total !== null) expect([total, lines.reduce((sum, { count }) => sum + count, 0) + (others?.count ?? 0)]).toEqual([counts.reduce((sum, count) => sum + count, 0), total]);
    }));
  });
});

function all(size: number, most: number): number[][] {
  return size === 0 ? [[]] : all(size - 1, most).flatMap((rest) => Array.from({ length: most + 1 }, (_, count) => [...rest, count]));
}
