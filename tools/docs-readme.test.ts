import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { backupCommands } from '#server/main/cli/backup.ts';
import { countyCommands } from '#server/main/cli/county.ts';
import { diagnoseCommands } from '#server/main/cli/diagnose.ts';
import { ledgerCommands } from '#server/main/cli/ledger.ts';
import { restoreCommands } from '#server/main/cli/restore.ts';
import { secretCommands } from '#server/main/cli/secret.ts';
import { serviceCommands } from '#server/main/cli/service.ts';
import { upgradeCommands } from '#server/main/cli/upgrade.ts';
import { userCommands } from '#server/main/cli/user.ts';
import { verifyCommands } from '#server/main/cli/verify.ts';
import manifest from '../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const PAGES = ['README.md', 'ARCHITECTURE.md', 'GLOSSARY.md', 'STYLE.md', 'CONTRIBUTING.md', 'docs/adr/README.md'];
const words = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, word = '']) => word))].sort();

const unconfigured = (): never => { throw new Error('no command is run here'); };

/** Every command of the operator with the options it takes, as `ledger import` → `--county …`. */
function commands(): { name: string; options: string[] }[] {
  const program = new Command();
  for (const add of [serviceCommands, countyCommands, userCommands, ledgerCommands, verifyCommands, backupCommands, restoreCommands, diagnoseCommands, upgradeCommands, secretCommands]) add(program, unconfigured);
  // A command may also have commands below it: `backup` makes one, `backup list` lists them. A bare group takes no options.
  const all = (command: Command, path: readonly string[]): { name: string; options: string[] }[] => [
    ...(path.length > 0 && (command.commands.length === 0 || command.options.length > 0) ? [{ name: path.join(' '), options: command.options.map(({ long }) => long ?? '') }] : []),
    ...command.commands.flatMap((each) => all(each, [...path, each.name()])),
  ];
  return all(program, []);
}

/** Commands and options on which a page and the program disagree. */
function disagreements(page: string, known: ReturnType<typeof commands>): string[] {
  const lines = [...page.matchAll(/^\| `([a-z]+(?: [a-z-]+)?)((?: [^`]*)?)` \|/gm)].map(([, name = '', rest = '']) => ({ name, options: words(rest, /(--[a-z-]+)/g) }));
  return [
    ...known.filter(({ name }) => !lines.some((line) => line.name === name)).map(({ name }) => `${name} is not told`),
    ...lines.flatMap(({ name, options }) => {
      const command = known.find((each) => each.name === name);
      if (!command) return [`${name} is no command`];
      const told = new Set([...options, '--json']);
      return [...options.filter((option) => !command.options.includes(option)).map((option) => `${name} has no ${option}`), ...command.options.filter((option) => !told.has(option)).map((option) => `${name} ${option} is not told`)];
    }),
  ];
}

const variablesOf = (config: string) => words(config, /(?:given|readSwitch|number)\('([A-Z_]+)'/g);
const variablesTold = (page: string) => words(page, /^\| `([A-Z_]+)` \|/gm);

describe('README.md', () => {
  const page = read('README.md');
  test('tells every command of the operator with its options, and no other', () => {
    expect(commands().length).toBeGreaterThan(10);
    expect(disagreements(page, commands())).toEqual([]);
    expect(disagreements(page.replace('`doctor`', '`physician`'), commands())).toEqual(['doctor is not told', 'physician is no command']);
    expect(disagreements(page.replace('--dry-run', '--dry'), commands())).toEqual(['ledger import has no --dry', 'ledger import --dry-run is not told']);
  });

  test('tells every environment variable that the configuration reads, and no other', () => {
    const config = read('server/platform/config.ts') + read('server/platform/backup/config.ts') + read('server/platform/config-operations.ts') + read('server/platform/identity/oidc/config.ts');
    expect(variablesTold(page)).toEqual(variablesOf(config));
    expect(variablesTold(`${page}\n| \`PLANTED\` | x | y |\n`)).not.toEqual(variablesOf(config));
  });
});

describe('the pages for newcomers', () => {
  test.each(PAGES)('%s links only to what is there', (path) => {
    const links = words(read(path), /\]\((?!https?:)([^)#]+)/g);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(path), link)))).toEqual([]);
  });

  test.each(PAGES)('%s names only scripts that package.json has', (path) => {
    const scripts = Object.keys(manifest.scripts);
    expect(words(read(path), /npm run (?:-s )?([a-z:]+)/g).filter((name) => !scripts.includes(name))).toEqual([]);
  });

  test.each(PAGES)('%s names only files that are there, when it writes their whole path', (path) => {
    const named = words(read(path), /`((?:domain|contract|server|web|tools|seeds|e2e|bench|docs)\/[\w./-]*[\w/])`/g);
    // X and Y stand for any capability; the recipes make two things that are not there.
    expect(named.filter((name) => !/\/[XY](?:\/|$)|lift|committee\/members/i.test(name) && !existsSync(join(ROOT, name)))).toEqual([]);
  });

  test('ARCHITECTURE.md stays short enough to be read', () => {
    expect(read('ARCHITECTURE.md').split('\n').length).toBeLessThanOrEqual(250);
  });

  test('STYLE.md holds at most thirty pairs', () => {
    const style = read('STYLE.md');
    expect(style.match(/^\/\/ bad|^-- bad/gm)?.length ?? 0).toBeLessThanOrEqual(30);
    expect(style.match(/^\/\/ bad|^-- bad/gm)?.length).toBe(style.match(/^\/\/ good|^-- good/gm)?.length);
  });
});
