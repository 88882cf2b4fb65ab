import { hash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { to } from 'pg-copy-streams';
import type { Instant } from '#domain/kernel/brand.ts';
import { epochOf } from '#domain/kernel/local-date.ts';
import { productVersion } from '../diagnose/deployment.ts';
import type { FileStore } from '../files/store.ts';
import { columnList, COPY_OPTIONS, ourSchemas, quoted, readApplied, readSequences, readTables, type TableShape } from './catalogue.ts';
import { WORDS, type ArchivedTable, type Manifest } from './manifest.ts';
import { archiveName, openFolder, partialOf, publish } from './place.ts';
import { readArchive } from './read-archive.ts';
import { refuseBackup } from './refuse.ts';
import { writeArchive, type ArchiveWriter } from './write-archive.ts';

/** What is backed up: a database as its owner, the uploaded files and the fingerprint of the deployment's secret. */
export interface BackupSource { readonly ownerUrl: string; readonly files: Pick<FileStore, 'pathOf'>; readonly fingerprint: string }
/** Where to, sealed with what, and when. `passphrase` null leaves the archive unencrypted. */
export interface BackupTarget { readonly folder: string; readonly passphrase: string | null; readonly now: Instant }
/** Called as work goes on; rows are counted while they are copied, and once more while the archive is read back. */
export type BackupProgress = (done: number, total: number, stage: string) => Promise<void>;

/** 备份 as it was made and read back. */
export interface MadeBackup {
  readonly path: string; readonly name: string; readonly sizeBytes: number; readonly isEncrypted: boolean; readonly seconds: number;
  readonly tables: number; readonly rows: number; readonly files: number; readonly missingFiles: number;
}

/** The lock that says: a backup of this database is being made. 7262 is migrating, 7263 roles, 7264 sealing. */
export const BACKUP_LOCK = 7265;

/**
 * 备份: one consistent snapshot of everything, streamed to a file that gets its name only when it is whole, on the disk, and has been read back and
 * checked. Readers and writers go on meanwhile. @throws Problem backup.refused
 */
export async function makeBackup(source: BackupSource, target: BackupTarget, progress: BackupProgress = async () => undefined): Promise<MadeBackup> {
  const began = performance.now();
  const client = new Client({ connectionString: source.ownerUrl, application_name: 'shanzhi backup', options: COPY_OPTIONS });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await alone(client);
    await openFolder(target.folder, epochOf(target.now));
    const name = archiveName(target.now);
    const draft = join(target.folder, partialOf(name));
    await writeArchive(draft, target.passphrase, (writer) => fill(client, writer, { source, target, progress }));
    const manifest = await checked(draft, target.passphrase, progress);
    const { size } = await stat(draft);
    return {
      path: await publish(target.folder, name), name, sizeBytes: size, isEncrypted: target.passphrase !== null, seconds: Math.round((performance.now() - began) / 100) / 10,
      tables: manifest.tables.length, rows: rowsOf(manifest), files: manifest.files.count, missingFiles: manifest.missingFiles.length,
    };
  } finally {
    await client.end().catch(() => undefined);
  }
}

const rowsOf = ({ tables }: Pick<Manifest, 'tables'>) => tables.reduce((sum, { rows }) => sum + rows, 0);

/** A backup that was not read back is a hope. A draft that fails it goes. */
async function checked(draft: string, passphrase: string | null, progress: BackupProgress): Promise<Manifest> {
  try {
    await progress(0, 0, '核对备份');
    return await readArchive(draft, passphrase);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function alone(client: Client): Promise<void> {
  const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [BACKUP_LOCK]);
  if (rows[0]?.got !== true) throw refuseBackup('正在进行另一次备份，请等它完成后再试。');
}

async function fill(client: Client, writer: ArchiveWriter, { source, target, progress }: { source: BackupSource; target: BackupTarget; progress: BackupProgress }): Promise<void> {
  const schemas = await ourSchemas();
  const tables = await openSnapshot(client, schemas);
  const migrations = await readApplied(client);
  if (tables.length === 0 || migrations.length === 0) throw refuseBackup('数据库里还没有善治的数据，没有可备份的内容。');
  const total = await estimate(client, schemas);
  const archived: ArchivedTable[] = [];
  for (const table of tables) {
    const before = rowsOf({ tables: archived });
    await progress(before, total, '备份数据');
    const text = client.query(to(`copy ${quoted(client, table.name)} (${columnList(client, table)}) to stdout`));
    archived.push(await writer.table(table, text, seldom((rows) => progress(before + rows, total, '备份数据'))));
  }
  const rows = rowsOf({ tables: archived });
  const files = await addFiles(client, writer, source.files, () => progress(rows, Math.max(total, rows), '备份文件'));
  await writer.manifest({
    format: 1, product: productVersion(), madeAt: target.now, ...(await facts(client)), secretFingerprint: source.fingerprint,
    migrations, tables: archived, sequences: await readSequences(client, schemas), ...files, words: WORDS,
  });
  await client.query('commit');
}

/** Locks first, snapshot second, as pg_dump does: a table altered between the two would be copied empty. Only changes of structure wait. */
async function openSnapshot(client: Client, schemas: readonly string[]): Promise<TableShape[]> {
  const before = await readTables(client, schemas);
  await client.query('begin isolation level repeatable read read only');
  if (before.length > 0) await client.query(`lock table ${before.map(({ name }) => quoted(client, name)).join(', ')} in access share mode`);
  const tables = await readTables(client, schemas);
  if (JSON.stringify(tables) !== JSON.stringify(before)) throw refuseBackup('备份刚开始时数据库结构正在升级，请稍后再试。');
  return tables;
}

/** Passes on one call a second: telling must not cost more than copying. */
function seldom(tell: (rows: number) => Promise<void>): (rows: number) => Promise<void> {
  let last = performance.now();
  return async (rows) => {
    if (performance.now() - last < 1000) return;
    last = performance.now();
    await tell(rows);
  };
}

/** Rows as PostgreSQL believes; only for showing how far we are. */
async function estimate(client: Client, schemas: readonly string[]): Promise<number> {
  const { rows } = await client.query<{ rows: number }>("select coalesce(sum(greatest(c.reltuples, 0)), 0)::float8 as rows from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname = any($1)", [schemas]);
  return Math.round(rows[0]?.rows ?? 0);
}

async function addFiles(client: Client, writer: ArchiveWriter, store: BackupSource['files'], tell: () => Promise<void>): Promise<Pick<Manifest, 'files' | 'missingFiles'>> {
  const { rows } = await client.query<{ hash: string }>('select distinct hash from platform.file order by hash');
  const [added, missing]: [string[], string[]] = [[], []];
  let bytes = 0;
  for (const { hash: sha256 } of rows) {
    if (added.length % 100 === 0) await tell();
    const size = await writer.file(store.pathOf(sha256), sha256);
    if (size === false) { missing.push(sha256); continue; }
    added.push(sha256);
    bytes += size;
  }
  return { files: { count: added.length, bytes, sha256: hash('sha256', added.join('\n')) }, missingFiles: missing };
}

async function facts(client: Client): Promise<Pick<Manifest, 'postgres' | 'counties'>> {
  const { rows: [server] } = await client.query<{ version: string }>("select current_setting('server_version') as version");
  const { rows: counties } = await client.query<{ code: string | null; name: string }>("select code, name from platform.org_unit where kind = 'county' order by code, name");
  return { postgres: server?.version ?? '', counties };
}
