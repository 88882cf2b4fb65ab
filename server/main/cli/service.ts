import type { Config } from '#platform/config.ts';
import { loadDemo } from '#seeds/demo/load.ts';
import { serveUntilStopped, workUntilStopped } from '../service.ts';
import { print, UsageRefused, withKit, type AddCommands } from './with-kit.ts';

/** Demo accounts have a password that everybody can read: they never come into an office's own database. */
function demoOnly(config: Config): Config {
  if (config.mode === 'production') throw new UsageRefused('正式环境不能载入演示县：演示账号的密码是公开的。要看演示，请不设 NODE_ENV=production，并用 SHANZHI_DATA 另指一个空文件夹；已设 DATABASE_URL 时加上 SHANZHI_DEMO=1。');
  return config;
}

/** serve · worker · seed */
export const serviceCommands: AddCommands = (program, config) => {
  program.command('serve').description('启动服务（含后台作业），直到 Ctrl-C 或 SIGTERM')
    .action(() => serveUntilStopped(config()));
  program.command('worker').description('只运行后台作业，供多机部署')
    .action(() => workUntilStopped(config()));
  program.command('seed').description('载入演示县（安和县 990100，演示数据）；已有则不重复载入').option('--json', '输出 JSON')
    .action((options: { json?: boolean }) => withKit(demoOnly(config()), async (running) => {
      const loaded = await loadDemo(running);
      print(loaded, { json: options.json, words: () => (loaded.loaded ? `演示县已载入，用时 ${loaded.seconds} 秒。` : '演示县已经在库中，没有重复载入。') });
    }));
};
