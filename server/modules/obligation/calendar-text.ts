import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Instant, LocalDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';

/** 日历中的一项: a whole day, told again under the same `uid` when it moves. */
export interface CalendarEntry { readonly uid: string; readonly on: LocalDate; readonly summary: string; readonly description: string; readonly url: string; readonly changedAt: Instant; readonly sequence: number }

const SIX_HOURS = 6 * 3_600;
const MORNING_BEFORE = 15 * 3_600;

/**
 * 日历文字 by RFC 5545: whole days, transparent (nobody is busy by them), with a word the morning before. Control characters of a text other
 * than its line breaks are left out.
 */
export function calendarText(name: string, entries: readonly CalendarEntry[]): string {
  const calendar = ical({ name: printable(name), prodId: '//Shanzhi//Obligations//ZH', method: ICalCalendarMethod.PUBLISH, ttl: SIX_HOURS });
  for (const { uid, on, summary, description, url, changedAt, sequence } of entries) {
    const event = calendar.createEvent({
      id: uid, allDay: true, start: dayOf(on), end: dayOf(addDays(on, 1)), summary: printable(summary), description: printable(description), url, stamp: new Date(changedAt), lastModified: new Date(changedAt), sequence,
      transparency: ICalEventTransparency.TRANSPARENT, status: ICalEventStatus.CONFIRMED,
    });
    event.createAlarm({ type: ICalAlarmType.display, trigger: MORNING_BEFORE, description: printable(summary) });
  }
  return `${calendar.toString()}\r\n`;
}

const dayOf = (on: LocalDate) => new Date(`${on}T00:00:00.000Z`);
const printable = (text: string) => text.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{Cc}\n]/gu, '');
