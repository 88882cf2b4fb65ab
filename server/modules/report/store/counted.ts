import { sql, type SelectQueryBuilder } from 'kysely';
import type { Db } from '#platform/db/types.ts';

const EXACT_TO = 1_000;

/** 总数, exact to 1,000. */
export async function counted<DB, TB extends keyof DB, O>(db: Db, query: SelectQueryBuilder<DB, TB, O>): Promise<{ total: number; totalIsExact: boolean }> {
  const [row] = (await sql<{ total: number }>`select count(*) as total from ${query.limit(EXACT_TO + 1)} as few`.execute(db)).rows;
  const total = row?.total ?? 0;
  return { total: Math.min(total, EXACT_TO), totalIsExact: total <= EXACT_TO };
}
