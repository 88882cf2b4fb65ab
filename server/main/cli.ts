import { Command, CommanderError } from 'commander';
import { ConfigMistakes, readConfig } from '#platform/config.ts';
import { StartRefused } from '#platform/db/embedded.ts';
import { Problem } from '#platform/problem.ts';
import { countyCommands } from './cli/county.ts';
import { ledgerCommands } from './cli/ledger.ts';
import { serviceCommands } from './cli/service.ts';
import { userCommands } from './cli/user.ts';
import { verifyCommands } from './cli/verify.ts';
import { UsageRefused } from './cli/with-kit.ts';

const program = new Command('shanzhi')
  .description('善治：县域住宅物业监管与业主自治平台。用法：npm run -s shanzhi -- <命令>')
  .helpOption('-h, --help', '显示帮助')
  .helpCommand('help [命令]', '显示某个命令的帮助')
  .showHelpAfterError('（加 --help 查看用法）')
  .configureOutput({ outputError: (text, write) => write(inChinese(text)) })
  .exitOverride();

for (const add of [serviceCommands, countyCommands, userCommands, ledgerCommands, verifyCommands]) add(program, () => readConfig(process.env));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** The library speaks English; what an operator can do wrong is said in Chinese. */
function inChinese(text: string): string {
  return text
    .replace(/^error: /, '')
    .replace(/unknown command '(.*)'/, '没有“$1”这个命令')
    .replace(/unknown option '(.*)'/, '没有 $1 这个选项')
    .replace(/missing required argument '(.*)'/, '缺少参数 <$1>')
    .replace(/required option '(.*)' not specified/, '必须写明选项 $1')
    .replace(/option '(.*)' argument missing/, '选项 $1 后面缺少内容')
    .replace(/too many arguments.*/, '参数太多')
    .replace(/\(Did you mean (.*)\?\)/, '（是不是 $1？）');
}

/** 0 done · 1 refused or failed · 2 the command line or the configuration is wrong. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof ConfigMistakes || error instanceof UsageRefused) return say(error.message, 2);
  if (error instanceof StartRefused || error instanceof Problem) return say(error.message, 1);
  return say(error instanceof Error ? (error.stack ?? error.message) : String(error), 1);
}

function say(message: string, code: number): number {
  console.error(message);
  return code;
}
