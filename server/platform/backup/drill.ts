import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { findBinaries } from '../db/embedded-binaries.ts';
import { hold } from '../db/embedded-holders.ts';
import { settlePlace } from '../db/embedded-place.ts';
import { halt, initialise, launch, type Postmaster } from '../db/embedded-server.ts';
import { refuseBackup } from './refuse.ts';
import { restoreBackup, type CheckedArchive, type Restored } from './restore-backup.ts';

/** What a drill needs; `inspect` looks at the restored database while it is there. */
export interface DrillRequest<T> {
  readonly archive: CheckedArchive;
  /** 18 comes with the product; 15 where the system has it. */
  readonly postgres: '18' | '15';
  readonly say: (line: string) => void;
  inspect(ownerUrl: string): Promise<T>;
}

const OWNER = 'shanzhi';

/** 恢复演练: restores into a database server made for it in a temporary folder, compares every row, and removes it all. The running system is not touched. @throws Problem backup.refused */
export async function drillBackup<T>(request: DrillRequest<T>): Promise<{ restored: Restored; inspected: T }> {
  const folder = mkdtempSync(join(tmpdir(), 'shanzhi-drill-'));
  chmodSync(folder, 0o755);
  const holder = hold(folder);
  let server: Postmaster | null = null;
  try {
    request.say(`正在建立临时数据库（PostgreSQL ${request.postgres}）……`);
    const usual = settlePlace(folder, findBinaries(), () => undefined);
    const place = request.postgres === '15' ? { ...usual, native: systemPostgres15() } : usual;
    const password = randomBytes(12).toString('hex');
    // Version 15 has no builtin locale provider; the C library's C.UTF-8 cuts Chinese just as well.
    await initialise(place, password, request.postgres === '15' ? ['--locale=C.UTF-8'] : undefined);
    server = await launch(place, { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' });
    const ownerUrl = await emptyDatabase(server, password);
    const restored = await restoreBackup(request.archive, { ownerUrl, filesFolder: join(folder, 'files'), replaces: false, say: request.say });
    return { restored, inspected: await request.inspect(ownerUrl) };
  } finally {
    if (server !== null) await halt(server);
    holder.leave();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws Problem backup.refused when the machine has no PostgreSQL 15 */
function systemPostgres15(): string {
  const found = ['/usr/lib/postgresql/15', '/usr/pgsql-15', '/opt/homebrew/opt/postgresql@15'].find((folder) => existsSync(join(folder, 'bin', 'initdb')));
  if (found === undefined) throw refuseBackup('本机没有装 PostgreSQL 15，不能用它演练；请去掉 --postgres 15，用自带的 18。');
  return found;
}

async function emptyDatabase({ port }: Postmaster, password: string): Promise<string> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres', password });
  await client.connect();
  try {
    await client.query(`create role ${OWNER} login createrole createdb password ${client.escapeLiteral(password)}`);
    await client.query(`create database drill owner ${OWNER}`);
  } finally {
    await client.end();
  }
  return `postgres://${OWNER}:${password}@127.0.0.1:${String(port)}/drill`;
}
