import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isKeyText, newKeyText } from './key-text.ts';

test('every key made is recognised, and no two are alike', () => {
  const made = Array.from({ length: 500 }, newKeyText);
  expect(made.filter((text) => !isKeyText(text))).toEqual([]);
  expect(new Set(made).size).toBe(500);
});

test('a key with one character changed, cut or added is not one', () => {
  const key = newKeyText();
  fc.assert(fc.property(fc.nat(key.length - 1), fc.constantFrom(...'abcXYZ019_- '), (at, other) => {
    fc.pre(key.charAt(at) !== other);
    expect(isKeyText(key.slice(0, at) + other + key.slice(at + 1))).toBe(false);
  }));
  for (const text of ['', 'sz_', key.slice(0, -1), `${key}0`, ` ${key}`, `${key}\n`]) expect(isKeyText(text)).toBe(false);
});
