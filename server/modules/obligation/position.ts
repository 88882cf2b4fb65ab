import type { Selectable } from 'kysely';
import type { Duty } from '#domain/kernel/duty.ts';
import { addDays, startOfDay } from '#domain/kernel/local-date.ts';
import { clock, type Grounds, type Standing } from '#domain/obligation/clock.ts';
import { nextRung, rungsAt } from '#domain/obligation/ladder.ts';
import type { DutyEvent } from '#domain/obligation/log.ts';
import type { Fact } from './fact.ts';
import type { ObligationTables } from './tables.gen.ts';

export type ObligationRecord = Selectable<ObligationTables['obligation.obligation']>;
export type EntryRecord = Selectable<ObligationTables['obligation.entry']>;
/** The columns that the clock alone decides. */
export type Position = Pick<ObligationRecord, 'state' | 'openedOn' | 'dueOn' | 'dueAt' | 'warnAt' | 'endsAt' | 'isProvisional' | 'isExtended' | 'resumesOn' | 'endedOn' | 'isLate' | 'periodEndsOn' | 'renewsAt' | 'nextAt'>;

/** A stored entry as the clock reads it. */
export function asDutyEvent({ id, kind, actedAt, actedOn, event, reason, byName, dueOn, holderName }: Pick<EntryRecord, 'id' | 'kind' | 'actedAt' | 'actedOn' | 'event' | 'reason' | 'byName' | 'dueOn' | 'holderName'>): DutyEvent {
  return { id, kind, at: actedAt, on: actedOn, event, reason, byName, dueOn, toName: holderName };
}

/** Stored holders, whatever was stored. */
export function holdersOf({ holders }: Pick<ObligationRecord, 'holders'>): Fact['holders'] {
  if (typeof holders !== 'object' || holders === null) return {};
  return Object.fromEntries(Object.entries(holders).filter(([, each]: [string, unknown]) => typeof each === 'object' && each !== null && 'orgUnitId' in each));
}

/** 时限所在: what one duty's row says, worked out anew from its whole log; `climbed` are the rungs that were told already. */
export function positionOf(duty: Duty<unknown>, facts: unknown, log: readonly DutyEvent[], climbed: ReadonlySet<string>, grounds: Grounds): { readonly position: Position; readonly standing: Standing } {
  const standing = clock(duty, facts, log, grounds);
  const rungs = rungsAt(duty.ladder, standing, grounds.calendar);
  const { state, openedOn, dueOn, dueAt, endsAt, provisional, isExtended, resumesOn, endedOn, isLate, periodEndsOn } = standing;
  const next = endedOn === null ? [nextRung(rungs, climbed)?.at, resumesOn === null ? undefined : startOfDay(addDays(resumesOn, 1))].filter((at) => at !== undefined).toSorted()[0] ?? null : null;
  const position: Position = {
    state, openedOn, dueOn, dueAt, endsAt, isProvisional: provisional, isExtended, resumesOn, endedOn, isLate, periodEndsOn, nextAt: next,
    warnAt: rungs.find(({ rung }) => rung.kind === 'warn')?.at ?? endsAt,
    renewsAt: periodEndsOn === null || state === 'void' ? null : startOfDay(addDays(periodEndsOn, 1)),
  };
  return { position, standing };
}
