import { join, resolve } from 'node:path';
import { verdict } from '#modules/administration/index.ts';
import { verifyChain, type Verification } from '#platform/audit/seal.ts';
import { recordCommandBackup } from '#modules/operations/index.ts';
import { instant } from '#domain/kernel/brand.ts';
import { instantText, sizeText } from '#domain/kernel/words.ts';
import { passphraseOf } from '#platform/backup/config.ts';
import { isUpToDate } from '#platform/backup/catalogue.ts';
import { drillBackup } from '#platform/backup/drill.ts';
import { makeBackup, type MadeBackup } from '#platform/backup/make-backup.ts';
import { fingerprintOf } from '#platform/backup/manifest.ts';
import { archivesIn } from '#platform/backup/place.ts';
import { readArchive } from '#platform/backup/read-archive.ts';
import { refuseBackup } from '#platform/backup/refuse.ts';
import { checkArchive } from '#platform/backup/restore-backup.ts';
import { systemClock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import { fileStoreOn } from '#platform/files/store.ts';
import { boot } from '../boot.ts';
import { sealedTables } from '../modules.ts';
import { formerSecretsOf, secretThatIs, withOwner } from './owner.ts';
import { print, UsageRefused, withKit, type AddCommands } from './with-kit.ts';

/** backup · backup verify · backup list · backup drill */
export const backupCommands: AddCommands = (program, config) => {
  const backup = program.command('backup').description('备份整个系统（数据库和上传的文件），服务运行时也可以做；部署密钥不在备份里，请另行保管')
    .option('--to <folder>', '放在哪个文件夹，缺省为 SHANZHI_BACKUP_DIR 或数据文件夹下的 backups').option('--json', '输出 JSON')
    .action(async (options: { to?: string; json?: boolean }) => {
      const made = await backupNow(config(), options.to);
      print(made, { json: options.json, words: () => wordsOf(made) });
    });
  backup.command('list').description('列出备份文件夹里的备份').option('--to <folder>', '哪个文件夹').option('--json', '输出 JSON')
    .action(async (_options, command: { optsWithGlobals(): { to?: string; json?: boolean } }) => {
      const { to, json } = command.optsWithGlobals();
      const folder = to === undefined ? config().backup.folder : resolve(to);
      const found = await archivesIn(folder);
      print({ folder, archives: found }, { json, words: () => (found.length === 0 ? `「${folder}」里没有备份。` : found.map(({ name, madeAt }) => `${instantText(madeAt)}  ${name}`).join('\n')) });
    });
  backup.command('verify <file>').description('逐字节核对一个备份文件，不写入任何内容').option('--json', '输出 JSON')
    .action(async (file: string, _options, command: { optsWithGlobals(): { json?: boolean } }) => {
      const manifest = await readArchive(resolve(file), passphraseOf(config().backup));
      const { tables, files } = manifest;
      const rows = tables.reduce((sum, each) => sum + each.rows, 0);
      const answer = { ok: true, madeAt: manifest.madeAt, product: manifest.product, postgres: manifest.postgres, counties: manifest.counties, tables: tables.length, rows, files: files.count, missingFiles: manifest.missingFiles };
      print(answer, { json: command.optsWithGlobals().json, words: () => `备份完好：${instantText(instant(manifest.madeAt))} 做，${manifest.counties.map(({ name }) => name).join('、')}，${tables.length} 张表 ${rows} 行，文件 ${files.count} 个。` });
    });
  backup.command('drill [file]').description('恢复演练：恢复到一个临时的空数据库，逐行比对并核验操作记录，做完即删；缺省用最近的备份')
    .option('--former-secret <file>', '备份是在以前的部署密钥下做的，而那把不在原处时，写明它在哪个文件')
    .option('--postgres <version>', '用哪个版本的 PostgreSQL：18（自带）或 15（本机装有时）', '18').option('--json', '输出 JSON')
    .action(async (file: string | undefined, options: { postgres: string; formerSecret?: string }, command: { optsWithGlobals(): { json?: boolean } }) => {
      if (options.postgres !== '18' && options.postgres !== '15') throw new UsageRefused(`--postgres 只能是 18 或 15，不能是“${options.postgres}”。`);
      const settings = config();
      const plan = settings.backup;
      const path = file === undefined ? (await archivesIn(plan.folder))[0]?.path : resolve(file);
      if (path === undefined) throw refuseBackup(`「${plan.folder}」里还没有备份，请先执行 backup。`);
      console.error('正在核对备份文件……');
      const archive = await checkArchive({ path, passphrase: passphraseOf(plan), secret: secretThatIs(settings), former: { secrets: formerSecretsOf(settings, options.formerSecret), sealed: sealedTables } });
      const { restored, inspected } = await drillBackup({ archive, postgres: options.postgres, say: (line) => console.error(line), inspect: (url) => auditOf(settings, url) });
      const answer = { ok: inspected.ok, path, postgres: options.postgres, ...restored, audited: inspected.checked };
      print(answer, { json: command.optsWithGlobals().json, words: () => `演练${inspected.ok ? '成功' : '发现问题'}：${path} 恢复到 PostgreSQL ${options.postgres}，${restored.tables} 张表 ${restored.rows} 行逐行一致，文件 ${restored.files} 个，用时 ${restored.seconds} 秒；${verdict(inspected)}临时数据库已删除。` });
      if (!inspected.ok) process.exitCode = 1;
    });
};

/** The restored database is opened as a server would open it, and its audit chain recomputed. */
async function auditOf(config: Config, databaseUrl: string): Promise<Verification> {
  const running = await boot({ ...config, databaseUrl }, { log: () => undefined });
  try {
    return await verifyChain(running.kit);
  } finally {
    await running.stop();
  }
}

async function backupNow(config: Config, to: string | undefined): Promise<MadeBackup> {
  const target = { folder: to === undefined ? config.backup.folder : resolve(to), passphrase: passphraseOf(config.backup), now: systemClock.now() };
  const source = { files: fileStoreOn(join(config.dataDir, 'files')), fingerprint: fingerprintOf(secretThatIs(config)) };
  return withOwner(config, async (ownerUrl) => {
    let stage = '';
    const made = await makeBackup({ ...source, ownerUrl }, target, async (_done, _total, now) => { if (now !== stage) console.error(`正在${stage = now}……`); });
    // An older database has no place for the record yet, and is not to be upgraded by being backed up.
    if (await isUpToDate(ownerUrl)) await withKit(config, ({ kit }) => recordCommandBackup(kit, made, target.now));
    return made;
  });
}

const wordsOf = (made: MadeBackup): string => [
  `备份完成：${made.path}`,
  `  ${made.tables} 张表 ${made.rows} 行，文件 ${made.files} 个，大小 ${sizeText(made.sizeBytes)}，用时 ${made.seconds} 秒，已读回核对。`,
  made.missingFiles > 0 ? `  注意：有 ${made.missingFiles} 个登记过的文件在磁盘上缺失或损坏，没有备份进去。` : '',
  made.isEncrypted ? '  已加密：恢复时要用同一个备份密钥。' : '  没有加密：手机号、证件号仍是密文，其余是明文，请放在别人拿不到的地方；设 SHANZHI_BACKUP_KEY 可以加密。',
  '  部署密钥（secret.key 或 SHANZHI_SECRET）不在备份里：没有它，恢复后手机号、证件号打不开。请另外抄存一份，和备份分开放。',
].filter(Boolean).join('\n');
