import type { Grounds } from '#domain/obligation/clock.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { parameterOn } from '#domain/kernel/parameter.ts';
import { readCalendar } from '#platform/calendar/read.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { overridesOf } from '#platform/parameters/read.ts';

/** By the transaction itself: a connection's handle outlives it, and what was known then is not what is known now. */
const kept = new WeakMap<Pick<Tx, 'db' | 'now'>, Map<string, Promise<Grounds>>>();

/** 计算依据 of one county as known in this transaction: its calendar and its parameters, each read once. */
export function groundsOf(tx: Pick<Tx, 'db' | 'now'>, countyId: string): Promise<Grounds> {
  const counties = kept.get(tx) ?? new Map<string, Promise<Grounds>>();
  kept.set(tx, counties);
  const known = counties.get(countyId) ?? read(tx.db, countyId, tx.now);
  counties.set(countyId, known);
  return known;
}

async function read(db: Db, countyId: string, now: Tx['now']): Promise<Grounds> {
  const [calendar, overrides] = await Promise.all([readCalendar(db), overridesOf(db, countyId)]);
  return { calendar, today: todayIn(now), inForce: (parameter, on) => parameterOn(parameter, overrides, on) };
}
