import { sql, type SelectQueryBuilder } from 'kysely';
import type { Db } from '#platform/db/types.ts';

/** Totals are exact up to here; beyond, a page says 「1000+」 and no request counts a whole table. */
const COUNTED_UP_TO = 1000;

/** 总数 of what a query would list, without its page. */
export async function totalOf<DB, TB extends keyof DB, O>(db: Db, query: SelectQueryBuilder<DB, TB, O>): Promise<{ total: number; totalIsExact: boolean }> {
  const some = query.clearSelect().clearOrderBy().select(sql<number>`1`.as('one')).limit(COUNTED_UP_TO + 1);
  const counted = await sql<{ n: number }>`select count(*) as n from (${some}) counted`.execute(db);
  const n = counted.rows[0]?.n ?? 0;
  return { total: Math.min(n, COUNTED_UP_TO), totalIsExact: n <= COUNTED_UP_TO };
}

/** 一页: one row more than asked for was read, so as to know whether another page follows. */
export function cut<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => string): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
}
