import { isLocalDate, type LocalDate } from '#domain/kernel/brand.ts';
import { fromDay } from '#domain/kernel/local-date.ts';

const BUILT_IN_DATES: readonly (readonly [number, number])[] = [[14, 17], [22, 22], [27, 31], [36, 36], [50, 54], [57, 58]];

/** 日期格式:does this number format show a day (not only a time)? Quoted text, colours and locales are left out of account. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DATES.some(([from, to]) => id >= from && id <= to);
  const bare = code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\.|_./g, '').toLowerCase();
  return /y|d/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare));
}

const FIRST_DAY_1900 = -25_569;
const DAYS_1904 = 1462;
const LAST_SERIAL = 2_958_465;

/** 日期序列值:the day of an Excel serial number, or null when there is none. Excel's imaginary 1900-02-29 is minded. */
export function serialToDate(serial: number, is1904: boolean): LocalDate | null {
  const whole = Math.floor(serial) + (is1904 ? DAYS_1904 : 0);
  if (!(whole >= 1 && whole <= LAST_SERIAL)) return null;
  const date = fromDay(whole + FIRST_DAY_1900 + (whole < 60 ? 1 : 0));
  return isLocalDate(date) ? date : null;
}

const MINUTES = 24 * 60;

/** 日期时间单元格:the day of a serial number and, where it has a part of a day, the minute; null when there is no such day. A part that rounds up to midnight is left out. */
export function serialToCell(serial: number, is1904: boolean): { readonly date: LocalDate; readonly time?: string } | null {
  const date = serialToDate(serial, is1904);
  if (date === null) return null;
  const minute = Math.round((serial - Math.floor(serial)) * MINUTES);
  return minute === 0 || minute >= MINUTES ? { date } : { date, time: `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}` };
}

/** 时间部分 of 2026-11-23T09:15:00.000: nothing where none is told, or midnight, which stands for none. */
export function timeIn(text: string): { readonly time?: string } {
  const time = /T(\d{2}:\d{2})/.exec(text)?.[1];
  return time === undefined || time === '00:00' ? {} : { time };
}
