import { expect, test } from 'vitest';
import { categoryCodes, categoryGroups, categoryOf, groupOf, isAboutCommittee, isCutOff, isRebound } from './category.ts';
import { complaintNo } from './number.ts';
import { isCalledBackElsewhere, isOutside } from './origin.ts';

test('each of the ten groups has a category, and each category a leader and something it rests on', () => {
  expect(new Set(categoryCodes.map(groupOf))).toEqual(new Set(Object.keys(categoryGroups)));
  for (const code of categoryCodes) expect([categoryOf(code).lead, categoryOf(code).basis]).not.toContain('');
});

test('what is about a committee, what cuts off supply and what comes back are told apart', () => {
  expect(categoryCodes.filter(isAboutCommittee)).toEqual(['D01', 'D02', 'D03']);
  expect(categoryCodes.filter(isCutOff)).toEqual(['B03']);
  expect(categoryCodes.filter(isRebound)).toEqual(['F01', 'F02', 'F04', 'F05']);
});

test('a number is written with hexagonal brackets and without zeros before it', () => {
  expect(complaintNo(2026, 12)).toBe('投诉〔2026〕12号');
});

test('whoever passed a file on and calls back himself is left to do so', () => {
  expect([isOutside('hotline'), isOutside('counter'), isCalledBackElsewhere('hotline'), isCalledBackElsewhere('mailbox')]).toEqual([true, false, true, false]);
});
