import { expect, test } from 'vitest';
import { requiredText } from './kernel.ts';

test.each(['', ' ', '　', '\u200b', '\u200f\u200b\ufeff', '\u00a0\t', '\u2060'])('what nobody can see (%j) fills no required field', (nothing) => {
  const found = requiredText(10, '请填写姓名').safeParse(nothing);
  expect(found.error?.issues[0]?.message).toBe('请填写姓名');
});

test('a rare character of the private use area is a name, and blanks around one go', () => {
  expect(requiredText(10).parse(' \ue863 ')).toBe('\ue863');
  expect(requiredText(10).parse('王\u200b敏')).toBe('王\u200b敏');
});
