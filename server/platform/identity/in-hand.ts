import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../db/types.ts';

/**
 * 在谁手上: a thing is in the hands of its holder since a hand-over, and before that of whoever made it.
 *
 * `holder` and `maker` are the columns; nobody signed in (null) has nothing in hand.
 */
export const isInHand = (holder: string, maker: string, userId: string | null): RawBuilder<boolean> => sql<boolean>`coalesce(${sql.ref(holder)}, ${sql.ref(maker)}) = ${userId}::uuid`;

/** 人名 by id, in one query, also for those who may not read the list of users; null for nobody and for a person of another county. */
export async function personNames(db: Db, ids: readonly (string | null)[]): Promise<(id: string | null) => string | null> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  if (known.length === 0) return () => null;
  const { rows } = await sql<{ id: string; name: string }>`select id, name from platform.person_names(${known}::uuid[])`.execute(db);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => (id === null ? null : names.get(id) ?? null);
}
