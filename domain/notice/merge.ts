import type { Instant } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { afterQuiet, type Quiet } from './quiet.ts';

/** 待发的一条: when it was told, and whether it may pass 免打扰. */
export interface Waiting { readonly at: Instant; readonly isUrgent: boolean }

/** 合并的口径. */
export interface MergeTerms {
  /** When the last one went to the same receiver; null when none ever did. */
  readonly lastAt: Instant | null;
  readonly quiet: Quiet;
  /** Two to one receiver are at least so many minutes apart. */
  readonly gatherMinutes: number;
}

/**
 * 何时合并发送: the moment at which everything that waits goes as one; null when nothing waits. Ordinary ones wait for the end of 免打扰, urgent ones do
 * not, and take the ordinary ones with them; neither goes sooner than the interval after the last.
 */
export function mergedAt(waiting: readonly Waiting[], { lastAt, quiet, gatherMinutes }: MergeTerms): Instant | null {
  const free = lastAt === null ? null : instantOf(epochOf(lastAt) + gatherMinutes * 60_000);
  const earliest = (some: readonly Waiting[]): Instant | null => {
    const [first] = some.map(({ at }) => at).toSorted();
    return first === undefined ? null : free !== null && free > first ? free : first;
  };
  const ordinary = earliest(waiting);
  const urgent = earliest(waiting.filter(({ isUrgent }) => isUrgent));
  const loud = ordinary === null ? null : afterQuiet(ordinary, quiet);
  return urgent !== null && (loud === null || urgent < loud) ? urgent : loud;
}
