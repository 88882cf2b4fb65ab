/** 一行计数. */
export interface Counted { readonly label: string; readonly count: number }
/** 可以公开的计数: the lines that stand alone, largest first; the rest together, by how many they are; null where even that says too much. */
export interface Withheld { readonly lines: readonly Counted[]; readonly others: { readonly lines: number; readonly count: number | null } | null; readonly total: number | null }

/**
 * 遮盖小数: lines below `least` are told together only. Where their sum would give one of them away (a single line, none at all, or all as large as they
 * may be), the next larger lines are put to them; where none is left, sum and total are not told. `least` itself may be told.
 */
export function withhold(counted: readonly Counted[], least: number): Withheld {
  const sorted = counted.toSorted((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  let kept = sorted.filter(({ count }) => count >= least).length;
  if (kept === sorted.length) return { lines: sorted, others: null, total: sumOf(sorted) };
  while (kept > 0 && givesAway(sorted.slice(kept), least)) {
    // All that are equally large go together: which of them went would tell which of the others is small.
    const next = sorted[kept - 1]?.count;
    kept = sorted.findIndex(({ count }) => count === next);
  }
  const rest = sorted.slice(kept);
  const isTold = !givesAway(rest, least);
  return { lines: sorted.slice(0, kept), others: { lines: rest.length, count: isTold ? sumOf(rest) : null }, total: isTold ? sumOf(sorted) : null };
}

const sumOf = (lines: readonly Counted[]): number => lines.reduce((sum, { count }) => sum + count, 0);
const givesAway = (rest: readonly Counted[], least: number): boolean => rest.length < 2 || sumOf(rest) < least || sumOf(rest) === rest.length * (least - 1);
