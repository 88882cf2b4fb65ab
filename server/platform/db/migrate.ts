import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { migrateQueue } from '../jobs/migrate-queue.ts';
import { StartRefused } from './embedded-refusal.ts';
import { ensureRoles } from './roles.ts';

const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Used when a database is migrated without the deployment's own secret (tests). */
const TEST_SECRET = 'test-only';

/**
 * 升级数据库结构:applies, in name order and one transaction each, every migration not yet applied. Forward only; safe to run
 * from several processes at once. @returns the names applied. @throws StartRefused when an applied file has been edited since, or the database is of a later version
 */
export async function migrate(ownerUrl: string, { secret = TEST_SECRET }: { secret?: string } = {}): Promise<string[]> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'shanzhi migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(7262)');
    await ensureRoles(client, secret);
    await client.query('create table if not exists public.migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())');
    const applied = await applyMissing(client);
    await migrateQueue(ownerUrl, secret);
    return applied;
  } finally {
    await client.end();
  }
}

/** 升级文件, in name order, each with the checksum that is kept of it. */
export async function migrationFiles(): Promise<{ name: string; sql: string; checksum: string }[]> {
  const names = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).toSorted();
  return Promise.all(names.map(async (name) => {
    const sql = await readFile(`${FOLDER}/${name}`, 'utf8');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  }));
}

async function applyMissing(client: Client): Promise<string[]> {
  const known = new Map((await client.query<{ name: string; checksum: string }>('select name, checksum from public.migration')).rows.map((row) => [row.name, row.checksum]));
  const applied: string[] = [];
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).toSorted();
  const unknown = [...known.keys()].find((name) => !files.includes(name));
  if (unknown !== undefined) throw new StartRefused(`这个数据库由更新的版本升级过（${unknown}），本版本不能使用；请用更新的版本启动，或恢复升级前的备份。`);
  for (const name of files) {
    const sql = await readFile(`${FOLDER}/${name}`, 'utf8');
    const checksum = createHash('sha256').update(sql).digest('hex');
    const before = known.get(name);
    if (before === checksum) continue;
    if (before !== undefined) throw new StartRefused(`数据库升级文件 ${name} 在执行之后被改动过，请恢复原文件再启动。`);
    await inTransaction(client, async () => {
      await client.query(sql);
      await client.query('insert into public.migration (name, checksum) values ($1, $2)', [name, checksum]);
    });
    applied.push(name);
  }
  return applied;
}

async function inTransaction(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
