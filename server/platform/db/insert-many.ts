import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db, Tables } from './types.ts';

/**
 * 一并写入 rows of one table: one statement, and one text of it, however many they are (another for a single one), so that each connection knows it already. All rows name
 * the same columns; those of `asJson` hold JSON as text. Nothing is sent where there are none. @returns the rows as stored, in no order
 */
export async function insertMany<T extends keyof Tables & string>(db: Db, table: T, rows: readonly Insertable<Tables[T]>[], asJson: readonly (keyof Tables[T] & string)[] = []): Promise<Selectable<Tables[T]>[]> {
  const [first] = rows;
  if (first === undefined) return [];
  const names = Object.keys(first);
  const columns = sql.join(names.map((name) => sql.id(name)));
  if (rows.length === 1) return (await sql<Selectable<Tables[T]>>`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(first))}) returning *`.execute(db)).rows;
  const json = new Set<string>(asJson);
  const values = rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]: [string, unknown]) => [columnOf(name), json.has(name) && typeof value === 'string' ? JSON.parse(value) : value])));
  const { rows: stored } = await sql<Selectable<Tables[T]>>`insert into ${sql.table(table)} (${columns}) select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(values)}::jsonb) returning *`.execute(db);
  return stored;
}

/** 列名 as the database writes it. */
export const columnOf = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
