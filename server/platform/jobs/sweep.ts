import { epochOf } from '#domain/kernel/local-date.ts';
import { everything } from '../access/scope.ts';
import type { Kit } from '../kit.ts';

const DAY_MS = 86_400_000;
/** An upload that no use case adopted within two days belongs to nothing. */
const KEPT_UPLOADS_MS = 2 * DAY_MS;

/** 清理文件: removes content that belongs to nothing. @returns how many */
export async function sweepFiles(kit: Kit): Promise<number> {
  const kept = async (hashes: string[]): Promise<ReadonlySet<string>> => {
    if (hashes.length === 0) return new Set();
    const rows = await kit.database.read(everything, (db) => db.selectFrom('platform.file').select('hash').distinct().where('hash', 'in', hashes).execute());
    return new Set(rows.map((row) => row.hash));
  };
  return kit.files.sweep(kept, KEPT_UPLOADS_MS, epochOf(kit.clock.now()));
}
