import { expect, test } from 'vitest';
import { categoryCodes } from '#domain/complaint/category.ts';
import { plainWords } from './plain-words.ts';

test('every category can be chosen, in words of its own, once', () => {
  const choices = plainWords.flatMap(({ choices }) => choices);
  expect(choices.map(([code]) => code).toSorted()).toEqual([...categoryCodes].toSorted());
  expect(new Set(choices.map(([, words]) => words)).size).toBe(choices.length);
});
