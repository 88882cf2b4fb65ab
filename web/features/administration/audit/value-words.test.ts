import { expect, test } from 'vitest';
import { valueWords } from './value-words.ts';

test.each([
  [null, '空'], ['', '空'], ['2026-11-20', '2026年11月20日'], ['2027-01-01、2027-01-02', '2027年1月1日、2027年1月2日'],
  ['清棠镇', '清棠镇'], ['018f2b3c-1111-7222-8333-944444445555', '编号 44445555'],
])('%s reads %s', (value, words) => {
  expect(valueWords(value)).toBe(words);
});

test('a time is that of the clock on the wall in China', () => {
  expect(valueWords('2026-11-20T18:30:00.000Z')).toContain('2026/11/21');
});
