import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant, type Instant } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { mergedAt, type Waiting } from './merge.ts';
import { afterQuiet, isQuiet, type Quiet } from './quiet.ts';

const START = epochOf(instant('2026-11-19T16:00:00.000Z'));
const minute = (at: number): Instant => instantOf(START + at * 60_000);
const quiets = fc.record({ fromMinute: fc.integer({ min: 0, max: 1_439 }), untilMinute: fc.integer({ min: 0, max: 1_439 }) });
const moments = fc.array(fc.record({ minute: fc.integer({ min: 0, max: 2_880 }), isUrgent: fc.boolean() }), { maxLength: 30 });

interface Mail { readonly at: Instant; readonly of: readonly (Waiting & { readonly no: number })[] }

/** A worker that looks every minute for four days. */
function run(told: readonly { minute: number; isUrgent: boolean }[], quiet: Quiet, gatherMinutes: number): Mail[] {
  const all = told.map(({ minute: at, isUrgent }, no) => ({ no, at: minute(at), isUrgent }));
  const mails: Mail[] = [];
  const sent = new Set<number>();
  for (let tick = 0; tick <= 5_760; tick += 1) {
    const now = minute(tick);
    const waiting = all.filter(({ no, at }) => !sent.has(no) && at <= now);
    const due = mergedAt(waiting, { lastAt: mails.at(-1)?.at ?? null, quiet, gatherMinutes });
    if (due === null || due > now) continue;
    for (const { no } of waiting) sent.add(no);
    mails.push({ at: now, of: waiting });
  }
  return mails;
}

test('each goes exactly once, never twice within the interval, and in quiet hours only with an urgent one', () => {
  fc.assert(fc.property(moments, quiets, fc.integer({ min: 1, max: 720 }), (told, quiet, gather) => {
    const mails = run(told, quiet, gather);
    expect(mails.flatMap(({ of }) => of.map(({ no }) => no)).toSorted((a, b) => a - b)).toEqual(told.map((_, no) => no));
    for (const [no, mail] of mails.entries()) {
      const before = mails[no - 1];
      if (before) expect(epochOf(mail.at) - epochOf(before.at)).toBeGreaterThanOrEqual(gather * 60_000);
      if (isQuiet(mail.at, quiet)) expect(mail.of.some(({ isUrgent }) => isUrgent)).toBe(true);
    }
  }), { numRuns: 60 });
});

test('it does not depend on the order in which they are read', () => {
  const waiting = fc.array(fc.record({ at: fc.integer({ min: 0, max: 2_880 }).map(minute), isUrgent: fc.boolean() }), { maxLength: 12 });
  fc.assert(fc.property(waiting, quiets, fc.option(fc.integer({ min: -600, max: 0 }).map(minute)), (some, quiet, lastAt) => {
    const terms = { lastAt, quiet, gatherMinutes: 30 };
    expect(mergedAt(some.toReversed(), terms)).toBe(mergedAt(some, terms));
  }));
});

test('the end of quiet hours is loud, and nothing between is', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2_880 }), quiets, (at, quiet) => {
    const end = afterQuiet(minute(at), quiet);
    expect(isQuiet(end, quiet)).toBe(false);
    for (let each = epochOf(minute(at)); each < epochOf(end); each += 60_000) expect(isQuiet(instantOf(each), quiet)).toBe(true);
  }), { numRuns: 60 });
});
