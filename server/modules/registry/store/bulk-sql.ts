import { sql } from 'kysely';
import type { Db } from '#platform/db/types.ts';

const CHUNK = 5_000;
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
type Row = Readonly<Record<string, unknown>>;

function asJson(rows: readonly Row[], columns: readonly string[]): string {
  const named = columns.map((column) => [column, snake(column)] as const);
  return JSON.stringify(rows.map((row) => {
    const made: Record<string, unknown> = {};
    for (const [column, name] of named) made[name] = row[column] ?? null;
    return made;
  }));
}

function* chunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += CHUNK) yield rows.slice(from, from + CHUNK);
}

/**
 * 批量插入: any number of rows in one statement per 5,000. Row-level security forbids COPY into these tables; a json record set is
 * nearly as quick and every column keeps its own type. Columns of `rows[0]` are taken for all rows.
 * @param onConflict SQL behind the values, e.g. `on conflict do nothing`
 */
export async function insertMany(db: Db, table: string, rows: readonly Row[], onConflict = ''): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const names = sql.raw(columns.map(snake).join(', '));
  for (const part of chunks(rows)) {
    await sql`insert into ${sql.raw(snake(table))} (${names}) select ${names} from json_populate_recordset(null::${sql.raw(snake(table))}, ${asJson(part, columns)}::json) ${sql.raw(onConflict)}`.execute(db);
  }
}

/** 批量修改: sets `columns` of the rows with these ids, and raises the version and time where `touches`. */
export async function updateMany(db: Db, table: string, columns: readonly string[], rows: readonly (Row & { readonly id: string })[], { touches = true } = {}): Promise<void> {
  if (columns.length === 0) return;
  const sets = sql.raw([...columns.map((column) => `${snake(column)} = v.${snake(column)}`), ...(touches ? ['version = t.version + 1', 'updated_at = now()'] : [])].join(', '));
  for (const part of chunks(rows)) {
    await sql`update ${sql.raw(snake(table))} t set ${sets} from json_populate_recordset(null::${sql.raw(snake(table))}, ${asJson(part, ['id', ...columns])}::json) v where t.id = v.id`.execute(db);
  }
}
