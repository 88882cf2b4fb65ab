import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

// The files under test are plain JavaScript for old Nodes; they are run as programs, as a user runs them.
const here = import.meta.dirname;
let root: string;
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'shanzhi-bootstrap-')); });
afterEach(() => { rmSync(root, { recursive: true, force: true }); });

function evaluate(script: string): { said: string; code: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', cwd: root });
  return { said: stdout + stderr, code: status };
}

const lock = (version: string): void => {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': {}, 'node_modules/a': { version }, 'node_modules/other-platform': { version: '1.0.0', optional: true } } }));
};
/** A stand-in for npm that leaves a line for each call; `npm ci` needs a registry, its caller does not. */
function fakeNpm(exit = 0): string {
  const file = join(root, 'npm.mjs');
  writeFileSync(file, `import { appendFileSync, mkdirSync } from 'node:fs'; appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n'); mkdirSync('node_modules', { recursive: true }); process.exit(${String(exit)});`);
  return `{ npm: [${JSON.stringify(process.execPath)}, ${JSON.stringify(file)}] }`;
}
const installOnce = (npm: string) => evaluate(`import { install } from ${JSON.stringify(join(here, 'install.mjs'))}; console.log(await install(${JSON.stringify(root)}, ${npm}));`);

const choose = (version: string) => evaluate(`import { chooseNode } from ${JSON.stringify(join(here, 'node.mjs'))}; try { console.log(chooseNode(${JSON.stringify(root)}, '${version}')); } catch (error) { console.log(error.message); }`).said.trim();
const steps = (body: string) => evaluate(`import { countVitest, report, runSteps } from ${JSON.stringify(join(here, 'steps.mjs'))}; ${body}`).said;
const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((one) => ({ status: one })) });
const count = (files: object[], code: number): unknown => JSON.parse(steps(`console.log(JSON.stringify(countVitest(${JSON.stringify({ testResults: files })}, ${String(code)})));`));

describe('installing', () => {
  test('happens once, and again when the lockfile changes', () => {
    lock('1.0.0');
    const npm = fakeNpm();
    expect(installOnce(npm).said).toMatch(/首次运行[^]*true/u);
    expect(installOnce(npm).said).toBe('false\n');
    lock('1.0.1');
    expect(installOnce(npm).said).toMatch(/依赖有更新[^]*true/u);
    expect(readFileSync(join(root, 'calls'), 'utf8').trim().split('\n')).toHaveLength(2);
  });

  test('accepts what plain npm installed completely, but not an older version of a package', () => {
    lock('1.0.0');
    mkdirSync(join(root, 'node_modules'));
    const record = (version: string) => { writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: { 'node_modules/a': { version } } })); };
    record('0.9.0');
    expect(installOnce(fakeNpm()).said).toContain('true');
    rmSync(join(root, 'node_modules', '.shanzhi-lock'));
    record('1.0.0');
    expect(installOnce(fakeNpm()).said).toBe('false\n');
  });

  test('that fails says so in one sentence and is tried again', () => {
    lock('1.0.0');
    expect(installOnce(fakeNpm(1)).said).toContain('依赖没有安装成功');
    expect(installOnce(fakeNpm()).said).toContain('true');
  });
});

describe('the web build', () => {
  test('hash changes with a page, a file name or the lockfile, and not with a test', () => {
    const hash = () => evaluate(`import { sourceHash } from ${JSON.stringify(join(here, 'web-build.mjs'))}; console.log(sourceHash(${JSON.stringify(root)}));`).said;
    lock('1.0.0');
    mkdirSync(join(root, 'web'));
    writeFileSync(join(root, 'web', 'page.tsx'), 'one');
    const first = hash();
    writeFileSync(join(root, 'web', 'page.test.tsx'), 'test');
    expect(hash()).toBe(first);
    writeFileSync(join(root, 'web', 'page.tsx'), 'two');
    const second = hash();
    expect(second).not.toBe(first);
    lock('2.0.0');
    expect(hash()).not.toBe(second);
  });
});

describe('choosing a Node', () => {

  test('takes the pinned one first, then the current one if it runs TypeScript, else says what to install', () => {
    expect(choose('22.18.0')).toBe(process.execPath);
    expect(choose('24.0.0')).toBe(process.execPath);
    expect(choose('22.17.9')).toMatch(/22\.17\.9.*请先安装 Node\.js 24/u);
    const bin = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'node'), '');
    expect(choose('20.0.0')).toBe(join(bin, 'node'));
  });
});

describe('running a program', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('hands %s on, waits for the clean end and passes its exit code', async (signal) => {
    const program = join(root, 'program.mjs');
    writeFileSync(program, `for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => { console.log('cleaned', s); process.exit(0); }); setInterval(() => {}, 1000); console.log('up');`);
    const script = `import { run } from ${JSON.stringify(join(here, 'run.mjs'))}; const { code } = await run(process.execPath, [${JSON.stringify(program)}], { detached: true }); process.exitCode = code;`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    await new Promise<void>((resolve) => { parent.stdout.on('data', (part: Buffer) => { said += part.toString(); if (said.includes('up')) resolve(); }); });
    parent.kill(signal);
    const [code] = await once(parent, 'close');
    expect([code, said]).toEqual([0, `up\ncleaned ${signal}\n`]);
  });
});

describe('adding up', () => {

  test('runs every step, counts a step that throws as a failure, and ends with the sum alone', () => {
    const said = steps(`console.log(report(await runSteps([
      { name: 'one', run: async () => ({ passed: 3, failed: 0 }) },
      { name: 'two', run: async () => { throw new Error('broke'); } },
      { name: 'three', run: async () => ({ passed: 4, failed: 2 }) },
    ])));`);
    expect(said).toContain('broke');
    expect(said.trimEnd().split('\n').at(-1)).toBe('7 passed, 3 failed');
  });

  test('counts skipped tests, files that did not load and errors outside tests as failures', () => {
    expect(count([file('passed', 'passed', 'passed')], 0)).toEqual({ passed: 2, failed: 0 });
    expect(count([file('failed', 'passed', 'failed')], 1)).toEqual({ passed: 1, failed: 1 });
    expect(count([file('passed', 'passed', 'pending')], 0)).toEqual({ passed: 1, failed: 1 });
    expect(count([file('failed'), file('passed', 'passed')], 1)).toEqual({ passed: 1, failed: 1 });
    expect(count([file('passed', 'passed')], 1)).toEqual({ passed: 1, failed: 1 });
  });
});
