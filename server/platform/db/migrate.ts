import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { migrateQueue } from '../jobs/migrate-queue.ts';
import { StartRefused } from './embedded-refusal.ts';
import { beginUpgrade, endUpgrade, UPGRADES, wordsOfNewer, type UpgradeDraft } from '../upgrade/record.ts';
import { ensureRoles } from './roles.ts';

const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Used when a database is migrated without the deployment's own secret (tests). */
const TEST_SECRET = 'test-only';
/** A server that knows how looks so often whether its client still lives while a statement runs: an upgrade that was killed lets go at once. */
const WATCH_CLIENT = "set client_connection_check_interval = '1s'";

/** 升级文件, with the checksum that is kept of it. */
export interface Migration { readonly name: string; readonly sql: string; readonly checksum: string }

export interface MigrateOptions {
  readonly secret?: string;
  /** Asked once, under the lock, before a database that is in use already is changed: refuses by throwing, else says what goes on the record. */
  readonly guard?: (client: Client, pending: readonly Migration[]) => Promise<UpgradeDraft>;
  /** The migrations there are; those of the program unless a test brings its own. */
  readonly files?: readonly Migration[];
  readonly say?: (line: string) => void;
  /** Asked under the lock, before anything and after all of it: is the database of this secret? Refuses by throwing. */
  readonly keeper?: { before(client: Client): Promise<void>; after(client: Client): Promise<void> };
}

/**
 * 升级数据库结构:applies every migration not yet applied, in name order, ALL IN ONE TRANSACTION: a database is of the old version or of the new one and never between,
 * whatever is killed when. Forward only; safe to run from several processes at once. @returns the names applied. @throws StartRefused when an applied file
 * has been edited since, or the database is of a later version, or the guard refuses
 */
export async function migrate(ownerUrl: string, { secret = TEST_SECRET, guard, files, say = () => undefined, keeper }: MigrateOptions = {}): Promise<string[]> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'shanzhi migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(WATCH_CLIENT).catch(() => undefined);
    await lock(client, say);
    await keeper?.before(client);
    await ensureRoles(client, secret);
    await client.query('create table if not exists public.migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())');
    await client.query(UPGRADES);
    const applied = await applyMissing(client, files ?? await migrationFiles(), guard);
    await keeper?.after(client);
    await migrateQueue(ownerUrl, secret);
    return applied;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function lock(client: Client, say: (line: string) => void): Promise<void> {
  const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock(7262) as got');
  if (rows[0]?.got === true) return;
  say('另一个进程正在升级或恢复这个数据库，正在等它完成……');
  await client.query('select pg_advisory_lock(7262)');
}

/** 升级文件, in name order. */
export async function migrationFiles(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).toSorted();
  return Promise.all(names.map(async (name) => {
    const sql = await readFile(`${FOLDER}/${name}`, 'utf8');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  }));
}

/** 待执行的升级. @throws StartRefused for an applied file that was edited, or a database of a later version */
export async function pendingOf(client: Client, files: readonly Migration[]): Promise<{ known: number; pending: Migration[] }> {
  const known = new Map((await client.query<{ name: string; checksum: string }>('select name, checksum from public.migration')).rows.map((row) => [row.name, row.checksum]));
  const names = new Set(files.map(({ name }) => name));
  const unknown = [...known.keys()].toSorted().findLast((name) => !names.has(name));
  if (unknown !== undefined) throw new StartRefused(await wordsOfNewer(client, unknown));
  const edited = files.find(({ name, checksum }) => known.has(name) && known.get(name) !== checksum);
  if (edited) throw new StartRefused(`数据库升级文件 ${edited.name} 在执行之后被改动过，请恢复原文件再启动。`);
  return { known: known.size, pending: files.filter(({ name }) => !known.has(name)) };
}

async function applyMissing(client: Client, files: readonly Migration[], guard: MigrateOptions['guard']): Promise<string[]> {
  const { known, pending } = await pendingOf(client, files);
  if (pending.length === 0) return [];
  const upgrade = known > 0 && guard ? await beginUpgrade(client, await guard(client, pending)) : null;
  let at = '';
  try {
    await client.query('begin');
    for (const { name, sql, checksum } of pending) {
      at = name;
      await client.query(sql);
      await client.query('insert into public.migration (name, checksum) values ($1, $2)', [name, checksum]);
    }
    if (upgrade) await endUpgrade(client, upgrade, null);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    if (!upgrade) throw error;
    const why = error instanceof Error ? error.message : String(error);
    await endUpgrade(client, upgrade, `${at}: ${why}`);
    throw new StartRefused(`升级没有成功，已全部撤回：数据库没有改动，仍是升级前的样子，可以继续用原来的程序。停在 ${at}：${why}。${upgrade.wayBack}`, { cause: error });
  }
  return pending.map(({ name }) => name);
}
