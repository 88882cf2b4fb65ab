import type { Scope } from '#platform/access/scope.ts';
import { beyondScope } from '#platform/access/beyond-scope.ts';
import type { Tx } from '#platform/context.ts';
import { overridesAt } from '#platform/parameters/read.ts';
import type { Fact } from './fact.ts';
import { groundsOf } from './grounds.ts';
import { namesOf } from './holder.ts';

/** By the transaction: how the bodies are called that may come to hold something; null of one that has no name. */
const foreseen = new WeakMap<Tx, Map<string, string | null>>();

/**
 * 预读 for `recordNew`: what days are counted by and the names of whoever may hold what is opened. Read it beside whatever the caller waits for anyway. Bodies and settings of a
 * scope's own county are read under it; those of another need the system's, so await it by itself then.
 */
export async function foresee(tx: Tx, scope: Scope, about: readonly Pick<Fact, 'place' | 'holders'>[]): Promise<void> {
  const counties = [...new Set(about.map(({ place }) => place.countyId))];
  const ids = [...new Set(about.flatMap(({ place, holders }) => [place.countyId, place.townshipId, place.neighbourhoodId, place.companyId, ...Object.values(holders).map(({ orgUnitId }) => orgUnitId)].filter((id) => id !== null)))];
  const isOwn = scope.level === 'everything' || (counties.every((id) => id === scope.countyId) && about.every(({ place }) => place.companyId === null));
  const read = () => Promise.all([namesOf(tx.db, ids), ...counties.map((countyId) => groundsOf(tx, countyId, isOwn ? overridesAt(tx, countyId) : undefined))]);
  const [names] = await (isOwn ? read() : beyondScope(tx, read));
  const known = foreseen.get(tx) ?? new Map<string, string | null>();
  for (const id of ids) known.set(id, names.get(id) ?? null);
  foreseen.set(tx, known);
}

/** 预读的名称. @throws Error for a body that was not foreseen */
export function foreseenName(tx: Tx, id: string): string | null {
  const name = foreseen.get(tx)?.get(id);
  if (name === undefined) throw new Error('nobody foresaw that this body may hold it');
  return name;
}
