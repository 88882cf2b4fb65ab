import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/operations/backup.ts';
import { epochOf } from '#domain/kernel/local-date.ts';
import { instantText, sizeText } from '#domain/kernel/words.ts';
import type { KeepRule } from '#platform/backup/keep.ts';
import { freeBytes } from '#platform/backup/place.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { nextBackupAt } from '../due.ts';
import { LATE_MS } from '../health.ts';
import { askFor } from '../run-backups.ts';
import { backupHistory, lastSuccess, openBackup, recentBackups } from '../store.ts';

type Status = Output<typeof route.getBackupStatus>;
type Backup = Output<typeof route.postBackup>;

const SHOWN = 20;
const LEAST_FREE = 1 << 30;
/** Room for so many more of the last size is wanted. */
const ROOM = 3;

/** 备份情况. */
export async function getBackupStatus(ctx: Ctx, _input: Input<typeof route.getBackupStatus>): Promise<Status> {
  const { folder, hour, keep, key, keyFile } = ctx.kit.backups;
  const [free, facts] = [await freeBytes(folder), await ctx.read(readFacts)];
  const nextAt = nextBackupAt(ctx.now, hour, facts.history);
  const { history: _, ...shown } = facts;
  return { ...shown, nextAt, folder, freeBytes: free, isEncrypted: key !== undefined || keyFile !== undefined, keep: keepWords(keep), warnings: warningsOf(ctx, { ...facts, free, nextAt }) };
}

async function readFacts(db: Db) {
  return { lastSuccess: await lastSuccess(db), open: await openBackup(db), recent: await recentBackups(db, SHOWN), history: await backupHistory(db) };
}

const keepWords = ({ daily, weekly, monthly }: KeepRule) => `最近 ${daily} 天每天一份，最近 ${weekly} 周每周一份，最近 ${monthly} 个月每月一份`;

type Facts = Awaited<ReturnType<typeof readFacts>> & { readonly free: number | null; readonly nextAt: Status['nextAt'] };

/** 警告: what the system administrator must not overlook, the gravest first. */
function warningsOf(ctx: Ctx, { lastSuccess: last, recent, history, free, nextAt }: Facts): string[] {
  const found: string[] = [];
  const [age, of] = last?.finishedAt != null ? [epochOf(ctx.now) - epochOf(last.finishedAt), '上次成功的备份'] : [history.since === null ? 0 : epochOf(ctx.now) - epochOf(history.since), ''];
  if (age > LATE_MS) found.push(of === '' ? '系统启用已超过一天，还没有成功备份过，请立即备份。' : `${of}已是 ${Math.floor(age / 3_600_000)} 小时以前，超过一天，请查明原因并立即备份。`);
  const latest = recent.find(({ status }) => status === 'done' || status === 'failed');
  if (latest?.status === 'failed') found.push(`最近一次备份失败：${latest.error ?? '原因不明'}${nextAt === null ? '' : `　将于${instantText(nextAt)}再试。`}`);
  const wanted = Math.max(LEAST_FREE, (last?.sizeBytes ?? 0) * ROOM);
  if (free !== null && free < wanted) found.push(`备份所在的磁盘只剩 ${sizeText(free)}，至少应有 ${sizeText(wanted)}，请清理磁盘或换一个文件夹（SHANZHI_BACKUP_DIR）。`);
  if ((last?.missingFileCount ?? 0) > 0) found.push(`上次备份时有 ${last?.missingFileCount ?? 0} 个登记过的文件在磁盘上缺失或损坏，没有备份进去。`);
  if (ctx.kit.backups.hour === null) found.push('没有设定自动备份（SHANZHI_BACKUP_HOUR=off），请每天手工备份。');
  return found;
}

/** 立即备份: recorded here, made by the worker, which is woken when this commits. */
export function requestBackup(ctx: Ctx, _input: Input<typeof route.postBackup>): Promise<Backup> {
  return ctx.transact(async (tx) => {
    const asked = await askFor(tx.db, { origin: 'page', requestedBy: ctx.actor.userId, at: ctx.now });
    await sql`select queue.enqueue('schedule.backups', '{}'::json, 'backups:now')`.execute(tx.db);
    const open = await openBackup(tx.db);
    if (open === null) throw new Error('a backup asked for is not there');
    if (asked === null) tx.auditNothing('one waits or runs already');
    else tx.audit({ action: 'backup.request', subject: ['Backup', asked], before: null, after: { origin: 'page' } });
    return open;
  });
}
