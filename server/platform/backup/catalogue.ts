import { Client } from 'pg';
import { migrationFiles } from '../db/migrate.ts';

/** Columns of a table in the order they are copied; generated ones are made anew. */
export interface TableShape { readonly name: string; readonly columns: { readonly name: string; readonly type: string }[] }

/** 本系统的模式: those our own migrations create. What else lies in the database is not ours to copy or remove. */
export async function ourSchemas(): Promise<string[]> {
  const files = await migrationFiles();
  return [...new Set(files.flatMap(({ sql }) => [...sql.matchAll(/^\s*create schema (?:if not exists )?(\w+)/gim)].map(([, name = '']) => name)))].toSorted();
}

/** 全部表 of our schemas, by name. */
export async function readTables(client: Client, schemas: readonly string[]): Promise<TableShape[]> {
  const { rows } = await client.query<{ name: string; columns: { name: string; type: string }[] }>(
    `select n.nspname || '.' || c.relname as name,
            json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relkind = 'r' and n.nspname = any($1) group by 1 order by 1`, [schemas]);
  return rows;
}

/** 序列的位置. Read after the snapshot, so that none is behind its rows. */
export async function readSequences(client: Client, schemas: readonly string[]): Promise<{ name: string; value: string; isCalled: boolean }[]> {
  const { rows } = await client.query<{ name: string }>("select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and n.nspname = any($1) order by 1", [schemas]);
  const found: { name: string; value: string; isCalled: boolean }[] = [];
  for (const { name } of rows) {
    const { rows: [at] } = await client.query<{ value: string; called: boolean }>(`select last_value::text as value, is_called as called from ${quoted(client, name)}`);
    if (at !== undefined) found.push({ name, value: at.value, isCalled: at.called });
  }
  return found;
}

/** 已执行的升级. Empty where the database was never ours. */
export async function readApplied(client: Client): Promise<{ name: string; checksum: string; appliedAt: string }[]> {
  const { rows: [there] } = await client.query<{ yes: boolean }>("select to_regclass('public.migration') is not null as yes");
  if (there?.yes !== true) return [];
  const { rows } = await client.query<{ name: string; checksum: string; appliedAt: string }>('select name, checksum, applied_at::text as "appliedAt" from public.migration order by name');
  return rows;
}

/** `schema.table` for SQL. */
export const quoted = (client: Client, name: string): string => name.split('.').map((part) => client.escapeIdentifier(part)).join('.');
/** The columns of a table for SQL. */
export const columnList = (client: Client, { columns }: Pick<TableShape, 'columns'>): string => columns.map(({ name }) => client.escapeIdentifier(name)).join(', ');

/** One text for one value, whatever the server's own settings: what is copied out of 18 is read by 15, and compared byte by byte. Rows that row-level security would hide are an error, never missing. */
export const COPY_OPTIONS = '-c timezone=UTC -c datestyle=ISO,YMD -c intervalstyle=iso_8601 -c bytea_output=hex -c extra_float_digits=1 -c client_encoding=UTF8 -c row_security=off -c synchronize_seqscans=off -c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c lock_timeout=30000';

/** 结构是否就是本版本的: have the very migrations of this program been applied to the database, no more and no fewer? */
export async function isUpToDate(ownerUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const namesOf = (migrations: readonly { name: string; checksum: string }[]) => migrations.map(({ name, checksum }) => `${name} ${checksum}`).join('\n');
    return namesOf(await readApplied(client)) === namesOf(await migrationFiles());
  } finally {
    await client.end();
  }
}
