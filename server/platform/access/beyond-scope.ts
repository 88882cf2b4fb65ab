import { sql } from 'kysely';
import type { Tx } from '../context.ts';
import { send } from '../db/dialect.ts';

/**
 * 越过管辖范围: `work` runs with the system's scope inside the caller's own transaction, for what an act brings with it elsewhere (a township hands a file
 * over; the duty of whoever receives it lies outside the township's area). Only the kit's level is raised, and put back when `work` is done; when it throws,
 * the transaction or savepoint rolls back and takes the raise with it. Await it before anything else is asked on the transaction.
 */
export async function beyondScope<T>({ db }: Pick<Tx, 'db'>, work: () => Promise<T>): Promise<T> {
  // It leaves before anything of `work` does, and travels with the first of it.
  const raised = send(db, RAISE.compile(db));
  const [result] = await Promise.all([work(), raised]);
  await send(db, LOWER.compile(db));
  return result;
}

/** The same where `sending` sends all it has to say while it is called (`send`): what the caller sends next, in the caller's own scope again, may travel with it. */
export async function sentBeyondScope<T>({ db }: Pick<Tx, 'db'>, sending: () => Promise<T>): Promise<T> {
  const [, result] = await Promise.all([send(db, RAISE.compile(db)), sending(), send(db, LOWER.compile(db))]);
  return result;
}

/** The levels that were raised lie on one another, the last one first: whoever lowers need not know what it was before. */
const RAISE = sql`with was as materialized (select current_setting('shanzhi.level') as level, coalesce(current_setting('shanzhi.below', true), '') as below)
  select set_config('shanzhi.below', level || ' ' || below, true), set_config('shanzhi.level', 'everything', true) from was`;
const LOWER = sql`with was as materialized (select current_setting('shanzhi.below') as below)
  select set_config('shanzhi.level', split_part(below, ' ', 1), true), set_config('shanzhi.below', substr(below, strpos(below, ' ') + 1), true) from was`;
