import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localDate } from '../kernel/brand.ts';
import { letterBody, letterDay } from './letter.ts';

test('a letter becomes its subject and its words, never longer than a file holds, and says when something is left out', () => {
  expect(letterBody({ subject: '电梯', text: '停了三天' })).toEqual({ text: '主题：电梯\n停了三天', isCut: false });
  expect(letterBody({ subject: '', text: '停了三天' })).toEqual({ text: '停了三天', isCut: false });
  expect(letterBody({ subject: '', text: '' })).toEqual({ text: '', isCut: false });
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), fc.integer({ min: 0, max: 7_000 }), (subject, length) => {
    const { text, isCut } = letterBody({ subject, text: '车'.repeat(length) });
    expect(text.length).toBeLessThanOrEqual(5_000);
    expect(isCut).toBe(text.endsWith('其余见来件原件）'));
    expect(text.isWellFormed()).toBe(true);
  }));
});

test('the day of receipt is the first told that can be one; a day to come, or of another age, is not believed', () => {
  const today = localDate('2026-11-23');
  const [day, later, ancient] = [localDate('2026-11-19'), localDate('2026-11-24'), localDate('2016-11-22')];
  expect(letterDay([day, later], today)).toEqual({ receivedOn: day, isDayRead: true });
  expect(letterDay([later, day], today)).toEqual({ receivedOn: day, isDayRead: true });
  expect(letterDay([today], today)).toEqual({ receivedOn: today, isDayRead: true });
  expect(letterDay([ancient, later], today)).toEqual({ receivedOn: today, isDayRead: false });
  expect(letterDay([], today)).toEqual({ receivedOn: today, isDayRead: false });
});
