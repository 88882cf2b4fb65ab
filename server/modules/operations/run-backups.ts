import { sql, type Updateable } from 'kysely';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { instantText } from '#domain/kernel/words.ts';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import { passphraseOf } from '#platform/backup/config.ts';
import { BACKUP_LOCK, makeBackup, type MadeBackup } from '#platform/backup/make-backup.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import type { Kit } from '#platform/kit.ts';
import { systemContext } from '#platform/make-context.ts';
import { notify } from '#platform/notices/notify.ts';
import { Problem } from '#platform/problem.ts';
import type { PlatformTables } from '#platform/tables.gen.ts';
import { nextBackupAt } from './due.ts';
import { pruneBackups } from './prune.ts';
import { backupHistory, isBackupUnderWay } from './store.ts';

/** A running backup that has said nothing for so long, and whose lock nobody holds, belongs to a process that died. */
const SILENT_MS = 30_000;
/** One that dies this often is given up until the next night. */
const MOST_ATTEMPTS = 3;

/**
 * 备份值守, every minute and when the button is pressed: takes up what a dead process left, asks for the night's backup when it is due, and makes
 * the one that waits. The queue only wakes; our own rows say what is left to do.
 */
export async function tendBackups(ctx: Ctx): Promise<void> {
  await takeUpInterrupted(ctx);
  await askIfDue(ctx);
  const taken = await ctx.kit.database.write(everything, (db) => db.updateTable('platform.backup')
    .set((eb) => ({ status: 'running', startedAt: ctx.kit.clock.now(), heartbeatAt: ctx.kit.clock.now(), attempts: eb('attempts', '+', 1) })).where('status', '=', 'waiting').returning(['id', 'origin']).executeTakeFirst());
  if (taken) await carryOut(ctx.kit, taken);
}

async function takeUpInterrupted(ctx: Ctx): Promise<void> {
  const silent = instantOf(epochOf(ctx.now) - SILENT_MS);
  await ctx.kit.database.write(everything, async (db) => {
    const dead = await db.selectFrom('platform.backup').select(['id', 'attempts']).where('status', '=', 'running').where('heartbeatAt', '<', silent).forUpdate().executeTakeFirst();
    if (!dead || await isBackupUnderWay(db, BACKUP_LOCK)) return;
    const again = dead.attempts < MOST_ATTEMPTS
      ? { status: 'waiting' as const, stage: '上次中断，重新开始', doneCount: 0 }
      : { status: 'failed' as const, finishedAt: ctx.now, error: `备份进行中程序停止了 ${dead.attempts} 次，没有完成` };
    await db.updateTable('platform.backup').set(again).where('id', '=', dead.id).execute();
  });
}

async function askIfDue(ctx: Ctx): Promise<void> {
  const next = nextBackupAt(ctx.now, ctx.kit.backups.hour, await ctx.kit.database.read(everything, backupHistory));
  if (next === null || next > ctx.now) return;
  await ctx.kit.database.write(everything, (db) => askFor(db, { origin: 'schedule', requestedBy: null, at: ctx.now }));
}

/** 登记一次备份, unless one waits or runs already. */
export async function askFor(db: Tx['db'], { origin, requestedBy, at }: { origin: 'schedule' | 'page'; requestedBy: Id<'AppUser'> | null; at: Instant }): Promise<Id<'Backup'> | null> {
  const row = await db.insertInto('platform.backup').values({ id: newId<'Backup'>(), origin, status: 'waiting', requestedBy, createdAt: at })
    .onConflict((conflict) => conflict.expression(sql`(true)`).where('status', 'in', ['waiting', 'running']).doNothing()).returning('id').executeTakeFirst();
  return row?.id ?? null;
}

type Columns = Updateable<PlatformTables['platform.backup']>;

async function carryOut(kit: Kit, { id }: { id: Id<'Backup'> }): Promise<void> {
  const { backups: plan, files } = kit;
  const set = (values: Columns) => kit.database.write(everything, (db) => db.updateTable('platform.backup').set({ ...values, heartbeatAt: kit.clock.now() }).where('id', '=', id).execute());
  try {
    const passphrase = passphraseOf(plan);
    const made = await makeBackup({ ...plan, files }, { folder: plan.folder, passphrase, now: kit.clock.now() }, async (done, total, stage) => { await set(total > 0 ? { doneCount: done, totalCount: Math.max(done, total), stage } : { stage }); });
    // Old archives go only when a new one is there and has been read back.
    await set({ stage: '清理旧备份' });
    const pruned = await pruneBackups(plan, passphrase, await formerKeys(kit));
    await finish(kit, id, { status: 'done', ...columnsOf(made), pruned, error: null });
  } catch (error) {
    const words = error instanceof Problem ? error.message : `备份时出错：${String(error).slice(0, 300)}`;
    await finish(kit, id, { status: 'failed', error: words });
    if (!(error instanceof Problem)) throw error;
  }
}

/** Archives made before the deployment's secret was changed are this deployment's too. */
const formerKeys = async (kit: Kit): Promise<string[]> => (await kit.database.read(everything, (db) => db.selectFrom('platform.deploymentKey').select('fingerprint').where('endedAt', 'is not', null).execute())).map(({ fingerprint }) => fingerprint);

const columnsOf = ({ path, sizeBytes, rows, files, missingFiles, isEncrypted }: MadeBackup) => ({ path, sizeBytes, rowCount: rows, fileCount: files, missingFileCount: missingFiles, isEncrypted });

/** Ends a backup and files it with every county: it holds them all. */
function finish(kit: Kit, id: Id<'Backup'>, values: Columns & { status: 'done' | 'failed' }): Promise<void> {
  const ctx = systemContext(kit);
  return ctx.transact(async (tx) => {
    await tx.db.updateTable('platform.backup').set({ ...values, finishedAt: ctx.now, stage: null }).where('id', '=', id).execute();
    await auditEverywhere(tx, { action: 'backup.make', subject: ['Backup', id], before: null, after: values });
    if (values.status === 'failed') await tellAdministrators(kit, tx, id);
  });
}

/** 备份失败的通知 to every county's system administrators: for the first of a row of failures, not for each try again. */
async function tellAdministrators(kit: Kit, tx: Tx, id: Id<'Backup'>): Promise<void> {
  const history = await backupHistory(tx.db);
  if (history.failures > 1) return;
  const counties = await tx.db.selectFrom('platform.orgUnit').select('id').where('kind', '=', 'county').execute();
  const next = nextBackupAt(tx.now, kit.backups.hour, history);
  const text = `备份没有做成${next === null ? '' : `，将于${instantText(next)}自动再试`}，请到备份页查看原因。`;
  await notify(tx, { kind: 'backup.failed', subject: ['Backup', id], text, path: '/backups', to: counties.map((county) => ({ orgUnitId: county.id, permission: 'operations.backup.read' })) });
}

async function auditEverywhere(tx: Tx, draft: Parameters<Tx['audit']>[0]): Promise<void> {
  const counties = await tx.db.selectFrom('platform.orgUnit').select('id').where('kind', '=', 'county').execute();
  for (const { id: countyId } of counties) tx.audit({ ...draft, countyId });
  if (counties.length === 0) tx.auditNothing('no county yet');
}

/** 登记命令行做的备份. */
export function recordCommandBackup(kit: Kit, made: MadeBackup, startedAt: Instant): Promise<void> {
  const ctx = systemContext(kit);
  const id = newId<'Backup'>();
  return ctx.transact(async (tx) => {
    const values = columnsOf(made);
    await tx.db.insertInto('platform.backup').values({ id, origin: 'command', status: 'done', createdAt: startedAt, startedAt, finishedAt: ctx.now, attempts: 1, doneCount: made.rows, totalCount: made.rows, ...values }).execute();
    await auditEverywhere(tx, { action: 'backup.make', subject: ['Backup', id], before: null, after: values });
  });
}
