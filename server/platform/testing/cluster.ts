import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { findBinaries } from '#platform/db/embedded-binaries.ts';
import { hold } from '#platform/db/embedded-holders.ts';
import type { Place } from '#platform/db/embedded-place.ts';
import { settlePlace } from '#platform/db/embedded-place.ts';
import { findPostmaster, halt, initialise, launch } from '#platform/db/embedded-server.ts';
import { MEMORY_FOLDER, roomyFolder } from './roomy-folder.ts';

const PREFIX = 'shanzhi-test-pg-';
/** Nothing of a test's database outlives the run: speed before safety. */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '200', shared_buffers: '256MB' };

/** A PostgreSQL of this test run alone. */
export interface TestCluster {
  /** Connection string of an owner role (no superuser, may create databases and roles) on the database `postgres`. */
  readonly ownerUrl: string;
  readonly major: string;
  stop(): Promise<void>;
}

/** 发行版数据库:where a distribution's PostgreSQL 15 lies, or undefined. */
export function distribution15(): string | undefined {
  return ['/usr/lib/postgresql/15', '/usr/pgsql-15', '/opt/homebrew/opt/postgresql@15'].find((folder) => existsSync(join(folder, 'bin', 'initdb')));
}

/** 测试用数据库集群:starts one in a temporary folder — the embedded 18, or the distribution's 15 where `SHANZHI_TEST_PG=15` asks for it. */
export async function startCluster(wanted = process.env.SHANZHI_TEST_PG ?? '18'): Promise<TestCluster> {
  await sweep();
  const folder = mkdtempSync(join(roomyFolder(), PREFIX));
  chmodSync(folder, 0o755);
  const holder = hold(folder);
  const place = placeOf(folder, wanted);
  const password = randomBytes(12).toString('hex');
  // PostgreSQL 15 has no builtin locale provider; the C library's C.UTF-8 cuts Chinese just as well.
  await initialise(place, password, wanted === '15' ? ['--locale=C.UTF-8'] : undefined);
  const server = await launch(place, SETTINGS);
  const at = `127.0.0.1:${String(server.port)}/postgres`;
  await makeOwner(`postgres://postgres:${password}@${at}`, password);
  return {
    ownerUrl: `postgres://shanzhi:${password}@${at}`,
    major: wanted,
    stop: async () => {
      await halt(server);
      holder.leave();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function placeOf(folder: string, wanted: string): Place {
  const place = settlePlace(folder, findBinaries(), () => undefined);
  if (wanted !== '15') return place;
  const native = distribution15();
  if (native === undefined) throw new Error('SHANZHI_TEST_PG=15, but no PostgreSQL 15 was found in the usual places');
  return { ...place, native };
}

async function makeOwner(superUrl: string, password: string): Promise<void> {
  const client = new Client({ connectionString: superUrl });
  await client.connect();
  await client.query(`create role shanzhi login createrole createdb in role pg_signal_backend password '${password}'`);
  await client.end();
}

/** Stops and removes what a killed test run left behind: only folders whose users are all dead. */
async function sweep(): Promise<void> {
  const left = [tmpdir(), MEMORY_FOLDER].filter((place) => existsSync(place)).flatMap((place) => readdirSync(place).filter((entry) => entry.startsWith(PREFIX)).map((entry) => join(place, entry)));
  for (const folder of left) {
    try {
      // A folder without its list of users is being made this very moment by another run.
      if (!existsSync(join(folder, 'postgres.users'))) continue;
      const holder = hold(folder);
      if (holder.others()) { holder.leave(); continue; }
      const server = findPostmaster(join(folder, 'postgres'));
      if (server !== undefined) await halt(server);
      rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      // Another user's leftovers are not ours to remove.
      if (!(error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM'))) throw error;
    }
  }
}
