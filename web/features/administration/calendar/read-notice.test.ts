import { expect, test } from 'vitest';
import { readNotice } from './read-notice.ts';
import { readDays } from './read-days.ts';
import { spansWords } from './spans.ts';

const published = `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。`;

test('a published notice is read: what is off and what is worked instead', () => {
  const { daysOff, makeupDays } = readNotice(2026, published);
  expect(spansWords(daysOff)).toBe('1月1日至3日（3天）、2月15日至23日（9天）、4月4日至6日（3天）、5月1日至5日（5天）');
  expect(makeupDays).toEqual(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09']);
});

test('a span that begins in the year before keeps its own year', () => {
  expect(readNotice(2023, '元旦：2022年12月31日至2023年1月2日放假调休，共3天。').daysOff).toEqual(['2022-12-31', '2023-01-01', '2023-01-02']);
});

test('off and worked days of one sentence are told apart', () => {
  expect(readNotice(2025, '劳动节：5月1日至5日放假调休，4月27日上班')).toEqual({ daysOff: ['2025-05-01', '2025-05-02', '2025-05-03', '2025-05-04', '2025-05-05'], makeupDays: ['2025-04-27'] });
});

test('a day that does not exist, and text without days, give nothing', () => {
  expect(readNotice(2026, '2月30日放假。节假日期间，各地区要妥善安排好值班。')).toEqual({ daysOff: [], makeupDays: [] });
});

test('days typed as a list are read; what is no day is named', () => {
  expect(readDays(2027, '1月1日至2日，10-01、春节')).toEqual({ days: ['2027-01-01', '2027-01-02', '2027-10-01'], unread: ['春节'] });
});
