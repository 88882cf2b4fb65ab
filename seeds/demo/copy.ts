import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const CHUNK = 500;
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A row by column in camelCase; undefined is null. */
export type CopyRow = Readonly<Record<string, unknown>>;

/**
 * 成批载入: COPY into a temporary table of the same columns, then one INSERT … SELECT. Row-level security forbids COPY straight into a
 * table; this way its policies still look at every row. Columns are those of the first row, which every row must have.
 */
export async function copyRows(client: pg.ClientBase, table: string, rows: readonly CopyRow[]): Promise<number> {
  const [first] = rows;
  if (first === undefined) return 0;
  const keys = Object.keys(first);
  const columns = keys.map(snake).join(', ');
  const staging = `copy_${table.replace('.', '_')}`;
  await client.query(`create temp table ${staging} on commit drop as select ${columns} from ${table} with no data`);
  await pipeline(Readable.from(lines(rows, keys)), client.query(copyFrom(`copy ${staging} (${columns}) from stdin`)));
  const inserted = await client.query(`insert into ${table} (${columns}) select ${columns} from ${staging}`);
  return inserted.rowCount ?? 0;
}

function* lines(rows: readonly CopyRow[], keys: readonly string[]): Generator<string> {
  for (let at = 0; at < rows.length; at += CHUNK) {
    yield rows.slice(at, at + CHUNK).map((row) => `${keys.map((key) => cell(row[key])).join('\t')}\n`).join('');
  }
}

/** PostgreSQL's text form of COPY. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return String.raw`\N`;
  if (Array.isArray(value)) return escaped(`{${value.map((item) => `"${String(item).replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`)}"`).join(',')}}`);
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`COPY has no text for a ${typeof value}`);
}

const escaped = (text: string) => text.replaceAll('\\', String.raw`\\`).replaceAll('\t', String.raw`\t`).replaceAll('\n', String.raw`\n`).replaceAll('\r', String.raw`\r`);
