import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant, localDate } from '#domain/kernel/brand.ts';
import { calendarText, type CalendarEntry } from './icalendar.ts';

const entry: CalendarEntry = { uid: 'one@shanzhi', on: localDate('2026-12-31'), summary: '答复：测试件', description: '责任单位：东街道', url: 'http://127.0.0.1:8080/estates', changedAt: instant('2026-11-20T02:00:00.000Z'), sequence: 3 };
/** What a reader of RFC 5545 sees: lines put together again, each as its name and its value. */
const read = (text: string) => text.replaceAll('\r\n ', '').split('\r\n').slice(0, -1).map((line) => ({ name: /^[^:;]+/.exec(line)?.[0] ?? '', value: line.slice(line.indexOf(':') + 1) }));
const valueOf = (text: string, name: string) => read(text).find((line) => line.name === name)?.value;
const plain = (value = '') => value.replaceAll(/\\([\\;,nN])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign));
const octets = (line: string) => Buffer.byteLength(line, 'utf8');

describe('the calendar text', () => {
  test('is a calendar of whole days, each with its own id and a word before', () => {
    const text = calendarText('待办与时限', [entry]);
    expect(read(text).map(({ name, value }) => `${name}:${value}`)).toEqual(expect.arrayContaining(['BEGIN:VCALENDAR', 'VERSION:2.0', 'UID:one@shanzhi', 'DTSTAMP:20261120T020000Z', 'SEQUENCE:3', 'DTSTART:20261231', 'DTEND:20270101', 'SUMMARY:答复：测试件', 'TRANSP:TRANSPARENT', 'TRIGGER:-PT15H', 'END:VCALENDAR']));
  });

  test('every BEGIN has its END, in order, whatever stands in the texts', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary-ascii', maxLength: 40 }), fc.constantFrom('\r\nEND:VEVENT', 'x\nBEGIN:VCALENDAR', '\\n;,')), { maxLength: 4 }), (texts) => {
      const open: string[] = [];
      for (const { name, value } of read(calendarText('名', texts.map((summary) => ({ ...entry, summary, description: summary }))))) {
        if (name === 'BEGIN') open.push(value);
        if (name === 'END') expect(open.pop()).toBe(value);
      }
      expect(open).toEqual([]);
    }), { numRuns: 60 });
  });

  test('no line is longer than 75 octets, each ends in CR LF, and a text comes out as it went in but for control characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }).map((text) => text.replaceAll(/[\p{Cc}]/gu, '')), fc.string({ maxLength: 100 }).map((text) => text.replaceAll(/[\p{Cc}]/gu, '')), (summary, description) => {
      const text = calendarText('名', [{ ...entry, summary, description: `${description}\n${summary}` }]);
      expect(text.endsWith('\r\n')).toBe(true);
      expect(text.split('\r\n').every((line) => octets(line) <= 75 && !/[\r\n]/.test(line))).toBe(true);
      expect([plain(valueOf(text, 'SUMMARY')), plain(valueOf(text, 'DESCRIPTION'))]).toEqual([summary, `${description}\n${summary}`]);
    }), { numRuns: 60 });
  });
});
