import type { Instant } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';

const MINUTE_MS = 60_000;
/** Pauses after the first, second … failure, in minutes: together three days and a half. */
const PAUSES = [1, 5, 30, 120, 300, 600, 840, 1_200, 1_440] as const;
/** Whoever asks for a longer wait than a day is asked again after a day. */
const LONGEST_MINUTES = 1_440;

/** 再试的时刻 after `failures` failures (at least one): pauses that grow, or as long as the other side asked for if that is longer; null when it is given up. */
export function nextTryAt(failures: number, now: Instant, retryAfterSeconds: number | null): Instant | null {
  const pause = PAUSES[failures - 1];
  if (pause === undefined) return null;
  const asked = Math.min(Math.max(0, retryAfterSeconds ?? 0) / 60, LONGEST_MINUTES);
  return instantOf(epochOf(now) + Math.ceil(Math.max(pause, asked) * MINUTE_MS));
}

/** 最多尝试次数. */
export const MOST_TRIES = PAUSES.length + 1;
