import { expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { termEventOf, type TermStanding } from './obligations.ts';

const day = localDate;
const stands: TermStanding = { isStanding: true, sinceOn: day('2022-01-01'), untilOn: day('2026-12-31'), sinceBefore: null, hasSuccessor: false };

test.each<[string, Partial<TermStanding>, string]>([
  ['a term that is told is as it says', {}, 'committee.term-set'],
  ['a last day mended leaves the term the same', { sinceBefore: day('2022-01-01'), untilOn: day('2026-06-30') }, 'committee.term-set'],
  ['a beginning moved back is a correction', { sinceBefore: day('2022-01-02') }, 'committee.term-set'],
  ['a later beginning is a new term', { sinceBefore: day('2021-12-31') }, 'committee.term-renewed'],
  ['a later beginning without a last day leaves no term', { sinceBefore: day('2021-12-31'), untilOn: null }, 'committee.term-gone'],
  ['one that stands no more has none', { isStanding: false }, 'committee.term-gone'],
  ['whoever has a successor was succeeded, ended or not', { isStanding: false, hasSuccessor: true }, 'committee.term-succeeded'],
])('%s', (_words, change, event) => { expect(termEventOf({ ...stands, ...change })).toBe(event); });
