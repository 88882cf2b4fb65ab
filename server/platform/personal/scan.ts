import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../db/types.ts';
import type { Clue, PersonalRecord } from './person.ts';

/**
 * 逐段查找 in a table that no index of a name or a number reaches. `look` is asked for one stretch after another; `part` narrows the row `t` to it.
 * `blocks` is the length of a stretch in pages of the database (8 KB): short where rows are large or have to be unsealed.
 */
export interface Scan {
  readonly table: `${string}.${string}`;
  readonly blocks?: number;
  readonly look: (db: Db, clue: Clue, part: RawBuilder<boolean>) => Promise<readonly PersonalRecord[]>;
}

/** More of one table than anybody will look through: the rest is not listed, and the page says so. */
export const MOST_FOUND = 2_000;
const STRETCH = 1_000;

/** How far a search is, in stretches. */
export type Told = (done: number, total: number) => Promise<void>;
/** What was found; `cut` are the tables of which only the first were kept. */
export interface Scanned { readonly records: readonly PersonalRecord[]; readonly cut: readonly string[] }

/** 查遍各表, each as it stood when `db` was opened: it must be a snapshot, or a row that is changed meanwhile might move behind the search. */
export async function runScans(db: Db, scans: readonly Scan[], clue: Clue, tell: Told = () => Promise.resolve()): Promise<Scanned> {
  const stretches = await Promise.all(scans.map(async (scan) => ({ scan, parts: partsOf(await blocksOf(db, scan.table), scan.blocks ?? STRETCH) })));
  const total = stretches.reduce((sum, { parts }) => sum + parts.length, 0);
  const [records, cut, done] = [new Map<string, PersonalRecord>(), new Set<string>(), { stretches: 0 }];
  for (const { scan, parts } of stretches) {
    let found = 0;
    for (const part of parts) {
      if (found < MOST_FOUND) for (const record of await scan.look(db, clue, part)) { records.set(`${record.kind}:${record.id}`, record); found += 1; }
      else cut.add(scan.table);
      done.stretches += 1;
      await tell(done.stretches, total);
    }
  }
  return { records: [...records.values()], cut: [...cut] };
}

async function blocksOf(db: Db, table: string): Promise<number> {
  const { rows: [one] } = await sql<{ blocks: number }>`select (pg_relation_size(${table}::regclass) / current_setting('block_size')::integer)::integer as blocks`.execute(db);
  return one?.blocks ?? 0;
}

/** The last stretch has no end: what the size did not tell of yet belongs to it. */
function partsOf(blocks: number, length: number): RawBuilder<boolean>[] {
  const starts = Array.from({ length: Math.max(1, Math.ceil(blocks / length)) }, (_, at) => at * length);
  return starts.map((from, at) => (at === starts.length - 1 ? sql<boolean>`t.ctid >= ${`(${from},0)`}::tid` : sql<boolean>`t.ctid >= ${`(${from},0)`}::tid and t.ctid < ${`(${from + length},0)`}::tid`));
}
