import * as fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { instant, localDate } from '#domain/kernel/brand.ts';
import { calendarText, type CalendarEntry } from './calendar-text.ts';

const entry: CalendarEntry = { uid: 'one@shanzhi', on: localDate('2026-12-31'), summary: '答复：测试件', description: '责任单位：东街道', url: 'http://127.0.0.1:8080/estates', changedAt: instant('2026-11-20T02:00:00.000Z'), sequence: 3 };
/** The calendar as another program reads it. */
const read = (text: string) => new ICAL.Component(ICAL.parse(text));
const eventsOf = (text: string) => read(text).getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
const withoutControls = (text: string) => text.replaceAll(/\p{Cc}/gu, '');

describe('the calendar text', () => {
  test('is a calendar of whole days, each with its own id and a word the morning before', () => {
    const text = calendarText('待办与时限', [entry]);
    expect(read(text).getFirstPropertyValue('x-wr-calname')).toBe('待办与时限');
    const [event] = eventsOf(text);
    expect({ uid: event?.uid, from: event?.startDate.toString(), to: event?.endDate.toString(), isDay: event?.startDate.isDate, summary: event?.summary, sequence: event?.sequence })
      .toEqual({ uid: 'one@shanzhi', from: '2026-12-31', to: '2027-01-01', isDay: true, summary: '答复：测试件', sequence: 3 });
    expect(event?.component.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
    expect(String(event?.component.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger'))).toBe('-PT15H');
  });

  test('whatever stands in the texts, another program reads as many days as were written, and each text but for its control characters', () => {
    const words = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constantFrom('x;y,z\\n:', 'BEGIN:VEVENT', 'END:VCALENDAR')).map(withoutControls);
    fc.assert(fc.property(fc.array(fc.record({ summary: words, description: words }), { maxLength: 4 }), (texts) => {
      const text = calendarText('名', texts.map(({ summary, description }, at) => ({ ...entry, uid: `${at}@shanzhi`, summary, description: `${description}\r\n${summary}` })));
      expect(eventsOf(text).map(({ summary, description }) => ({ summary: summary ?? '', description: description ?? '' }))).toEqual(texts.map(({ summary, description }) => ({ summary, description: `${description}\n${summary}` })));
    }), { numRuns: 60 });
  });

  test('no line is longer than 75 octets, and each ends in CR LF', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (summary) => {
      const text = calendarText('名', [{ ...entry, summary, description: `${summary}\n${summary}` }]);
      expect(text.endsWith('\r\n')).toBe(true);
      expect(text.split('\r\n').every((line) => Buffer.byteLength(line, 'utf8') <= 75 && !/[\r\n]/.test(line))).toBe(true);
    }), { numRuns: 60 });
  });
});
