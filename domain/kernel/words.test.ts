import { expect, test } from 'vitest';
import { instant } from './brand.ts';
import { instantText, sizeText } from './words.ts';

test('an instant is told by the clock here, also across midnight', () => {
  expect(instantText(instant('2026-11-22T18:05:59.000Z'))).toBe('2026年11月23日 02:05');
});

test.each([[0, '0 字节'], [999, '999 字节'], [1536, '1.5 KB'], [10_240, '10 KB'], [52_428_800, '50 MB'], [3_221_225_472, '3.0 GB']])('%i bytes are told as %s', (bytes, words) => {
  expect(sizeText(bytes)).toBe(words);
});
