import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from } from 'pg-copy-streams';

/** 批量写入:streams rows into a table by COPY (text format). Values are text, numbers, booleans or null; a NUL character is left out. */
export async function copyRows(client: pg.PoolClient, target: string, rows: Iterable<readonly (string | number | boolean | null)[]>): Promise<void> {
  const stream = client.query(from(`copy ${target} from stdin`));
  const done = finished(stream);
  let buffer = '';
  for (const row of rows) {
    buffer += `${row.map(cell).join('\t')}\n`;
    if (buffer.length < 1 << 16) continue;
    if (!stream.write(buffer)) await Promise.race([once(stream, 'drain'), done]);
    buffer = '';
  }
  stream.end(buffer);
  await done;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u0000': '' };

function cell(value: string | number | boolean | null): string {
  if (value === null) return '\\N';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  // oxlint-disable-next-line no-control-regex -- PostgreSQL's text cannot hold NUL
  return typeof value === 'number' ? String(value) : value.replaceAll(/[\\\n\r\t\u0000]/g, (found) => ESCAPES[found] ?? '');
}
