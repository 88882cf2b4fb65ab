import { Command, CommanderError } from 'commander';
import { ConfigMistakes, readConfig } from '#platform/config.ts';
import { StartRefused } from '#platform/db/embedded.ts';
import { Problem } from '#platform/problem.ts';
import { backupCommands } from './cli/backup.ts';
import { complaintCommands } from './cli/complaint.ts';
import { countyCommands } from './cli/county.ts';
import { diagnoseCommands } from './cli/diagnose.ts';
import { ledgerCommands } from './cli/ledger.ts';
import { restoreCommands } from './cli/restore.ts';
import { secretCommands } from './cli/secret.ts';
import { serviceCommands } from './cli/service.ts';
import { upgradeCommands } from './cli/upgrade.ts';
import { userCommands } from './cli/user.ts';
import { verifyCommands } from './cli/verify.ts';
import { UsageRefused } from './cli/with-kit.ts';

/** The library's headings. */
const TITLES: Readonly<Record<string, string>> = { 'Usage:': '用法：', 'Arguments:': '参数：', 'Options:': '选项：', 'Commands:': '命令：' };
/** Columns of a terminal that a text takes: a Chinese character takes two. */
const cellsOf = (text: string): number => [...text].reduce((sum, one) => sum + (/[\u2e80-\u9fff\uff00-\uff60]/.test(one) ? 2 : 1), 0);
const argumentsOf = (command: Command): string => command.registeredArguments.map((one) => (one.required ? ` <${one.name()}>` : ` [${one.name()}]`)).join('');
const namesOf = (command: Command): string => (command.parent === null ? 'npm run -s shanzhi --' : `${namesOf(command.parent)} ${command.name()}`);
const usageOf = (command: Command): string => `${namesOf(command)}${command.commands.length > 0 ? ' <命令>' : ''}${argumentsOf(command)} [选项]`;
const termOf = (command: Command): string => `${command.name()}${argumentsOf(command)}`;

const programOf = (env: NodeJS.ProcessEnv): Command => {
  const program = new Command('shanzhi')
    .description('善治：县域住宅物业监管与业主自治平台')
    .helpOption('-h, --help', '显示帮助')
    .helpCommand('help [命令]', '显示某个命令的帮助')
    .configureHelp({ styleTitle: (title) => TITLES[title] ?? title, displayWidth: cellsOf, commandUsage: usageOf, subcommandTerm: termOf })
    .showHelpAfterError('（加 --help 查看用法）')
    .configureOutput({ outputError: (text, write) => write(inChinese(text)) })
    .exitOverride();
  for (const add of [serviceCommands, countyCommands, userCommands, ledgerCommands, complaintCommands, verifyCommands, backupCommands, restoreCommands, diagnoseCommands, upgradeCommands, secretCommands]) add(program, () => readConfig(env));
  return program;
};

/** 命令: runs one, and says how it ended: 0 done, 1 refused or failed, 2 the command line or the configuration is wrong. What a command found wrong itself is in `process.exitCode`. */
export async function runCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    await programOf(env).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return report(error, args.includes('--json'));
  }
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
function report(error: unknown, isJson: boolean): number {
  // The library has said its own on stderr; asking for help is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : told('usage', inChinese(error.message), { isJson, exitCode: 2 });
  if (error instanceof ConfigMistakes) return say('configuration', error.message, { isJson, exitCode: 2 });
  if (error instanceof UsageRefused) return say('usage', error.message, { isJson, exitCode: 2 });
  if (error instanceof Problem) return say(error.code, error.message, { isJson, exitCode: error.code === 'input.invalid' ? 2 : 1 });
  if (error instanceof StartRefused) return say('start', error.message, { isJson, exitCode: 1 });
  return say('failed', error instanceof Error ? (error.stack ?? error.message) : String(error), { isJson, exitCode: 1 });
}

/** How a command that did not succeed ends. */
interface Ending { readonly isJson: boolean; readonly exitCode: number }

/** A sentence for people on stderr. */
function say(name: string, message: string, ending: Ending): number {
  console.error(/[。！？）]$/.test(message) || message.includes('\n') ? message : `${message}。`);
  return told(name, message, ending);
}

/** With --json a program reads stdout: there the error is JSON too. */
function told(name: string, message: string, { isJson, exitCode }: Ending): number {
  if (isJson) console.log(JSON.stringify({ error: { code: name, message } }, null, 2));
  return exitCode;
}
