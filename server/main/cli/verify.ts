import { statfs } from 'node:fs/promises';
import { sealAll, verdict } from '#modules/administration/index.ts';
import { verifyChain } from '#platform/audit/seal.ts';
import { backupHealth } from '#modules/operations/index.ts';
import { everything } from '#platform/access/scope.ts';
import type { Config } from '#platform/config.ts';
import type { Running } from '../boot.ts';
import { keyHealth } from './key-health.ts';
import { print, withKit, type AddCommands } from './with-kit.ts';

interface Check { readonly name: string; readonly ok: boolean; readonly detail: string }

/** audit verify · doctor */
export const verifyCommands: AddCommands = (program, config) => {
  program.command('audit').description('操作记录：verify 核验')
    .command('verify').description('核验操作记录的封存链；发现篡改时退出码为 1').option('--json', '输出 JSON')
    .action((options: { json?: boolean }) => withKit(config(), async ({ kit }) => {
      await sealAll(kit);
      const found = await verifyChain(kit);
      print(found, { json: options.json, words: () => verdict(found) });
      if (!found.ok) process.exitCode = 1;
    }));
  program.command('doctor').description('检查运行环境').option('--json', '输出 JSON')
    .action((options: { json?: boolean }) => withKit(config(), async (running) => {
      const checks = await examine(running, config());
      print({ ok: checks.every((check) => check.ok), checks }, { json: options.json, words: () => checks.map((check) => `${check.ok ? '正常' : '异常'}  ${check.name}：${check.detail}`).join('\n') });
      if (checks.some((check) => !check.ok)) process.exitCode = 1;
    }));
};

async function examine({ kit }: Running, config: Config): Promise<Check[]> {
  const version = await kit.database.read(everything, (db) => db.selectNoFrom((eb) => [eb.fn<string>('current_setting', [eb.val('server_version')]).as('version')]).executeTakeFirstOrThrow());
  const failed = await kit.database.read(everything, (db) => db.selectFrom('platform.eventDelivery').select((eb) => eb.fn.countAll<number>().as('count')).where('status', '=', 'failed').executeTakeFirstOrThrow());
  const jobs = await kit.database.read(everything, (db) => db.selectFrom('platform.job').select((eb) => eb.fn.countAll<number>().as('count')).where('status', '=', 'failed').executeTakeFirstOrThrow());
  const notices = await kit.database.read(everything, (db) => db.selectFrom('platform.holidayNotice').select('year').orderBy('year', 'desc').limit(1).executeTakeFirst());
  const chain = await verifyChain(kit);
  const space = await statfs(config.dataDir).catch(() => null);
  const freeMb = space ? Math.floor((space.bavail * space.bsize) / 1_048_576) : 0;
  const year = Number(kit.clock.now().slice(0, 4));
  return [
    { name: 'Node', ok: Number(process.versions.node.split('.')[0]) >= 24, detail: process.versions.node },
    { name: 'PostgreSQL', ok: true, detail: version.version },
    await keyHealth(kit, config).then(({ ok, detail }) => ({ name: '密钥', ok, detail })),
    { name: '磁盘', ok: freeMb > 1024, detail: `数据文件夹剩余 ${freeMb} MB` },
    await backupHealth(kit).then(({ ok, detail }) => ({ name: '备份', ok, detail })),
    { name: '操作记录', ok: chain.ok, detail: chain.ok ? `${chain.checked} 条，未被改动` : `第 ${chain.firstBad?.entryNo} 条起不可信` },
    { name: '事件投递', ok: failed.count === 0, detail: `失败 ${failed.count} 件` },
    { name: '后台作业', ok: jobs.count === 0, detail: `失败 ${jobs.count} 件` },
    { name: '节假日通知', ok: (notices?.year ?? 0) >= year, detail: notices ? `已登记到 ${notices.year} 年` : '尚未登记' },
  ];
}
