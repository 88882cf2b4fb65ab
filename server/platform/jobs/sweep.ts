import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { everything } from '../access/scope.ts';
import type { Kit } from '../kit.ts';

const DAY_MS = 86_400_000;
/** Nobody repeats a request a week later. */
const KEPT_INTENTS_MS = 7 * DAY_MS;
/** An upload that no use case adopted within two days belongs to nothing. */
const KEPT_UPLOADS_MS = 2 * DAY_MS;

/** 清理: forgets marks of intents long carried out and content that belongs to nothing. @returns how many of each */
export async function sweepPlatform(kit: Kit): Promise<{ intents: number; files: number }> {
  const now = epochOf(kit.clock.now());
  const intents = await kit.database.write(everything, (db) => db.deleteFrom('platform.idempotencyKey').where('createdAt', '<', instantOf(now - KEPT_INTENTS_MS)).executeTakeFirst());
  const kept = async (hashes: string[]): Promise<ReadonlySet<string>> => {
    if (hashes.length === 0) return new Set();
    const rows = await kit.database.read(everything, (db) => db.selectFrom('platform.file').select('hash').distinct().where('hash', 'in', hashes).execute());
    return new Set(rows.map((row) => row.hash));
  };
  const files = await kit.files.sweep(kept, KEPT_UPLOADS_MS, now);
  return { intents: Number(intents.numDeletedRows), files };
}
