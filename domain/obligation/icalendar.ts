import type { Instant, LocalDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';

/** 日历中的一项: a whole day, told again under the same `uid` when it moves. */
export interface CalendarEntry { readonly uid: string; readonly on: LocalDate; readonly summary: string; readonly description: string; readonly url: string; readonly changedAt: Instant; readonly sequence: number }

/**
 * 日历文字 by RFC 5545: whole days, transparent (nobody is busy by them), with a word the morning before. Lines end in CR LF and are folded at 75
 * octets between characters; commas, semicolons, backslashes and line breaks in texts are escaped; other control characters are left out.
 */
export function calendarText(name: string, entries: readonly CalendarEntry[]): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Shanzhi//Obligations//ZH', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `X-WR-CALNAME:${escaped(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT6H', 'X-PUBLISHED-TTL:PT6H', ...entries.flatMap(eventLines), 'END:VCALENDAR'];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventLines({ uid, on, summary, description, url, changedAt, sequence }: CalendarEntry): string[] {
  return [
    'BEGIN:VEVENT', `UID:${escaped(uid)}`, `DTSTAMP:${utc(changedAt)}`, `LAST-MODIFIED:${utc(changedAt)}`, `SEQUENCE:${sequence}`, `DTSTART;VALUE=DATE:${compact(on)}`, `DTEND;VALUE=DATE:${compact(addDays(on, 1))}`,
    `SUMMARY:${escaped(summary)}`, `DESCRIPTION:${escaped(description)}`, `URL:${url}`, 'TRANSP:TRANSPARENT', 'STATUS:CONFIRMED',
    'BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(summary)}`, 'TRIGGER:-PT15H', 'END:VALARM', 'END:VEVENT',
  ];
}

const compact = (on: LocalDate): string => on.replaceAll('-', '');
const utc = (at: Instant): string => at.replace(/\.\d{3}Z$/, 'Z').replaceAll(/[-:]/g, '');

/** A text value: what would end or split it is escaped. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll(/\r\n|\r|\n/g, '\\n').replaceAll(/\p{Cc}/gu, '');
}

const MOST = 75;

/** A line of more octets goes on after a line break and a blank, which itself is one of the next line's octets. */
function folded(line: string): string {
  let [out, length] = ['', 0];
  for (const character of line) {
    const octets = octetsOf(character);
    if (length + octets > MOST) [out, length] = [`${out}\r\n `, 1];
    [out, length] = [out + character, length + octets];
  }
  return out;
}

function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
