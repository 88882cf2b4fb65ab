import type { Grounds } from '#domain/obligation/clock.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { parameterOn } from '#domain/kernel/parameter.ts';
import { readCalendar } from '#platform/calendar/read.ts';
import type { Tx } from '#platform/context.ts';
import { overridesOf } from '#platform/parameters/read.ts';

/** By the transaction itself: a connection's handle outlives it, and what was known then is not what is known now. */
const kept = new WeakMap<Pick<Tx, 'db' | 'now'>, Map<string, Promise<Grounds>>>();

/** 计算依据 of one county as known in this transaction: its calendar and its parameters, each read once; `settings` where the county's are at hand. */
export function groundsOf(tx: Pick<Tx, 'db' | 'now'>, countyId: string, settings?: ReturnType<typeof overridesOf>): Promise<Grounds> {
  const counties = kept.get(tx) ?? new Map<string, Promise<Grounds>>();
  kept.set(tx, counties);
  const known = counties.get(countyId) ?? read(tx, settings ?? overridesOf(tx.db, countyId));
  counties.set(countyId, known);
  return known;
}

async function read({ db, now }: Pick<Tx, 'db' | 'now'>, settings: ReturnType<typeof overridesOf>): Promise<Grounds> {
  const [calendar, overrides] = await Promise.all([readCalendar(db), settings]);
  return { calendar, today: todayIn(now), inForce: (parameter, on) => parameterOn(parameter, overrides, on) };
}
