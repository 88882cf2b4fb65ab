import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { migrateQueue } from '../jobs/migrate-queue.ts';
import { ensureRoles } from './roles.ts';

const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Used when a database is migrated without the deployment's own secret (tests). */
const TEST_SECRET = 'test-only';

/**
 * 升级数据库结构:applies, in name order and one transaction each, every migration not yet applied. Forward only; safe to run
 * from several processes at once. @returns the names applied. @throws Error when an applied file has been edited since
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

async function applyMissing(client: Client): Promise<string[]> {
  const known = new Map((await client.query<{ name: string; checksum: string }>('select name, checksum from public.migration')).rows.map((row) => [row.name, row.checksum]));
  const applied: string[] = [];
  for (const name of (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).toSorted()) {
    const sql = await readFile(`${FOLDER}/${name}`, 'utf8');
    const checksum = createHash('sha256').update(sql).digest('hex');
    const before = known.get(name);
    if (before === checksum) continue;
    if (before !== undefined) throw new Error(`数据库升级文件 ${name} 在执行之后被改动过，请恢复原文件`);
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
