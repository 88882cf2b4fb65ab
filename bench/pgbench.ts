import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Recording } from './replay.ts';

const run = promisify(execFile);

/** pgbench of this machine, newest first; null where there is none. */
export function findPgbench(): string | null {
  const folder = '/usr/lib/postgresql';
  const versions = existsSync(folder) ? readdirSync(folder).toSorted((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(folder, version, 'bin/pgbench')).find((path) => existsSync(path)) ?? null;
}

/** 用 pgbench 重放: one script for each recorded read with its values written in, drawn at random. @returns transactions a second */
export async function pgbench(program: string, { url, recordings, connections, seconds }: { url: string; recordings: readonly Recording[]; connections: number; seconds: number }): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'shanzhi-pgbench-'));
  try {
    const files = await Promise.all(recordings.map(async ({ statements }, at) => {
      const file = join(folder, `${at}.sql`);
      await writeFile(file, `${statements.map(({ text, values }) => inlined(text, values)).join(';\n')};\n`);
      return ['-f', file];
    }));
    const address = new URL(url);
    const { stdout } = await run(program, ['-n', '-M', 'simple', '-c', String(connections), '-j', '2', '-T', String(seconds), ...files.flat(), '-h', address.hostname, '-p', address.port, '-U', address.username, address.pathname.slice(1)],
      { env: { ...process.env, PGPASSWORD: decodeURIComponent(address.password), PGOPTIONS: '-c timezone=UTC' } });
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The statement with its values as literals; the highest number first, so that $1 does not eat $12. One line, as pgbench's scripts want. */
function inlined(text: string, values: readonly unknown[]): string {
  const filled = values.reduceRight<string>((sql, value, at) => sql.replaceAll(new RegExp(String.raw`\$${at + 1}(?!\d)`, 'g'), () => literal(value)), text);
  return filled.replaceAll(/\s*\n\s*/g, ' ');
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return `'${String(value)}'`;
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map((item) => JSON.stringify(String(item))).join(',')}}`);
  return pg.escapeLiteral(typeof value === 'string' ? value : JSON.stringify(value));
}
