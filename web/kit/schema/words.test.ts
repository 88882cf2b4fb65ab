import { expect, test } from 'vitest';
import { distanceWords } from './words.ts';

test('a day is so many days off by the calendar', () => {
  expect(distanceWords('2026-11-23', '2026-11-23')).toBe('今天');
  expect(distanceWords('2026-11-24', '2026-11-23')).toBe('还有 1 天');
  expect(distanceWords('2026-10-31', '2026-11-23')).toBe('已过 23 天');
});

test('an instant is counted by the day on the office’s wall, not by the one in Greenwich', () => {
  expect(distanceWords('2026-11-22T16:00:00.000Z', '2026-11-23')).toBe('今天');
  expect(distanceWords('2026-11-22T15:59:59.000Z', '2026-11-23')).toBe('已过 1 天');
  expect(distanceWords('2026-11-23T16:00:00.000Z', '2026-11-23')).toBe('还有 1 天');
});

test('what is neither a day nor an instant is no distance', () => {
  expect(distanceWords('每月', '2026-11-23')).toBe('');
});
