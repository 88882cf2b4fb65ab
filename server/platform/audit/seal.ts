import { sql } from 'kysely';
import { everything } from '../access/scope.ts';
import type { Db } from '../db/types.ts';
import type { Kit } from '../kit.ts';
import { GENESIS, sealHash, type HashName, type SealedEntry } from './canonical.ts';

export { type HashName } from './canonical.ts';
export { verifyChain, type Verification } from './verify-chain.ts';

/** 链头: the last seal. Noted elsewhere, it proves later that nothing before it was rewritten. */
export interface Head { readonly sealNo: number; readonly entryNo: number; readonly algorithm: HashName; readonly hash: string; readonly sealedAt: string }

const LOCK = 7264;
const COLUMNS = ['id', 'entryNo', 'countyId', 'townshipId', 'at', 'actorId', 'actorName', 'grantId', 'role', 'action', 'subjectKind', 'subjectId', 'reason', 'before', 'after', 'requestId', 'ip'] as const;

/**
 * 封存: links at most `limit` entries that are not sealed yet to the chain, in their own order. One sealer at a time; another that
 * comes meanwhile seals nothing. @returns how many were sealed
 */
export async function sealPending(kit: Kit, limit = 1000): Promise<number> {
  // Its own short transaction: the lock inside is over before the hashing begins.
  const settled = await kit.database.write(everything, async (db) => (await sql<{ no: number }>`select audit.settled_entry_no() as no`.execute(db)).rows[0]?.no ?? 0);
  return kit.database.write(everything, async (db) => {
    const lock = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as mine`.execute(db);
    if (lock.rows[0]?.mine !== true) return 0;
    const head = await headOf(db);
    const entries = await db.selectFrom('audit.entry').select(COLUMNS).where('entryNo', '>', head?.entryNo ?? 0).where('entryNo', '<=', settled).orderBy('entryNo').limit(limit).execute();
    const seals = linked(entries, head, kit.hash);
    const sealedAt = kit.clock.now();
    if (seals.length > 0) await db.insertInto('audit.seal').values(seals.map((seal) => ({ ...seal, sealedAt }))).execute();
    return seals.length;
  });
}

function linked(entries: readonly SealedEntry[], head: Head | null, algorithm: HashName) {
  let previous = head?.hash ?? GENESIS;
  let sealNo = head?.sealNo ?? 0;
  return entries.map((entry) => {
    sealNo += 1;
    const hash = sealHash(algorithm, sealNo, previous, entry);
    const seal = { sealNo, entryNo: entry.entryNo, algorithm, previous, hash };
    previous = hash;
    return seal;
  });
}

const headOf = async (db: Db): Promise<Head | null> => (await db.selectFrom('audit.seal').select(['sealNo', 'entryNo', 'algorithm', 'hash', 'sealedAt']).orderBy('sealNo', 'desc').limit(1).executeTakeFirst()) ?? null;

/** 已发布的链头, or null before the first seal. */
export const publishedHead = (kit: Kit): Promise<Head | null> => kit.database.read(everything, headOf);
