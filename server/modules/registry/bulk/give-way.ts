import { setImmediate } from 'node:timers/promises';

const ROWS_AT_ONCE = 25;

/** 逐行处理,让路:like `map`, but after every 25 rows what waits in the event loop has its turn, so that other requests stay quick and PostgreSQL is handed its next statement. */
export async function mapGivingWay<A, B>(rows: readonly A[], each: (row: A, at: number) => B): Promise<B[]> {
  const made: B[] = [];
  for (const [at, row] of rows.entries()) {
    if (at > 0 && at % ROWS_AT_ONCE === 0) await setImmediate();
    made.push(each(row, at));
  }
  return made;
}
