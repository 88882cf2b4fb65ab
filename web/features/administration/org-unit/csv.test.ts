import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('begins with the mark by which spreadsheets know the text is UTF-8', () => {
  expect(csvOf([['名称']])).toBe('\uFEFF名称\r\n');
});

test('commas, quotes and line breaks stay inside their cell', () => {
  expect(csvOf([['甲,乙', '"丙"', '一\n二']])).toBe('\uFEFF"甲,乙","""丙""","一\n二"\r\n');
});

test.each(['=1+1', '+86', '-1', '@x'])('%s is a text and no formula', (text) => {
  expect(csvOf([[text]])).toBe(`\uFEFF'${text}\r\n`);
});
