import type { Client } from 'pg';
import { quoted } from '../backup/catalogue.ts';
import type { SealedTable } from '../crypto/sealed-table.ts';
import type { Known, Rekey } from './rekey.ts';

const PAGE = 1_000;

/** 一张表换钥的结果: rows written, and indexes whose text is nowhere any more. */
export interface Resealed { readonly table: string; readonly rows: number; readonly orphans: number }

interface Around {
  readonly rekey: Rekey;
  /** Old indexes that a row itself does not explain, looked up where their number stands. */
  lookUp(indexes: readonly string[]): Promise<Known>;
}

interface Read { readonly at: string; readonly values: readonly (string | null)[]; readonly known: Known }

/** 一张表换钥: reads it page by page as it was when the cursor opened, and writes each row once by its place. In the caller's transaction, which holds the table. */
export async function resealTable(client: Client, { table, seals = [], indexes = [], mixed = {} }: SealedTable, { rekey, lookUp }: Around): Promise<Resealed> {
  const columns = [...seals, ...indexes, ...Object.keys(mixed)];
  const types = await typesOf(client, table, columns);
  const name = quoted(client, table);
  const ids = columns.map((column) => client.escapeIdentifier(column));
  const assignments = ids.map((id, at) => `${id} = v.c${at}::${types[at] ?? 'text'}`).join(', ');
  const update = `update ${name} t set ${assignments} from unnest($1::tid[], ${ids.map((_, at) => `$${at + 2}::text[]`).join(', ')}) as v (at, ${ids.map((_, at) => `c${at}`).join(', ')}) where t.ctid = v.at`;
  await client.query(`declare reseal no scroll cursor for select ctid::text, ${ids.map((id) => `${id}::text`).join(', ')} from ${name} where num_nonnulls(${ids.join(', ')}) > 0`);
  let [rows, orphans] = [0, 0];
  for (;;) {
    const page = (await client.query<(string | null)[]>({ text: `fetch ${PAGE} from reseal`, rowMode: 'array' })).rows;
    if (page.length === 0) break;
    const read = page.map(([at, ...cells]): Read => {
      const opened = cells.map((cell, no) => (cell === null || indexes.includes(columns[no] ?? '') ? { text: cell, plains: [] } : rekey.seals(cell)));
      return { at: at ?? '', values: opened.map(({ text }) => text), known: indexes.length + Object.keys(mixed).length === 0 ? new Map<string, string>() : rekey.indexes(opened.flatMap(({ plains }) => plains)) };
    });
    const tokens = read.flatMap(({ values, known }) => values.flatMap((value, no) => tokensIn(value, columns[no] ?? '', indexes, mixed)).filter((token) => !known.has(token)));
    const found: Known = tokens.length === 0 ? new Map<string, string>() : await lookUp([...new Set(tokens)]);
    const anew = (token: string, known: Known): string => {
      const next = known.get(token) ?? found.get(token);
      if (next === undefined) orphans += 1;
      return next ?? rekey.orphan(token);
    };
    const written = read.map(({ values, known }) => values.map((value, no) => rewritten(value, columns[no] ?? '', indexes, mixed, (token) => anew(token, known))));
    await client.query(update, [read.map(({ at }) => at), ...columns.map((_, no) => written.map((row) => row[no] ?? null))]);
    rows += read.length;
  }
  await client.query('close reseal');
  return { table, rows, orphans };
}

/** The indexes in one cell. */
function tokensIn(value: string | null, column: string, indexes: readonly string[], mixed: Readonly<Record<string, RegExp>>): string[] {
  if (value === null) return [];
  if (indexes.includes(column)) return [value];
  const pattern = mixed[column];
  return pattern === undefined ? [] : [...value.matchAll(pattern)].flatMap(([, ...groups]) => groups.filter((group) => group !== undefined));
}

function rewritten(value: string | null, column: string, indexes: readonly string[], mixed: Readonly<Record<string, RegExp>>, anew: (token: string) => string): string | null {
  if (value === null) return null;
  if (indexes.includes(column)) return anew(value);
  const pattern = mixed[column];
  // The index stands last in its match but for what follows it: replaced there and nowhere else.
  return pattern === undefined ? value : value.replaceAll(pattern, (whole: string, ...groups: unknown[]) => {
    const token = groups.slice(0, -2).find((group) => typeof group === 'string');
    const at = typeof token === 'string' ? whole.lastIndexOf(token) : -1;
    return typeof token === 'string' ? whole.slice(0, at) + anew(token) + whole.slice(at + token.length) : whole;
  });
}

async function typesOf(client: Client, table: string, columns: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; type: string }>('select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = $1::regclass and attname = any($2)', [quoted(client, table), columns]);
  const types = new Map(rows.map(({ name, type }) => [name, type]));
  return columns.map((column) => {
    const type = types.get(column);
    if (type === undefined) throw new Error(`${table} has no column ${column}`);
    return type;
  });
}
