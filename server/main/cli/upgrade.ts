import { Client } from 'pg';
import { instant } from '#domain/kernel/brand.ts';
import { instantText } from '#domain/kernel/words.ts';
import { migrationFiles, pendingOf } from '#platform/db/migrate.ts';
import { productVersion } from '#platform/diagnose/deployment.ts';
import { wayBackOf } from '#platform/upgrade/record.ts';
import type { Config } from '#platform/config.ts';
import { withOwner } from './owner.ts';
import { print, withKit, type AddCommands } from './with-kit.ts';

/** upgrade */
export const upgradeCommands: AddCommands = (program, config) => {
  program.command('upgrade').description('把数据库升级到本程序的版本（每次启动也会做）：先检查、先备份，再一次完成；做不成就全部撤回')
    .option('--check', '只看要不要升级、上次升级怎么样，不改动任何内容').option('--without-backup', '不由本程序备份：已有自己的备份时用').option('--json', '输出 JSON')
    .action(async (options: { check?: boolean; withoutBackup?: boolean; json?: boolean }) => {
      if (options.check === true) {
        const standing = await standingOf(config());
        return print(standing, { json: options.json, words: () => wordsOf(standing) });
      }
      return withKit(config(), async ({ applied }) => {
        print({ applied }, { json: options.json, words: () => (applied.length === 0 ? '数据库结构已是最新。' : `已执行：\n${applied.join('\n')}`) });
      }, { withoutBackup: options.withoutBackup === true });
    });
};

/** 升级情况: of what version the database is, what waits, and how the last upgrade went. */
interface Standing { readonly program: string; readonly newest: string | null; readonly pending: readonly string[]; readonly last: { readonly product: string; readonly at: string; readonly backup: string | null; readonly error: string | null } | null }

function standingOf(config: Config): Promise<Standing> {
  return withOwner(config, async (ownerUrl) => {
    const client = new Client({ connectionString: ownerUrl, application_name: 'shanzhi upgrade' });
    await client.connect();
    try {
      const files = await migrationFiles();
      const { rows: [there] } = await client.query<{ migrations: boolean; upgrades: boolean }>("select to_regclass('public.migration') is not null as migrations, to_regclass('public.upgrade') is not null as upgrades");
      if (there?.migrations !== true) return { program: productVersion(), newest: null, pending: files.map(({ name }) => name), last: null };
      const { pending } = await pendingOf(client, files);
      const { rows: [newest] } = await client.query<{ name: string }>('select name from public.migration order by name desc limit 1');
      const last = there.upgrades ? (await client.query<NonNullable<Standing['last']>>(`select product, to_char(started_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, backup, case when finished_at is null then 'interrupted' else error end as error from public.upgrade order by id desc limit 1`)).rows[0] : undefined;
      return { program: productVersion(), newest: newest?.name ?? null, pending: pending.map(({ name }) => name), last: last ?? null };
    } finally {
      await client.end();
    }
  });
}

const wordsOf = ({ program, newest, pending, last }: Standing): string => [
  `本程序是 ${program} 版；数据库的结构到 ${newest ?? '（空的数据库）'}。`,
  pending.length === 0 ? '不用升级。' : `要升级 ${pending.length} 项：\n${pending.map((name) => `  ${name}`).join('\n')}`,
  last === null ? '' : `上次升级：${instantText(instant(last.at))}，${last.product} 版，${last.error === null ? '完成' : last.error === 'interrupted' ? '中途停止，没有改动' : `没有成功，没有改动（${last.error}）`}。${wayBackOf(last.backup)}`,
].filter(Boolean).join('\n');
