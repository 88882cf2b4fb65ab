import type { Instant } from './brand.ts';
import { dateText, epochOf, instantOf, todayIn } from './local-date.ts';

const EIGHT_HOURS_MS = 8 * 3_600_000;
const UNITS = ['字节', 'KB', 'MB', 'GB', 'TB'] as const;

/** 中文时刻: an instant as the clock on the wall here (UTC+8), to the minute. */
export function instantText(at: Instant): string {
  return `${dateText(todayIn(at))} ${instantOf(epochOf(at) + EIGHT_HOURS_MS).slice(11, 16)}`;
}

/** 大小: bytes in the unit that leaves at most four digits, one decimal below ten. Units are of 1,024. */
export function sizeText(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < UNITS.length - 1) { value /= 1024; unit += 1; }
  const digits = unit > 0 && value < 10 ? value.toFixed(1) : String(Math.round(value));
  return `${digits} ${UNITS[unit] ?? ''}`;
}
