import type { Instant } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';

/** 免打扰时段, minutes of the civil day (0–1439): from inclusive, until exclusive, over midnight where until is the smaller; none where they are equal. */
export interface Quiet { readonly fromMinute: number; readonly untilMinute: number }

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** The civil zone has had no other offset since 1991. */
const OFFSET_MINUTES = 480;

/** 当日第几分钟, in the civil zone. */
export const minuteOf = (at: Instant): number => (Math.floor(epochOf(at) / MINUTE_MS) + OFFSET_MINUTES) % DAY_MINUTES;

/** 是否在免打扰时段. */
export function isQuiet(at: Instant, { fromMinute, untilMinute }: Quiet): boolean {
  const minute = minuteOf(at);
  return fromMinute <= untilMinute ? minute >= fromMinute && minute < untilMinute : minute >= fromMinute || minute < untilMinute;
}

/** 免打扰结束的时刻: `at` itself when it is not quiet then, else the first minute that is not. */
export function afterQuiet(at: Instant, quiet: Quiet): Instant {
  if (!isQuiet(at, quiet)) return at;
  const wait = (quiet.untilMinute - minuteOf(at) + DAY_MINUTES) % DAY_MINUTES;
  return instantOf((Math.floor(epochOf(at) / MINUTE_MS) + wait) * MINUTE_MS);
}
