import { sql } from 'kysely';
import type { Tx } from '../context.ts';

/**
 * 越过管辖范围: `work` runs with the system's scope inside the caller's own transaction, for what an act brings with it elsewhere (a township hands a file
 * over; the duty of whoever receives it lies outside the township's area). Only the kit's level is raised, and put back when `work` is done; when it throws,
 * the transaction or savepoint rolls back and takes the raise with it. Await it before anything else is asked on the transaction.
 */
export async function beyondScope<T>({ db }: Pick<Tx, 'db'>, work: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{ level: string }>`with was as materialized (select current_setting('shanzhi.level') as level) select level, set_config('shanzhi.level', 'everything', true) from was`.execute(db);
  const result = await work();
  await sql`select set_config('shanzhi.level', ${rows[0]?.level ?? 'nothing'}, true)`.execute(db);
  return result;
}
