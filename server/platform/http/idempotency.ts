import { sql } from 'kysely';
import { createHash } from 'node:crypto';
import type { Instant } from '#domain/kernel/brand.ts';
import type { Db } from '../db/types.ts';

/** Thrown inside the first transaction when this intent was carried out before; the edge answers from what was kept. */
export class AlreadyDone extends Error {
  readonly key: string;
  constructor(key: string) { super('already done'); this.key = key; }
}

/** What identifies the content of a request: route, parameters and body. */
export const fingerprintOf = (parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/**
 * 认领防重复标记 in the transaction that does the work: a second request with the same mark waits for the first to end,
 * then finds the mark taken. @throws AlreadyDone
 */
export async function claim(db: Db, userId: string, intent: { key: string; fingerprint: string }, now: Instant): Promise<void> {
  const taken = await db.insertInto('platform.idempotencyKey')
    .values({ userId, key: intent.key, fingerprint: intent.fingerprint, createdAt: now, status: null, response: null })
    .onConflict((conflict) => conflict.columns(['userId', 'key']).doNothing())
    .returning('key').executeTakeFirst();
  if (!taken) throw new AlreadyDone(intent.key);
}

/**
 * Keeps the answer, so that a repeat gets the same one. A crash before this is on disk leaves the mark taken and the work done once, so the
 * answer does not wait for the disk a second time.
 */
export async function keepAnswer(db: Db, userId: string, key: string, status: number, response: unknown): Promise<void> {
  const unhurried = sql`set local synchronous_commit = off`.execute(db);
  const kept = db.updateTable('platform.idempotencyKey').set({ status, response: sql`${JSON.stringify(response ?? null)}::jsonb` }).where('userId', '=', userId).where('key', '=', key).execute();
  await Promise.all([unhurried, kept]);
}

/** What was kept for a mark. */
export function keptAnswer(db: Db, userId: string, key: string) {
  return db.selectFrom('platform.idempotencyKey').select(['fingerprint', 'status', 'response']).where('userId', '=', userId).where('key', '=', key).executeTakeFirst();
}
