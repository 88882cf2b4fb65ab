import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Tx } from '#platform/context.ts';
import type { ObligationRecord } from './position.ts';

/** 是否按时, by duty: late once a day has passed, met or not; in time when it was met before; of what is still open nothing. What was waived or fell away is not judged. */
export type Timings = ReadonlyMap<string, 'on-time' | 'late'>;
/** 时限所在 over one subject: the next day, and what was in time. */
export interface SubjectStanding { readonly nextDueOn: LocalDate | null; readonly timings: Timings }

type Row = Pick<ObligationRecord, 'dutyId' | 'state' | 'dueOn' | 'endsAt' | 'endedOn' | 'isLate'>;

/** 由各项时限得出 what stands over one subject by `now`; of a duty that was opened again, late weighs more. */
export function standingBy(rows: readonly Row[], now: Tx['now']): SubjectStanding {
  const timings = new Map<string, 'on-time' | 'late'>();
  for (const { dutyId, state, endedOn, endsAt, isLate } of rows) {
    if (state === 'void' || state === 'waived') continue;
    if (isLate || (endedOn === null && endsAt !== null && endsAt <= now)) timings.set(dutyId, 'late');
    else if (state === 'discharged' && !timings.has(dutyId)) timings.set(dutyId, 'on-time');
  }
  return { timings, nextDueOn: rows.reduce<LocalDate | null>((first, { endedOn, dueOn }) => (endedOn === null && dueOn !== null && (first === null || dueOn < first) ? dueOn : first), null) };
}

/** 查一件的时限所在, in a transaction that sees it whole: for whoever keeps a copy and hears that a day was moved. */
export async function standingOf(tx: Pick<Tx, 'db' | 'now'>, [kind, id]: readonly [kind: string, id: string]): Promise<SubjectStanding> {
  return standingBy(await tx.db.selectFrom('obligation.obligation').select(['dutyId', 'state', 'dueOn', 'endsAt', 'endedOn', 'isLate']).where('subjectKind', '=', kind).where('subjectId', '=', id).execute(), tx.now);
}
