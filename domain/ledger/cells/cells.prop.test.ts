import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaCm2, daysInMonth, fen } from '#domain/kernel/brand.ts';
import { formatSquareMetres } from '#domain/kernel/area.ts';
import { formatYuan } from '#domain/kernel/money.ts';
import { dateText, fromDay, toDay } from '#domain/kernel/local-date.ts';
import { date, dateUntil, period } from './date.ts';
import { area, count, money, percent } from './number.ts';

const days = fc.integer({ min: toDay(fromDay(-18_000)), max: toDay(fromDay(40_000)) }).map(fromDay);
const wide = (text: string) => text.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
const grouped = (text: string) => text.replace(/^\d+/, (whole) => whole.replaceAll(/\B(?=(\d{3})+$)/g, ','));

const spoken = (number: number) => (number < 10 ? '' : `${number < 20 ? '' : '一二三'[Math.floor(number / 10) - 1]}十`) + (number % 10 === 0 ? '' : '一二三四五六七八九'[number % 10 - 1]);

describe('a cell says the same however it is written', () => {
  test('every usual form of a day is read as that day', () => {
    fc.assert(fc.property(days, (day) => {
      const [year = '', month = '', dayOfMonth = ''] = day.split('-').map((part) => String(Number(part)));
      const forms = [day, `${year}.${month}.${dayOfMonth}`, `${year}/${month}/${dayOfMonth}`, dateText(day), day.replaceAll('-', ''), `${day} 00:00:00`, `${year}年${month}月${dayOfMonth}号`, wide(day), ` ${day}\n`, { date: day }];
      for (const form of forms) expect(date(form, '')).toEqual({ is: 'value', value: day });
    }));
  });

  test('a day in Chinese numerals, or as Excel’s serial number, is that day', () => {
    fc.assert(fc.property(days.filter((day) => day >= '1950-01-01' && day < '2090-01-01'), (day) => {
      const [year = '', month = '', dayOfMonth = ''] = day.split('-');
      const inChinese = `${Array.from(year, (digit) => '〇一二三四五六七八九'[Number(digit)]).join('')}年${spoken(Number(month))}月${spoken(Number(dayOfMonth))}日`;
      expect(date(inChinese, '')).toEqual({ is: 'value', value: day });
      expect(date(toDay(day) + 25_569, '')).toEqual({ is: 'value', value: day });
      expect(date(String(toDay(day) + 25_569), '')).toEqual({ is: 'value', value: day });
    }));
  });

  test('a month is its first day where something begins and its last where something ends', () => {
    fc.assert(fc.property(fc.integer({ min: 1950, max: 2090 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
      const mm = String(month).padStart(2, '0');
      for (const form of [`${year}年${month}月`, `${year}-${mm}`, `${year}/${month}`, `${year}${mm}`]) {
        expect(date(form, '')).toEqual({ is: 'value', value: `${year}-${mm}-01` });
        expect(dateUntil(form, '')).toEqual({ is: 'value', value: `${year}-${mm}-${daysInMonth(year, month)}` });
      }
    }));
  });

  test('two days in one cell are a period, whatever stands between them', () => {
    fc.assert(fc.property(days, days, fc.constantFrom('-', '至', '~', '—', ' 到 ', '－'), fc.constantFrom('.', '/', '年'), (one, other, between, mark) => {
      const [from, until] = one <= other ? [one, other] : [other, one];
      const written = (day: typeof one) => (mark === '年' ? dateText(day) : day.replaceAll('-', mark));
      expect(period(`${written(from)}${between}${written(until)}`, '')).toEqual({ is: 'value', value: { from, until } });
      expect(period(`${from}至${until}`, '')).toEqual({ is: 'value', value: { from, until } });
    }));
  });

  test('counts, areas and amounts come back from every way of writing them', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 9_999_999 }), (number) => {
      for (const form of [number, String(number), ` ${number} `, wide(String(number)), grouped(String(number)), `${number}户`, `${number}.0`]) expect(count(form, '')).toEqual({ is: 'value', value: number });
      const cm2 = areaCm2(number * 100);
      const metres = formatSquareMetres(cm2);
      for (const form of [metres, Number(metres), wide(metres), grouped(metres), `${metres}㎡`, `${metres}平方米`]) expect(area(form, '建筑面积')).toEqual({ is: 'value', value: cm2 });
      expect(area(number, '面积(万㎡)')).toEqual({ is: 'value', value: number * 100_000_000 });
      const amount = fen(number);
      for (const form of [formatYuan(amount), `${formatYuan(amount)}元`, wide(formatYuan(amount))]) expect(money(form, '')).toEqual({ is: 'value', value: amount });
    }));
  });

  test('a share is the same as 85.5%, 85.5 and 0.855', () => {
    fc.assert(fc.property(fc.integer({ min: 101, max: 10_000 }), (points) => {
      for (const form of [`${points / 100}%`, points / 100, points / 10_000]) expect(percent(form, '')).toMatchObject({ is: 'value', value: points });
    }));
  });
});

describe('what cannot be read is said, never guessed', () => {
  test.each(['三百', '待测', '12-15', '1,23', '一百二十', '12.5.6'])('%s is no number', (text) => {
    expect(count(text, '')).toMatchObject({ is: 'fault', fault: { code: 'not-a-number' } });
    expect(area(text, '')).toMatchObject({ is: 'fault', fault: { code: 'not-a-number' } });
  });

  test.each(['2025-02-30', '2025年13月1日', '2025.0.5', '去年', '3/1/2025', '0'])('%s is no day', (text) => {
    expect(date(text, '')).toMatchObject({ is: 'fault', fault: { code: 'date-invalid' } });
  });

  test('2025.1 kept as a number could be January or October; 2025.11 is November', () => {
    expect(date(2025.1, '')).toMatchObject({ is: 'fault' });
    expect(date(2025.11, '')).toEqual({ is: 'value', value: '2025-11-01' });
  });

  test.each(['', ' ', '-', '—', '/', '无', '暂无', null])('%j is a blank, not a fault', (cell) => {
    expect([count(cell, ''), area(cell, ''), date(cell, ''), money(cell, ''), percent(cell, '')]).toEqual(Array.from({ length: 5 }, () => ({ is: 'blank' })));
  });

  test('a negative number is told apart, decimals beyond the cent are rounded with a note', () => {
    expect(area(-17111.55, '')).toMatchObject({ is: 'fault', fault: { code: 'negative' } });
    expect(count('-3', '')).toMatchObject({ is: 'fault', fault: { code: 'negative' } });
    expect([count('13800000000', ''), count('9999999', '')]).toMatchObject([{ is: 'fault', fault: { code: 'out-of-range' } }, { is: 'value' }]);
    expect(area('88.565', '')).toMatchObject({ is: 'value', value: 885_700, note: { code: 'rounded', severity: 'warn' } });
    expect(area(62466.409999999996, '')).toEqual({ is: 'value', value: 624_664_100 });
  });
});
