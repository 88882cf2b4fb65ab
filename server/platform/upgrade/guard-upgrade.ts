import type { Client } from 'pg';
import { epochOf } from '#domain/kernel/local-date.ts';
import { instantText, sizeText } from '#domain/kernel/words.ts';
import { makeBackup, type BackupSource, type BackupTarget, type MadeBackup } from '../backup/make-backup.ts';
import { archivesIn, freeBytes } from '../backup/place.ts';
import { readArchive } from '../backup/read-archive.ts';
import { ourSchemas } from '../backup/catalogue.ts';
import { StartRefused } from '../db/embedded-refusal.ts';
import { Problem } from '../problem.ts';
import { othersAtWork } from './others-at-work.ts';
import { closeInterrupted, type UpgradeDraft } from './record.ts';

/** What an upgrade is prepared with. */
export interface UpgradePlan {
  readonly source: BackupSource;
  readonly target: BackupTarget;
  /** True for the embedded server: a backup is made now. False for DATABASE_URL: one of the last day is asked for. */
  readonly makesBackup: boolean;
  /** The operator answers for a backup of his own. */
  readonly withoutBackup: boolean;
  readonly dataDir: string;
  /** Bytes of room asked for at least; half a gigabyte when left out. */
  readonly leastFree?: number;
  /** More schemas that the new version makes; tests only. */
  readonly schemas?: readonly string[];
  readonly say: (line: string) => void;
  /** Told of the backup that was made: it belongs on the record, which only the new version can write. */
  readonly onBackup?: (made: MadeBackup) => void;
}

const DAY_MS = 86_400_000;
const LEAST_FREE = 512 * 1_048_576;

/**
 * 升级前的检查, under the lock of migrating: nobody works on the database, there is room, and a backup that can be gone back to.
 * @throws StartRefused with what is in the way and what to do; nothing is changed then
 */
export async function guardUpgrade(client: Client, pending: readonly { readonly name: string }[], plan: UpgradePlan): Promise<UpgradeDraft> {
  const interrupted = await closeInterrupted(client);
  if (interrupted !== null) plan.say(interrupted);
  await refuseOthers(client);
  await refuseWithoutRoom(client, plan);
  const backup = plan.withoutBackup ? null : plan.makesBackup ? await backedUpNow(plan) : await backedUpLately(plan);
  plan.say(`正在升级数据库结构（${pending.length} 项）……`);
  return { pending: pending.map(({ name }) => name), backup, schemas: [...await ourSchemas(), ...(plan.schemas ?? [])] };
}

/** Whoever serves or works is connected: an older program that goes on would write what the new structure no longer has. */
async function refuseOthers(client: Client): Promise<void> {
  const count = await othersAtWork(client);
  if (count > 0) throw new StartRefused(`数据库需要升级，但善治（旧版本的服务或后台作业）还在这个数据库上运行（${count} 个连接）。请先把它们都停止，再启动或执行 upgrade。没有改动任何内容。`);
}

/** Room for the backup and for what is rewritten: half of what the database takes, where its disk can be seen. */
async function refuseWithoutRoom(client: Client, { target, dataDir, makesBackup, leastFree = LEAST_FREE }: UpgradePlan): Promise<void> {
  const { rows: [size] } = await client.query<{ bytes: string }>('select pg_database_size(current_database())::text as bytes');
  const wanted = makesBackup ? Math.max(leastFree, Number(size?.bytes ?? 0) / 2) : leastFree;
  for (const folder of makesBackup ? [target.folder, dataDir] : [target.folder]) {
    const free = await freeBytes(folder);
    if (free !== null && free < wanted) throw new StartRefused(`磁盘空间不够升级：「${folder}」只剩 ${sizeText(free)}，至少要有 ${sizeText(Math.round(wanted))}。请清理磁盘后再启动。没有改动任何内容。`);
  }
}

async function backedUpNow({ source, target, say, onBackup }: UpgradePlan): Promise<string> {
  say('升级之前先备份……');
  try {
    const made = await makeBackup(source, target);
    onBackup?.(made);
    say(`已备份：${made.path}（${sizeText(made.sizeBytes)}，已读回核对）。`);
    return made.path;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new StartRefused(`升级前的备份没有做成，没有升级：${error.message} 处理好后再启动；确有自己的备份时，可执行 npm run -s shanzhi -- upgrade --without-backup。`, { cause: error });
  }
}

/** The newest archive in the folder, when it is of the last day, whole, and of this deployment. */
async function backedUpLately({ source, target, say }: UpgradePlan): Promise<string> {
  const [newest] = await archivesIn(target.folder);
  const isFresh = newest !== undefined && epochOf(target.now) - epochOf(newest.madeAt) <= DAY_MS;
  if (isFresh) {
    say(`正在核对最近的备份 ${newest.name}……`);
    if (await isOurs(newest.path, { source, target })) return newest.path;
  }
  const found = newest === undefined ? `「${target.folder}」里没有备份` : isFresh ? `「${newest.path}」打不开或不是本部署的备份` : `最近的备份是${instantText(newest.madeAt)}`;
  throw new StartRefused(`升级前要有最近一天的备份，没有升级（${found}）。请先执行 npm run -s shanzhi -- backup，再启动；数据库另有备份时，执行 npm run -s shanzhi -- upgrade --without-backup。`);
}

async function isOurs(path: string, { source, target }: Pick<UpgradePlan, 'source' | 'target'>): Promise<boolean> {
  try {
    return (await readArchive(path, target.passphrase)).secretFingerprint === source.fingerprint;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
