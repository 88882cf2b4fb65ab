import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Runs the packer as Node does, without types. @returns what it said: the path, or the sentence it refused with */
const bundle = (root: string, folder: string) => execFileSync(process.execPath, ['--input-type=module', '-e', `import { offlineBundle } from ${JSON.stringify(join(import.meta.dirname, 'offline-bundle.mjs'))}; console.log(await offlineBundle(...process.argv.slice(1)).catch((error) => error.message));`, root, folder], { encoding: 'utf8' }).trim();

test('the bundle holds the program with its packages and the built pages, and nothing that belongs to the place it was made at', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shanzhi-bundle-'));
  const root = join(folder, 'program');
  try {
    const files = ['package.json', 'start.mjs', 'node_modules/a/index.js', 'dist/web/index.html', 'server/main/cli.ts', 'data/secret.key', '.git/HEAD', '.env', '.env.local', 'my.key', 'my.key.next', 'server/other.key', 'server/other.key.0a1b2c3d', 'old.backup', 'package-lock.json', 'node_modules/@s/b/index.js', 'node_modules/only-tests/index.js', 'node_modules/a/node_modules/only-tests/index.js', 'node_modules/.bin/a', 'node_modules/.shanzhi-lock'];
    const lock = { packages: { 'node_modules/a': {}, 'node_modules/@s/b': {}, 'node_modules/only-tests': { dev: true }, 'node_modules/a/node_modules/only-tests': {} } };
    for (const file of files) { mkdirSync(join(root, file, '..'), { recursive: true }); writeFileSync(join(root, file), file === 'package.json' ? '{"version":"9.9.9"}' : file === 'package-lock.json' ? JSON.stringify(lock) : file); }
    const path = bundle(root, folder);
    expect(path).toBe(join(folder, `shanzhi-9.9.9-${process.platform}-${process.arch}.tar.gz`));
    const listed = execFileSync('tar', ['-tzf', path], { encoding: 'utf8' }).split('\n').filter((name) => name !== '' && !name.endsWith('/')).toSorted();
    expect(listed).toEqual(['dist/web/index.html', 'node_modules/.shanzhi-lock', 'node_modules/@s/b/index.js', 'node_modules/a/index.js', 'node_modules/a/node_modules/only-tests/index.js', 'package-lock.json', 'package.json', 'server/main/cli.ts', 'start.mjs']);
    expect(readFileSync(`${path}.sha256`, 'utf8')).toBe(`${createHash('sha256').update(readFileSync(path)).digest('hex')}  shanzhi-9.9.9-${process.platform}-${process.arch}.tar.gz\n`);
    expect(bundle(root, root)).toContain('安装包不能放在程序文件夹里面');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
