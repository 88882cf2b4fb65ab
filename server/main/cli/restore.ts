import { copyFileSync, chmodSync, existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { instant } from '#domain/kernel/brand.ts';
import { instantText } from '#domain/kernel/words.ts';
import { passphraseOf } from '#platform/backup/config.ts';
import { checkArchive, restoreBackup, type Restored } from '#platform/backup/restore-backup.ts';
import type { Config } from '#platform/config.ts';
import { erasedBookAt, ERASED_BOOK } from '#platform/personal/erased-book.ts';
import { sealedTables } from '../modules.ts';
import { formerSecretsOf, secretThatIs, withOwner } from './owner.ts';
import { print, UsageRefused, type AddCommands } from './with-kit.ts';

const CONFIRMATION = '覆盖';

/** restore */
export const restoreCommands: AddCommands = (program, config) => {
  program.command('restore <file>').description('从备份恢复到一个空的地方；先核对整个备份，再一次写入，写不成就等于没写过')
    .option('--into <target>', '恢复到哪里：数据文件夹，或 postgres:// 开头的数据库地址；缺省为 SHANZHI_DATA 或 DATABASE_URL')
    .option('--replace <word>', `覆盖那里现有的数据，须写明：--replace ${CONFIRMATION}`).option('--former-secret <file>', '备份是在以前的部署密钥下做的，而那把不在原处时，写明它在哪个文件；恢复后全部改用现在的密钥').option('--json', '输出 JSON')
    .action(async (file: string, options: { into?: string; replace?: string; formerSecret?: string; json?: boolean }) => {
      if (options.replace !== undefined && options.replace !== CONFIRMATION) throw new UsageRefused(`--replace 后面应写“${CONFIRMATION}”两个字，表示确认用备份覆盖现有数据，不能是“${options.replace}”。`);
      const restored = await restoreInto(targetOf(config(), options.into), resolve(file), { secret: secretThatIs(config()), former: formerSecretsOf(config(), options.formerSecret), origin: config(), replaces: options.replace !== undefined });
      print(restored, { json: options.json, words: () => wordsOf(restored, resolve(file)) });
    });
};

/** The configuration of the place to be filled. */
function targetOf(config: Config, into: string | undefined): Config {
  if (into === undefined) return config;
  if (/^postgres(?:ql)?:\/\//.test(into)) return { ...config, databaseUrl: into };
  const dataDir = resolve(into);
  return { ...config, databaseUrl: undefined, dataDir, secretFile: join(dataDir, 'secret.key') };
}

async function restoreInto(target: Config, path: string, { secret, former, origin, replaces }: { secret: string; former: readonly string[]; origin: Config; replaces: boolean }): Promise<Restored> {
  // Told before a database is started or a folder made.
  console.error('正在核对备份文件……');
  const archive = await checkArchive({ path, secret, former: { secrets: former, sealed: sealedTables }, passphrase: passphraseOf(origin.backup) });
  const restored = await withOwner(target, (ownerUrl) => restoreBackup(archive, { ownerUrl, filesFolder: join(target.dataDir, 'files'), replaces, say: (line) => console.error(line) }));
  bringSecret(origin, target);
  await bringErasedBook(origin, target, path);
  return restored;
}

/** A data folder of its own needs the secret it was restored with; one that has its own keeps it (it is the same, or the restore was refused). */
function bringSecret(origin: Config, target: Config): void {
  if (origin.secret !== undefined || existsSync(target.secretFile)) return;
  mkdirSync(target.dataDir, { recursive: true });
  copyFileSync(origin.secretFile, target.secretFile);
  chmodSync(target.secretFile, 0o600);
  console.error(`部署密钥已抄到「${target.secretFile}」。`);
}

/** What was erased since the backup must be erased again where it was restored: the record of it, with the data or beside the archive, goes along. */
async function bringErasedBook(origin: Config, target: Config, archive: string): Promise<void> {
  const entries = await erasedBookAt([origin.dataDir, origin.backup.folder, dirname(archive)].map((folder) => join(folder, ERASED_BOOK))).list();
  const book = erasedBookAt([join(target.dataDir, ERASED_BOOK)]);
  for (const entry of entries) await book.add(entry);
  if (entries.length > 0) console.error(`个人信息的删除记录有 ${entries.length} 条；启动后，备份里还没有执行的删除自动重新执行。`);
}

const wordsOf = (done: Restored, path: string): string => [
  `恢复完成：${basename(path)}（${instantText(instant(done.madeAt))} 做的备份）。`,
  `  ${done.tables} 张表 ${done.rows} 行，逐行比对一致；文件 ${done.files} 个；用时 ${done.seconds} 秒。`,
  done.migrated.length > 0 ? `  数据库结构已从备份时升级到本程序的版本（${done.migrated.length} 项）。` : '',
  done.missingFiles > 0 ? `  注意：做备份时有 ${done.missingFiles} 个文件已经缺失或损坏，打不开。` : '',
  `  所有登录已失效（${done.sessionsEnded} 个），请重新登录；未用过的一次性密码（${done.passwordsExpired} 个）、还有效的链接（${done.linksEnded} 个）和接口密钥（${done.keysRevoked} 把）已作废，请重新发放。`,
].filter(Boolean).join('\n');
