import { expect, test } from 'vitest';
import { instant } from '#domain/kernel/brand.ts';
import { nextBackupAt, type BackupHistory } from './due.ts';

const never: BackupHistory = { since: instant('2026-11-23T03:00:00.000Z'), lastSuccessAt: null, failures: 0, lastFailureAt: null, isAsked: false };
const next = (now: string, history: Partial<BackupHistory> = {}, hour: number | null = 2) => nextBackupAt(instant(now), hour, { ...never, ...history });

test('a deployment that begins at eleven in the morning is backed up the next night at two, by the clock here', () => {
  expect(next('2026-11-23T03:00:01.000Z')).toBe('2026-11-23T18:00:00.000Z');
});

test('after a success the next night is next, also when it was made by hand at noon', () => {
  expect(next('2026-11-24T05:00:00.000Z', { lastSuccessAt: instant('2026-11-24T04:00:00.000Z') })).toBe('2026-11-24T18:00:00.000Z');
  expect(next('2026-11-23T18:03:00.000Z', { lastSuccessAt: instant('2026-11-23T18:00:00.000Z') })).toBe('2026-11-24T18:00:00.000Z');
});

test('a night that was missed because the machine was off is due at once', () => {
  const due = next('2026-11-27T00:30:00.000Z', { lastSuccessAt: instant('2026-11-23T18:00:00.000Z') });
  expect(due).toBe('2026-11-24T18:00:00.000Z');
  expect(due !== null && due <= instant('2026-11-27T00:30:00.000Z')).toBe(true);
});

test('after failures it is tried again in ten minutes, twenty, forty … two hours at most', () => {
  const failedAt = instant('2026-11-23T18:01:00.000Z');
  const waits = [1, 2, 3, 4, 5, 9].map((failures) => (Date.parse(next('2026-11-23T18:02:00.000Z', { failures, lastFailureAt: failedAt }) ?? '') - Date.parse(failedAt)) / 60_000);
  expect(waits).toEqual([10, 20, 40, 80, 120, 120]);
});

test('one asked for by day that failed is tried again the same way, by day, also where no night is set; the night itself is not put off before it', () => {
  const failedAt = instant('2026-11-23T05:00:00.000Z');
  const waits = [1, 2, 3, 4, 5, 9].map((failures) => (Date.parse(next('2026-11-23T05:01:00.000Z', { failures, lastFailureAt: failedAt, isAsked: true }) ?? '') - Date.parse(failedAt)) / 60_000);
  expect(waits).toEqual([10, 20, 40, 80, 120, 120]);
  expect(next('2026-11-23T05:01:00.000Z', { failures: 1, lastFailureAt: failedAt, isAsked: true }, null)).toBe('2026-11-23T05:10:00.000Z');
  expect(next('2026-11-23T17:01:00.000Z', { failures: 9, lastFailureAt: instant('2026-11-23T17:00:00.000Z'), isAsked: true })).toBe('2026-11-23T18:00:00.000Z');
  expect(next('2026-11-23T05:01:00.000Z', { failures: 1, lastFailureAt: failedAt }, null)).toBeNull();
});

test('nothing is scheduled when it is switched off, or before there is a county', () => {
  expect(next('2026-11-23T19:00:00.000Z', {}, null)).toBeNull();
  expect(next('2026-11-23T19:00:00.000Z', { since: null })).toBeNull();
});
