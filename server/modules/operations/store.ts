import { sql } from 'kysely';
import type { z } from 'zod';
import type { Backup } from '#contract/operations/backup.ts';
import type { Instant } from '#domain/kernel/brand.ts';
import { epochOf } from '#domain/kernel/local-date.ts';
import type { Db } from '#platform/db/types.ts';
import type { BackupHistory } from './due.ts';

type BackupOut = z.input<typeof Backup>;

/** Every read of backups starts here. They belong to the deployment, not to a county: the second lock shows them to county level only. */
const backups = (db: Db) => db.selectFrom('platform.backup as b').leftJoin('platform.appUser as u', 'u.id', 'b.requestedBy')
  .select(['b.id', 'b.origin', 'b.status', 'u.name as requestedBy', 'b.createdAt', 'b.startedAt', 'b.finishedAt', 'b.stage', 'b.doneCount', 'b.totalCount', 'b.path', 'b.sizeBytes', 'b.rowCount', 'b.fileCount', 'b.missingFileCount', 'b.isEncrypted', 'b.pruned', 'b.error']);

type Row = Awaited<ReturnType<ReturnType<typeof backups>['executeTakeFirstOrThrow']>>;

const present = ({ startedAt, ...row }: Row): BackupOut => ({
  ...row, seconds: startedAt === null || row.finishedAt === null ? null : Math.max(0, Math.round((epochOf(row.finishedAt) - epochOf(startedAt)) / 1000)),
});

/** 最近的备份, newest first. */
export async function recentBackups(db: Db, limit: number): Promise<BackupOut[]> {
  return (await backups(db).orderBy('b.id', 'desc').limit(limit).execute()).map(present);
}

/** 上次成功. */
export async function lastSuccess(db: Db): Promise<BackupOut | null> {
  const row = await backups(db).where('b.status', '=', 'done').orderBy('b.id', 'desc').limit(1).executeTakeFirst();
  return row ? present(row) : null;
}

/** 等待或进行中的备份: there is at most one. */
export async function openBackup(db: Db): Promise<BackupOut | null> {
  const row = await backups(db).where('b.status', 'in', ['waiting', 'running']).executeTakeFirst();
  return row ? present(row) : null;
}

/** 历来的备份, as far as the next one depends on them. */
export async function backupHistory(db: Db): Promise<BackupHistory> {
  const success = await db.selectFrom('platform.backup').select('createdAt').where('status', '=', 'done').orderBy('id', 'desc').limit(1).executeTakeFirst();
  const since = success === undefined ? [] : [success.createdAt];
  const failed = await db.selectFrom('platform.backup').select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max<Instant | null>('finishedAt').as('lastAt'), sql<boolean>`coalesce(bool_or(origin = 'page'), false)`.as('isAsked')])
    .where('status', '=', 'failed').where('origin', 'in', ['schedule', 'page']).where((eb) => eb.and(since.map((at) => eb('createdAt', '>', at)))).executeTakeFirstOrThrow();
  const county = await db.selectFrom('platform.orgUnit').select((eb) => eb.fn.min<Instant | null>('createdAt').as('since')).where('kind', '=', 'county').executeTakeFirstOrThrow();
  return { since: county.since, lastSuccessAt: success?.createdAt ?? null, failures: failed.count, lastFailureAt: failed.lastAt, isAsked: failed.isAsked };
}

/** Is the lock held that says: a backup of this database is being made? */
export async function isBackupUnderWay(db: Db, lock: number): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`select exists (select from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and l.objid = ${lock} and l.granted and d.datname = current_database()) as held`.execute(db);
  return rows[0]?.held === true;
}
