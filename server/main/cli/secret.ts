import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fingerprintOf } from '#platform/backup/manifest.ts';
import type { Config } from '#platform/config.ts';
import { readSecretFile } from '#platform/config-secret.ts';
import { keysAt } from '#platform/reseal/key-record.ts';
import { rotateSecret, type Rotated } from '#platform/reseal/rotate-secret.ts';
import { formerOf, nextOf, prepareNext, putInPlace } from '#platform/reseal/secret-files.ts';
import { settleSecret } from '#platform/reseal/settle-secret.ts';
import { sealedTables } from '../modules.ts';
import { secretThatIs, withOwner } from './owner.ts';
import { print, UsageRefused, type AddCommands } from './with-kit.ts';

/** What an answer says: what was done, where the secret in use is now, and where the one before is. */
interface Answer { readonly rotated: Rotated | null; readonly secretFile: string; readonly formerFile: string | null; readonly sets: boolean }

/** secret rotate */
export const secretCommands: AddCommands = (program, config) => {
  const secret = program.command('secret').description('部署密钥：rotate 更换');
  secret.command('rotate').description('更换部署密钥：手机号、证件号等全部改用新密钥重新封存；先停止服务，一次换完，中断了重新执行即可')
    .option('--to <file>', '新密钥放在哪个文件（没有就新建，有就用它）；密钥由 SHANZHI_SECRET 给的，必须写明').option('--json', '输出 JSON')
    .action(async (options: { to?: string; json?: boolean }) => {
      const settings = config();
      if (settings.secret !== undefined && options.to === undefined) throw new UsageRefused('部署密钥是由 SHANZHI_SECRET 给的，程序改不了它：请加 --to <文件>，新密钥写在那个文件里，换完后改用 SHANZHI_SECRET_FILE 指向它。');
      const answer = await changeSecret(settings, options.to === undefined ? null : resolve(options.to), (line) => console.error(line));
      print(answer, { json: options.json, words: () => wordsOf(answer) });
    });
};

/** 更换部署密钥: the database first, whole; then the file. Cut anywhere and run again, it goes on where it was cut. */
export async function changeSecret(config: Config, to: string | null, say: (line: string) => void): Promise<Answer> {
  const before = secretThatIs(config);
  return withOwner(config, async (ownerUrl) => {
    const standing = (await keysAt(ownerUrl)).standing;
    // Cut between the database and whoever sets the variable: it is done, and must not be done once more.
    if (to !== null && existsSync(to) && fingerprintOf(readSecretFile(to, { makes: false })) === standing) return { rotated: null, secretFile: to, formerFile: null, sets: true };
    if ((await settleSecret(config, ownerUrl, say)) !== before) return { rotated: null, secretFile: config.secretFile, formerFile: formerOf(config.secretFile, before), sets: false };
    const file = to ?? nextOf(config.secretFile);
    const next = prepareNext(file);
    if (next === before) throw new UsageRefused(`「${file}」里就是现在的部署密钥，请换一个文件。`);
    const rotated = await rotateSecret({ ownerUrl, from: before, to: next, sealed: sealedTables, say });
    say('数据库已全部改用新密钥。');
    return to === null ? { rotated, secretFile: config.secretFile, formerFile: putInPlace(config.secretFile), sets: false } : { rotated, secretFile: file, formerFile: null, sets: true };
  });
}

function wordsOf({ rotated, secretFile, formerFile, sets }: Answer): string {
  const ended = rotated?.ended.reduce((sum, { rows }) => sum + rows, 0) ?? 0;
  return [
    rotated === null ? '上次更换部署密钥已经完成，这次没有再换。' : `部署密钥已更换：重新封存 ${rotated.rows} 行，用时 ${rotated.seconds} 秒；指纹 ${rotated.from.slice(0, 8)} → ${rotated.to.slice(0, 8)}。`,
    sets ? `  新密钥在「${secretFile}」。启动之前，请设 SHANZHI_SECRET_FILE=${secretFile}（去掉原来的 SHANZHI_SECRET），否则会拒绝启动。` : `  新密钥在「${secretFile}」，请马上另外抄存一份，和备份分开放。`,
    formerFile === null ? '  原来的密钥请和以前的备份一起保管：恢复以前的备份时要用。' : `  原来的密钥留在「${formerFile}」：恢复以前的备份时要用，那些备份都不要了再删。`,
    ended > 0 ? `  印好的恢复码（${ended} 个）已作废，请通知用动态口令的人到“动态口令”页重新生成；动态口令本身照常可用。` : '',
    '  请现在执行一次 backup，再启动服务。',
  ].filter(Boolean).join('\n');
}
