import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ledgerKindLabels } from '#contract/ledger.ts';
import { importFromFile, LEDGER_KINDS } from '#modules/ledger/index.ts';
import { countyOf } from './county.ts';
import { dateOf, print, UsageRefused, withKit, type AddCommands } from './with-kit.ts';

interface Options { county: string; township?: string; dryRun?: boolean; json?: boolean; purpose?: string; document?: string; deleteOn?: string }

/** ledger import */
export const ledgerCommands: AddCommands = (program, config) => {
  program.command('ledger').description('台账：import 导入')
    .command('import <kind> <file>').description(`导入台账；种类：${LEDGER_KINDS.join('、')}`)
    .requiredOption('--county <code>', '县代码').option('--township <name>', '全部属于这个乡镇').option('--dry-run', '只检查，不写入')
    .option('--purpose <text>', '业主信息的使用目的').option('--document <text>', '依据文件').option('--delete-on <date>', '删除日期')
    .option('--json', '输出 JSON')
    .action(async (kind: string, file: string, options: Options) => {
      const known = LEDGER_KINDS.find((each) => each === kind);
      if (!known) throw new UsageRefused(`没有“${kind}”这种台账，应是 ${LEDGER_KINDS.map((each) => `${each}（${ledgerKindLabels[each]}）`).join('、')}之一。`);
      if (options.deleteOn !== undefined) dateOf('--delete-on ', options.deleteOn);
      if (!(await stat(resolve(file)).then((found) => found.isFile(), () => false))) throw new UsageRefused(`找不到文件「${file}」，请核对路径。`);
      await withKit(config(), async ({ kit }) => {
        await countyOf(kit, options.county);
        const answer = await importFromFile(kit, {
          kind: known, path: resolve(file), countyCode: options.county, dryRun: options.dryRun ?? false,
          ...(options.township === undefined ? {} : { townshipName: options.township }),
          ...(options.purpose === undefined ? {} : { purpose: options.purpose }),
          ...(options.document === undefined ? {} : { document: options.document }),
          ...(options.deleteOn === undefined ? {} : { deleteOn: options.deleteOn }),
        });
        print(answer, { json: options.json, words: () => wordsOf(answer, options.dryRun ?? false) });
      });
    });
};

const wordsOf = (answer: Awaited<ReturnType<typeof importFromFile>>, dryRun: boolean): string => [
  `${dryRun ? '只检查，没有写入。' : '导入完成。'}共 ${answer.rows} 行：新增 ${answer.new}，变更 ${answer.changed}，无变化 ${answer.unchanged}，有问题未导入 ${answer.refused}。`,
  ...answer.notes.map((note) => `  注意：${note}`),
  ...answer.problems.map((problem) => `  ${problem.sheet} 第 ${problem.row} 行：${problem.message}`),
].join('\n');
