import { daysInMonth, instant, localDate, localMonth, type Instant, type LocalDate, type LocalMonth } from './brand.ts';

/** 法定时区: the one civil zone of the product. */
export const CIVIL_ZONE = 'Asia/Shanghai';

const DAY_MS = 86_400_000;
const inZone = new Intl.DateTimeFormat('en-CA', { timeZone: CIVIL_ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });

/** 日序: days since 1970-01-01 of a calendar day, for arithmetic. */
export function toDay(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00.000Z`) / DAY_MS;
}

/** 日序还原: the calendar day of a day number made by `toDay`. @throws RangeError outside the years 1–9999 */
export function fromDay(day: number): LocalDate {
  return localDate(new Date(day * DAY_MS).toISOString().slice(0, 10));
}

/** 加天数: the day `days` natural days later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return fromDay(toDay(date) + days);
}

/** 加月数: the same day `months` later; where that month is shorter, its last day (01-31 + 1 → 02-28). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12 + 12) % 12 + 1];
  const last = daysInMonth(toYear, toMonth);
  return localDate(`${pad(toYear, 4)}-${pad(toMonth, 2)}-${pad(Math.min(day, last), 2)}`);
}

/** 相距天数: natural days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return toDay(to) - toDay(from);
}

/** 星期: 1 (Monday) to 7 (Sunday). */
export function weekdayOf(date: LocalDate): number {
  return (((toDay(date) + 3) % 7) + 7) % 7 + 1;
}

/** 年份: the calendar year of a day. */
export function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4));
}

/** 所在年月: the month a day falls in. */
export function monthOf(date: LocalDate): LocalMonth {
  return localMonth(date.slice(0, 7));
}

/** 当日: the calendar day it is in Asia/Shanghai at an instant. */
export function todayIn(at: Instant): LocalDate {
  const hour = at.slice(0, 13);
  // The zone has kept whole hours since 1901, so the day is the same all through an hour; a request asks several times within one.
  if (hour !== lately.hour || at < '1902') lately = { hour, day: localDate(inZone.format(new Date(at))) };
  return lately.day;
}
let lately: { readonly hour: string; readonly day: LocalDate } = { hour: '', day: localDate('1970-01-01') };

/** 零时: the instant at which a day begins in `CIVIL_ZONE` (no summer time there since 1992). */
export function startOfDay(date: LocalDate): Instant {
  return instantOf(toDay(date) * DAY_MS - 8 * 3_600_000);
}

/** 时刻转换: an `Instant` from epoch milliseconds, for the shell's clock. @throws RangeError when out of range */
export function instantOf(epochMs: number): Instant {
  return instant(new Date(epochMs).toISOString());
}

/** 时刻毫秒: epoch milliseconds of an instant. */
export function epochOf(at: Instant): number {
  return Date.parse(at);
}

/** 中文日期: '2025年6月30日', for what users read. */
export function dateText(date: LocalDate): string {
  const { year, month, day } = partsOf(date);
  return `${year}年${month}月${day}日`;
}

function partsOf(date: LocalDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

function pad(value: number, width: number): string {
  return value.toString().padStart(width, '0');
}

/** 时刻的中文写法: to the minute, as the clock on the wall of `CIVIL_ZONE` showed it (no summer time there since 1992). */
export function momentText(at: Instant): string {
  const minutes = Math.floor(epochOf(at) / 60_000) + 480;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${dateText(todayIn(at))}${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}
