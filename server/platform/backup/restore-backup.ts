import { createHash, hash } from 'node:crypto';
import { basename } from 'node:path';
import { Client } from 'pg';
import { to } from 'pg-copy-streams';
import { migrateQueue } from '../jobs/migrate-queue.ts';
import { assertDatabase } from '../db/embedded-assert.ts';
import { migrationFiles } from '../db/migrate.ts';
import { ensureRoles } from '../db/roles.ts';
import { afterRestore, type Ended } from './after-restore.ts';
import { columnList, COPY_OPTIONS, ourSchemas, quoted, readTables } from './catalogue.ts';
import { copyIn } from './copy-in.ts';
import { fileRestorer, type FileRestorer } from './file-restorer.ts';
import { fingerprintOf, type ArchivedTable, type Manifest } from './manifest.ts';
import { readArchive } from './read-archive.ts';
import { refuseBackup } from './refuse.ts';
import { resealAll } from '../reseal/reseal-all.ts';
import type { SealedTable } from '../crypto/sealed-table.ts';
import { schemasEverMade } from '../upgrade/record.ts';
import { refuseOccupied } from './target.ts';

/** Which archive, the secret the deployment will run with, and those it ran with before, with the columns to be sealed anew when the archive is of one of these. */
export interface ArchiveRequest { readonly path: string; readonly passphrase: string | null; readonly secret: string; readonly former?: { readonly secrets: readonly string[]; readonly sealed: readonly SealedTable[] } }

/** 核对过的备份: whole, of this secret or a former one, and of no newer program. `applied` are the migrations it was made under, `later` those since; `sealedWith` is its own secret. */
export interface CheckedArchive extends ArchiveRequest { readonly manifest: Manifest; readonly sealedWith: string; readonly applied: readonly Migration[]; readonly later: readonly Migration[] }

/** Into what a checked archive is restored. */
export interface RestoreTarget {
  readonly ownerUrl: string;
  readonly filesFolder: string;
  /** True replaces what is there; false insists on an empty database. */
  readonly replaces: boolean;
  readonly say: (line: string) => void;
}

/** 恢复的结果. */
export interface Restored extends Ended { readonly madeAt: string; readonly tables: number; readonly rows: number; readonly files: number; readonly missingFiles: number; readonly migrated: readonly string[]; readonly seconds: number }

type Migration = Awaited<ReturnType<typeof migrationFiles>>[number];

/** 核对备份: reads all of it and says whether it may be restored here; touches nothing. @throws Problem backup.refused */
export async function checkArchive(request: ArchiveRequest): Promise<CheckedArchive> {
  const manifest = await readArchive(request.path, request.passphrase);
  return { ...request, manifest, ...(await refuseUnfit(manifest, request)) };
}

/**
 * 恢复: puts everything of a checked archive back in ONE transaction — old structure, rows, comparison of every row, migration to today —
 * so that whatever happens the database is what it was before, or the archive. @throws Problem backup.refused
 */
export async function restoreBackup(archive: CheckedArchive, target: RestoreTarget): Promise<Restored> {
  const began = performance.now();
  const { manifest, later, secret } = archive;
  await assertDatabase(target.ownerUrl);

  const client = new Client({ connectionString: target.ownerUrl, application_name: 'shanzhi restore', options: COPY_OPTIONS });
  client.on('error', () => undefined);
  await client.connect();
  const files = fileRestorer(target.filesFolder);
  try {
    // The same lock as migrating: a server that starts meanwhile waits until we are done.
    await client.query('select pg_advisory_lock(7262)');
    await refuseOccupied(client, target.replaces);
    await ensureRoles(client, secret);
    await client.query('begin');
    const ended = await refill(client, { archive, say: target.say, files });
    await files.settle();
    await client.query('commit');
    await client.query('select pg_advisory_unlock(7262)');
    await migrateQueue(target.ownerUrl, secret);
    target.say('正在整理统计信息……');
    await client.query('analyze');
    return {
      madeAt: manifest.madeAt, tables: manifest.tables.length, rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0), files: manifest.files.count, missingFiles: manifest.missingFiles.length,
      migrated: later.map(({ name }) => name), ...ended, seconds: Math.round((performance.now() - began) / 100) / 10,
    };
  } catch (error) {
    await files.takeBack();
    throw databaseWords(error);
  } finally {
    // Ending the connection rolls back what is not committed.
    await client.end().catch(() => undefined);
  }
}

/** Which migrations had been applied when the archive was made, and which came after. @throws Problem for another secret or an archive of a newer program */
async function refuseUnfit(manifest: Manifest, { path, secret, former }: ArchiveRequest): Promise<Pick<CheckedArchive, 'applied' | 'later' | 'sealedWith'>> {
  const name = basename(path);
  const sealedWith = [secret, ...(former?.secrets ?? [])].find((each) => fingerprintOf(each) === manifest.secretFingerprint);
  if (sealedWith === undefined) throw refuseBackup(`部署密钥不对：「${name}」是在另一个密钥（指纹 ${manifest.secretFingerprint.slice(0, 8)}）下做的，恢复后手机号和证件号都打不开。换过密钥的，请加 --former-secret <文件> 指出做备份时的那一把；没有换过的，请先把原来的 secret.key 放到数据文件夹（或设置 SHANZHI_SECRET）再恢复。`);
  const files = await migrationFiles();
  const known = new Map(files.map((file) => [file.name, file.checksum]));
  for (const applied of manifest.migrations) {
    if (!known.has(applied.name)) throw refuseBackup(`「${name}」是用更新的版本（${manifest.product}）做的，本程序不认识其中的 ${applied.name}，请先升级程序再恢复。`);
    if (known.get(applied.name) !== applied.checksum) throw refuseBackup(`「${name}」的数据库结构与本程序不一致（${applied.name}），请换用做备份时的程序版本。`);
  }
  const before = new Set(manifest.migrations.map((each) => each.name));
  return { sealedWith, applied: files.filter((file) => before.has(file.name)), later: files.filter((file) => !before.has(file.name)) };
}

interface Refill { readonly archive: CheckedArchive; readonly files: FileRestorer; say(line: string): void }

async function refill(client: Client, { archive: { path, passphrase, manifest, applied, later, secret, sealedWith, former }, files, say }: Refill): Promise<Ended> {
  const schemas = await ourSchemas();
  say('正在建立表结构……');
  for (const schema of new Set([...schemas, ...(await schemasEverMade(client))])) await client.query(`drop schema if exists ${client.escapeIdentifier(schema)} cascade`);
  await client.query('create table if not exists public.migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())');
  await client.query('truncate public.migration');
  for (const { sql } of applied) await client.query(sql);
  for (const { name, checksum, appliedAt } of manifest.migrations) await client.query('insert into public.migration (name, checksum, applied_at) values ($1, $2, $3)', [name, checksum, appliedAt]);
  await refuseOtherShape(client, schemas, manifest);
  // What a migration writes by itself is in the archive already.
  await client.query(`truncate ${manifest.tables.map(({ name }) => quoted(client, name)).join(', ')}`);

  say('正在写入数据……');
  const loader = await copyIn(client, schemas, manifest.tables);
  const again = await readArchive(path, passphrase, { part: loader.part, file: files.put });
  if (JSON.stringify(again) !== JSON.stringify(manifest)) throw refuseBackup('恢复期间备份文件被换过，没有写入任何内容，请重新恢复。');
  await loader.finish();
  for (const { name, value, isCalled } of manifest.sequences) await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(client, name), value, isCalled]);

  say('正在逐行比对……');
  for (const table of manifest.tables) await compare(client, table);
  for (const { name, sql, checksum } of later) {
    await client.query(sql);
    await client.query('insert into public.migration (name, checksum) values ($1, $2)', [name, checksum]);
  }
  if (sealedWith !== secret) {
    say('备份是在以前的部署密钥下做的，正在改用现在的密钥重新封存……');
    await resealAll(client, { from: sealedWith, to: secret, sealed: former?.sealed ?? [], schemas: await ourSchemas(), say: () => undefined });
  }
  return afterRestore(client, { file: basename(path), madeAt: manifest.madeAt });
}

/** What the archive's migrations build must be what its rows were copied from. */
async function refuseOtherShape(client: Client, schemas: readonly string[], manifest: Manifest): Promise<void> {
  const shapeOf = (tables: readonly Pick<ArchivedTable, 'name' | 'columns'>[]) => JSON.stringify(tables.map(({ name, columns }) => [name, columns.map((column) => [column.name, column.type])]));
  if (shapeOf(await readTables(client, schemas)) !== shapeOf(manifest.tables)) throw refuseBackup('备份里的表与本程序的表结构不一致，没有写入任何内容，请换用做备份时的程序版本。');
}

/** 逐行比对: the table copied out again must give the very same text, row for row. A table filled in the transaction that made it keeps the order of its rows. */
async function compare(client: Client, table: ArchivedTable): Promise<void> {
  const digest = createHash('sha256');
  for await (const chunk of client.query(to(`copy ${quoted(client, table.name)} (${columnList(client, table)}) to stdout`))) digest.update(chunk as Buffer);
  const expected = table.rows === 0 ? hash('sha256', '') : table.sha256;
  if (digest.digest('hex') !== expected) throw refuseBackup(`恢复后的 ${table.name} 与备份不一致，已全部撤回，没有写入任何内容。`);
}

function databaseWords(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '53100') return refuseBackup('数据库所在的磁盘已满，已全部撤回，没有写入任何内容。请清理磁盘后再恢复。');
  if (code === '53200') return refuseBackup('数据库一次能持有的锁不够，已全部撤回，没有写入任何内容。请把 PostgreSQL 的 max_locks_per_transaction 调到 256 并重启数据库，再恢复。');
  if (code === '42501') return refuseBackup('数据库账号的权限不够（应是数据库的所有者，并有 CREATEROLE），没有写入任何内容。');
  if (code === '55P03') return refuseBackup('数据库正被别的程序使用，没有写入任何内容。请停止善治后再恢复。');
  return error;
}
