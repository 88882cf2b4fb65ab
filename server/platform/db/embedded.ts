import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { findBinaries } from './embedded-binaries.ts';
import { alone, hold } from './embedded-holders.ts';
import type { Place } from './embedded-place.ts';
import { settlePlace } from './embedded-place.ts';
import { refusal, StartRefused } from './embedded-refusal.ts';
import type { Postmaster } from './embedded-server.ts';
import { findPostmaster, halt, initialise, launch } from './embedded-server.ts';

export { StartRefused } from './embedded-refusal.ts';

const OWNER = 'shanzhi';
const DATABASE = 'shanzhi';
const ADOPTION_MS = 5_000;

/** An open embedded database. */
export interface Embedded {
  /** Connection string of the role that owns the database `shanzhi`; it is no superuser, as in production. */
  readonly url: string;
  /** True when the server was already running: another process of ours uses it, or an earlier one died. */
  readonly adopted: boolean;
  /** Lets go; the server is stopped by whoever lets go last. */
  stop(): Promise<void>;
}

/** What starting the embedded database needs. */
export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** Tests only: false trades safety against power loss for speed. Default true. */
  readonly fsync?: boolean;
}

/**
 * 内置数据库:opens the PostgreSQL in `dataDir`, making it first if there is none, adopting it if it already runs.
 * @throws StartRefused with one sentence for whatever is in the way
 */
export async function startEmbedded({ dataDir, log, fsync = true }: EmbeddedOptions): Promise<Embedded> {
  const folder = resolve(dataDir);
  try {
    const place = settlePlace(folder, findBinaries(), log);
    const holder = hold(place.folder);
    try {
      const { url, adopted } = await alone(place.folder, () => open(place, fsync, log));
      return { url, adopted, stop: () => alone(place.folder, () => close(place, holder)) };
    } catch (error) {
      holder.leave();
      throw error;
    }
  } catch (error) {
    throw refusal(error, folder);
  }
}

async function open(place: Place, fsync: boolean, log: (line: string) => void): Promise<{ url: string; adopted: boolean }> {
  if (!existsSync(place.pgdata)) {
    log('首次启动，正在建立内置数据库……');
    await initialise(place, makePassword(place));
  }
  refuseOtherVersion(place);
  const password = readPassword(place);
  const running = await adopt(place, password);
  if (running !== undefined) return { url: await ownerUrl(running, password), adopted: true };
  const server = await launch(place, fsync ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' });
  return { url: await ownerUrl(server, password), adopted: false };
}

async function close(place: Place, holder: ReturnType<typeof hold>): Promise<void> {
  holder.leave();
  const running = findPostmaster(place.pgdata);
  if (running !== undefined && !holder.others()) await halt(running);
}

/** The postmaster that already runs on this folder and takes our password; waits for one that starts, recovers or stops. */
async function adopt({ pgdata, folder }: Place, password: string): Promise<Postmaster | undefined> {
  for (const until = Date.now() + ADOPTION_MS; ; await wait(20)) {
    const running = findPostmaster(pgdata);
    if (running === undefined) return undefined;
    if (running.ready) {
      const problem = await probe(running, password);
      if (problem === undefined) return running;
      if (problem === '28P01') throw new StartRefused(`「${folder}」中的数据库正在运行，但密码文件与它不符；请恢复 postgres-password 文件，或停止进程 ${String(running.pid)} 后再启动。`);
    }
    if (Date.now() > until) throw new StartRefused(`「${folder}」中的数据库（进程 ${String(running.pid)}）没有响应，请停止它后再启动。`);
  }
}

/** Undefined when the server lets us in, else its SQLSTATE or the system's code. */
async function probe({ port }: Postmaster, password: string): Promise<string | undefined> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres', password });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes the owner role and the database if a first start was cut short before them; returns where to connect. */
async function ownerUrl({ port }: Postmaster, password: string): Promise<string> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres', password });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      'select exists (select from pg_roles where rolname = $1) as role, exists (select from pg_database where datname = $2) as database', [OWNER, DATABASE]);
    if (rows[0]?.role !== true) await client.query(`create role ${OWNER} login createrole createdb password ${client.escapeLiteral(password)}`);
    if (rows[0]?.database !== true) await client.query(`create database ${DATABASE} owner ${OWNER}`);
  } finally {
    await client.end();
  }
  return `postgres://${OWNER}:${password}@127.0.0.1:${String(port)}/${DATABASE}`;
}

function makePassword({ folder }: Place): string {
  const password = randomBytes(24).toString('hex');
  writeFileSync(join(folder, 'postgres-password'), `${password}\n`, { mode: 0o600 });
  return password;
}

function readPassword({ folder }: Place): string {
  const file = join(folder, 'postgres-password');
  if (!existsSync(file)) throw new StartRefused(`数据文件夹「${folder}」缺少 postgres-password 文件，无法连接其中的数据库；请从备份恢复该文件。`);
  return readFileSync(file, 'utf8').trim();
}

function refuseOtherVersion({ folder, pgdata }: Place): void {
  const file = join(pgdata, 'PG_VERSION');
  if (!existsSync(file)) throw new StartRefused(`「${pgdata}」不是 PostgreSQL 的数据文件夹，请用 SHANZHI_DATA 换一个空文件夹。`);
  const version = readFileSync(file, 'utf8').trim();
  if (version !== '18') throw new StartRefused(`数据文件夹「${folder}」由 PostgreSQL ${version} 建立，本版本需要 18；请用原来的版本导出数据，再导入新的文件夹。`);
}
