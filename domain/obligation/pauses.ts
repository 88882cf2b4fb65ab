import type { Instant, LocalDate } from '#domain/kernel/brand.ts';
import type { Duty } from '#domain/kernel/duty.ts';
import { addDays, epochOf, instantOf } from '#domain/kernel/local-date.ts';
import type { DutyEvent, ParametersInForce } from './log.ts';

/**
 * 停计的一段: days after `from` up to and including `until` are not counted, for a day counts when the clock runs at its beginning: so is the day of
 * receipt left out, so the day on which it runs again, and a stop taken back on the same day costs nothing. Null: not ended yet.
 */
export interface Pause {
  readonly cause: 'suspended' | 'discharged';
  readonly ground: string;
  readonly from: LocalDate; readonly until: LocalDate | null;
  readonly fromAt: Instant; readonly untilAt: Instant | null;
  /** The day after which it runs on by itself, where nobody resumed it sooner. */
  readonly limitOn: LocalDate | null;
  /** Nobody resumed it yet, though its limit may. */
  readonly isOpen: boolean;
}

/** 停计: every stop that a duty's own list allows, each until the first resumption after it, its limit at the latest; and from a discharge until it was taken back. `log` in order. */
export function pausesOf<F>(duty: Duty<F>, log: readonly DutyEvent[], inForce: ParametersInForce): Pause[] {
  return log.flatMap((event, at): Pause[] => {
    const later = log.slice(at + 1);
    if (event.kind === 'discharged') {
      const back = later.find(({ kind }) => kind === 'reopened');
      // A discharge that stands stops nothing: the day it was due by stays what it was.
      return back === undefined ? [] : [{ cause: 'discharged', ground: '已办结', from: event.on, until: back.on, fromAt: event.at, untilAt: back.at, limitOn: null, isOpen: false }];
    }
    const listed = event.kind === 'suspended' ? duty.suspendedBy.find((each) => each.event === event.event) : undefined;
    if (listed === undefined) return [];
    const back = later.find(({ kind }) => kind === 'resumed');
    const days = listed.atMost === undefined ? null : inForce(listed.atMost, event.on).value;
    const limitOn = days === null ? null : addDays(event.on, days);
    const isCut = limitOn !== null && (back === undefined || back.on > limitOn);
    return [{
      cause: 'suspended', ground: listed.ground, from: event.on, fromAt: event.at, limitOn: isCut ? limitOn : null,
      isOpen: back === undefined, until: isCut ? limitOn : back?.on ?? null,
      untilAt: isCut && days !== null ? instantOf(epochOf(event.at) + days * 86_400_000) : back?.at ?? null,
    }];
  });
}

/** 当日停计, and by which stop. */
export function pausedOn(pauses: readonly Pause[], on: LocalDate): Pause | undefined {
  return pauses.find(({ from, until }) => from < on && (until === null || on <= until));
}

/** 停计之外的时刻: `ms` of running time after `from`; null when a stop that has not ended comes first. */
export function instantAfter(pauses: readonly Pause[], from: Instant, ms: number): Instant | null {
  let [at, left] = [epochOf(from), ms];
  for (const { fromAt, untilAt } of pauses.toSorted((a, b) => (a.fromAt < b.fromAt ? -1 : 1))) {
    if (untilAt !== null && epochOf(untilAt) <= at) continue;
    const running = Math.max(epochOf(fromAt) - at, 0);
    if (running >= left) break;
    if (untilAt === null) return null;
    [at, left] = [epochOf(untilAt), left - running];
  }
  return instantOf(at + left);
}
