import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeBundle } from '#platform/diagnose/make-bundle.ts';
import { print, withKit, type AddCommands } from './with-kit.ts';

/** diagnose */
export const diagnoseCommands: AddCommands = (program, config) => {
  program.command('diagnose').description('做一个诊断包（版本、配置、数据库大小、失败的作业、最近的日志），交给技术人员查问题；不含密钥和任何人的信息')
    .option('--to <folder>', '放在哪个文件夹，缺省为当前文件夹').option('--json', '输出 JSON')
    .action((options: { to?: string; json?: boolean }) => withKit(config(), async ({ kit }) => {
      const { name, bytes } = await makeBundle(kit);
      const path = join(resolve(options.to ?? '.'), name);
      await writeFile(path, bytes, { mode: 0o600 });
      print({ path, sizeBytes: bytes.length }, { json: options.json, words: () => `诊断包已做好：${path}` });
    }));
};
