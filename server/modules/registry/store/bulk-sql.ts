import { CompiledQuery, sql } from 'kysely';
import type { Db } from '#platform/db/types.ts';

const CHUNK = 5_000;
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
type Row = Readonly<Record<string, unknown>>;
type Column = readonly unknown[];

/** Types of a table's columns, as SQL names them; asked once per process, since migrations never run under it. */
const known = new Map<string, Promise<ReadonlyMap<string, string>>>();

function typesOf(db: Db, table: string): Promise<ReadonlyMap<string, string>> {
  const asked = known.get(table) ?? sql<{ name: string; type: string }>`
    select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`
    .execute(db).then(({ rows }) => new Map(rows.map(({ name, type }) => [name, type])));
  known.set(table, asked);
  asked.catch(() => known.delete(table));
  return asked;
}

const quoted = (text: string): string => `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, (sign) => `\\${sign}`) : text}"`;

/** One value as PostgreSQL reads its type's text. */
function textOf(value: unknown, type: string): string {
  if (type.startsWith('json')) return JSON.stringify(value);
  return Array.isArray(value) ? arrayOf(value, type.slice(0, -2)) : String(value);
}

/** Values of one column as PostgreSQL reads an array. */
function arrayOf(values: Column, type: string): string {
  return `{${values.map((value) => (value === null || value === undefined ? 'NULL' : quoted(textOf(value, type)))).join(',')}}`;
}

/** A set of rows as SQL: what is the same in all of them is said once, the rest goes as one array per column. */
function recordset(rows: readonly Row[], columns: readonly string[], types: ReadonlyMap<string, string>): { selected: string; from: string; parameters: (string | null)[] } {
  const parameters: (string | null)[] = [];
  const selected: string[] = [];
  const sources: { array: string; name: string }[] = [];
  for (const [at, column] of columns.entries()) {
    const name = snake(column);
    const type = types.get(name);
    if (type === undefined) throw new Error(`no column ${name}`);
    const values = rows.map((row) => row[column] ?? null);
    const [first] = values;
    // The first column is always an array: it says how many rows there are.
    if (at > 0 && values.every((value) => value === first)) {
      parameters.push(first === null ? null : textOf(first, type));
      selected.push(`$${parameters.length}::${type} as ${name}`);
      continue;
    }
    // An array of arrays must be rectangular: arrays travel as their texts.
    const isArray = type.endsWith('[]');
    parameters.push(arrayOf(isArray ? values.map((value) => (value === null ? null : textOf(value, type))) : values, isArray ? 'text' : type));
    sources.push({ array: `$${parameters.length}::${isArray ? 'text' : type}[]`, name });
    selected.push(isArray ? `f.${name}::${type} as ${name}` : `f.${name}`);
  }
  return { selected: selected.join(', '), from: `unnest(${sources.map(({ array }) => array).join(', ')}) as f(${sources.map(({ name }) => name).join(', ')})`, parameters };
}

function* chunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += CHUNK) yield rows.slice(from, from + CHUNK);
}

/** 列类型预读: after it, `insertsOf` can say at once what is to be sent. */
export async function learnColumns(db: Db, tables: readonly string[]): Promise<ColumnTypes> {
  return new Map(await Promise.all(tables.map(async (table) => [table, await typesOf(db, snake(table))] as const)));
}

/** Column types by table, as `learnColumns` tells them. */
export type ColumnTypes = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * 批量插入的语句: any number of rows in one statement per 5,000. Row-level security forbids COPY into these tables; an array per column is as
 * quick, and a quarter of what a json record set costs PostgreSQL. A column that only some rows have is null in the others.
 * @param onConflict SQL behind the values, e.g. `on conflict do nothing`
 */
export function insertsOf(learnt: ColumnTypes, table: string, rows: readonly Row[], onConflict = ''): CompiledQuery[] {
  const types = learnt.get(table);
  if (types === undefined) throw new Error(`the columns of ${table} were not asked for`);
  const columns = new Set<string>();
  for (const row of rows) for (const column in row) columns.add(column);
  const named = [...columns];
  const names = named.map(snake).join(', ');
  return [...chunks(rows)].map((part) => {
    const { selected, from, parameters } = recordset(part, named, types);
    return CompiledQuery.raw(`insert into ${snake(table)} (${names}) select ${selected} from ${from} ${onConflict}`, parameters);
  });
}

/** 批量插入. */
export async function insertMany(db: Db, table: string, rows: readonly Row[], onConflict = ''): Promise<void> {
  if (rows.length === 0) return;
  for (const insert of insertsOf(await learnColumns(db, [table]), table, rows, onConflict)) await db.executeQuery(insert);
}

/** 批量修改的语句: sets `columns` of the rows with these ids, and raises the version and time where `touches`. */
export function updatesOf(learnt: ColumnTypes, table: string, columns: readonly string[], rows: readonly (Row & { readonly id: string })[], { touches = true } = {}): CompiledQuery[] {
  const types = learnt.get(table);
  if (types === undefined) throw new Error(`the columns of ${table} were not asked for`);
  if (columns.length === 0) return [];
  const sets = [...columns.map((column) => `${snake(column)} = v.${snake(column)}`), ...(touches ? ['version = t.version + 1', 'updated_at = now()'] : [])].join(', ');
  return [...chunks(rows)].map((part) => {
    const { selected, from, parameters } = recordset(part, ['id', ...columns], types);
    return CompiledQuery.raw(`update ${snake(table)} t set ${sets} from (select ${selected} from ${from}) v where t.id = v.id`, parameters);
  });
}

/** 批量修改. */
export async function updateMany(db: Db, table: string, columns: readonly string[], rows: readonly (Row & { readonly id: string })[], options: { touches?: boolean } = {}): Promise<void> {
  if (rows.length === 0) return;
  for (const update of updatesOf(await learnColumns(db, [table]), table, columns, rows, options)) await db.executeQuery(update);
}
