import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { fileURLToPath } from 'node:url';
import { readConfig } from '#platform/config.ts';
import { boot, type Running } from '#server/main/boot.ts';
import { seedDatabase } from './seed.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const MIGRATIONS = fileURLToPath(new URL('../server/migrations', import.meta.url));

/** A database of so many units, open. `seeded` is how long filling took, null when it was there already. */
export interface BenchDatabase { readonly running: Running; readonly folder: string; readonly seeded: number | null }

/** 打开测量用数据库: the one of an earlier run, or a new one when the migrations or the seed have changed since. Embedded PostgreSQL, fsync on. */
export async function openDatabase(root: string, rows: number, say: (line: string) => void): Promise<BenchDatabase> {
  const folder = join(root, String(rows));
  const mark = join(folder, 'bench-seed.txt');
  const wanted = fingerprint(rows);
  const isThere = existsSync(mark) && readFileSync(mark, 'utf8') === wanted;
  if (!isThere) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const running = await boot(readConfig({ SHANZHI_DATA: folder, SHANZHI_DEMO: '1' }), { log: say });
  try {
    const seeded = isThere ? null : await seedDatabase(running, rows, say);
    writeFileSync(mark, wanted);
    await forgetEarlierRuns(running.ownerUrl);
    return { running, folder, seeded };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** What earlier runs created (their units have entrance 9) goes, so that every run starts from the same rows. */
async function forgetEarlierRuns(ownerUrl: string): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query("create temp table made as select id from registry.unit where entrance = '9'");
    await owner.query("delete from registry.search_entry where kind = 'unit' and subject_id in (select id from made)");
    await owner.query('delete from registry.unit_area where unit_id in (select id from made)');
    await owner.query('delete from registry.unit where id in (select id from made)');
    await owner.query('vacuum (analyze)');
  } finally {
    await owner.end();
  }
}

function fingerprint(rows: number): string {
  const files = [...readdirSync(MIGRATIONS).toSorted().map((name) => join(MIGRATIONS, name)), join(HERE, 'expand.ts'), join(HERE, 'seed.ts')];
  const hash = createHash('sha256').update(String(rows));
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}
