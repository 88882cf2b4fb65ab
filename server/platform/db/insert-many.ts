import { CompiledQuery, sql, type Insertable, type Selectable } from 'kysely';
import { send } from './dialect.ts';
import type { Db, Tables } from './types.ts';

/**
 * 一并写入 rows of one table: one statement, and one text of it, however many they are (another for a single one), so that each connection knows it already. All rows name
 * the same columns; those of `asJson` hold JSON as text. Sent while it is called (`send`); nothing is sent where there are none.
 */
export async function insertMany<T extends keyof Tables & string>(db: Db, table: T, rows: readonly Insertable<Tables[T]>[], asJson: readonly (keyof Tables[T] & string)[] = []): Promise<void> {
  if (rows.length > 0) await send(db, insertion(db, table, { rows, asJson, ending: '' }));
}

/** Like `insertMany`. @returns the rows as stored, in no order */
export async function insertReturning<T extends keyof Tables & string>(db: Db, table: T, rows: readonly Insertable<Tables[T]>[]): Promise<Selectable<Tables[T]>[]> {
  return rows.length === 0 ? [] : send<Selectable<Tables[T]>>(db, insertion(db, table, { rows, asJson: [], ending: ' returning *' }));
}

/** Texts of single rows, by table and columns: they are the same every time, and made once. */
const singles = new Map<string, string>();

function insertion<R>(db: Db, table: string, { rows, asJson, ending }: { readonly rows: readonly object[]; readonly asJson: readonly string[]; readonly ending: '' | ' returning *' }): CompiledQuery<R> {
  const first = rows[0] ?? {};
  const names = Object.keys(first);
  if (rows.length === 1) {
    const mark = `${table}${ending} ${names.join()}`;
    const text = singles.get(mark) ?? sql`insert into ${sql.table(table)} (${columnsOf(names)}) values (${sql.join(names.map((_, at) => sql.raw(`$${at + 1}`)))})${sql.raw(ending)}`.compile(db).sql;
    singles.set(mark, text);
    return CompiledQuery.raw(text, Object.values(first));
  }
  const json = new Set<string>(asJson);
  const values = rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]: [string, unknown]) => [columnOf(name), json.has(name) && typeof value === 'string' ? JSON.parse(value) : value])));
  return sql<R>`insert into ${sql.table(table)} (${columnsOf(names)}) select ${columnsOf(names)} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(values)}::jsonb)${sql.raw(ending)}`.compile(db);
}

const columnsOf = (names: readonly string[]) => sql.join(names.map((name) => sql.id(name)));

/** 列名 as the database writes it. */
export const columnOf = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
