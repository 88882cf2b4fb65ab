// Installs the packages of the lockfile when they are missing or the lockfile has changed since.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

const fingerprint = (root) => createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
const stampOf = (root) => join(root, 'node_modules', '.shanzhi-lock');

/** Are the installed packages those of the lockfile? What somebody installed with plain npm is accepted when it is complete. */
export function isInstalled(root) {
  const stamp = stampOf(root);
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8').trim() === fingerprint(root);
  if (!isComplete(root)) return false;
  writeFileSync(stamp, `${fingerprint(root)}\n`);
  return true;
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** npm's own record of node_modules has every package of the lockfile (those for other platforms apart), in its version. */
function isComplete(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const there = packagesOf(record);
  return Object.entries(packagesOf(join(root, 'package-lock.json')))
    .filter(([path, { optional, devOptional }]) => path !== '' && !optional && !devOptional)
    .every(([path, { version, link }]) => link || there[path]?.version === version);
}

/** 安装依赖:runs `npm ci` when needed and remembers the lockfile. Throws one sentence when npm fails. */
export async function install(root, { npm = ['npm'], say = console.log } = {}) {
  if (isInstalled(root)) return false;
  say(existsSync(join(root, 'node_modules')) ? '依赖有更新，正在重新安装（npm ci）……' : '首次运行，正在安装依赖（npm ci），需要几分钟……');
  const [command, ...args] = npm;
  const { code } = await run(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, shell: process.platform === 'win32' }).catch((error) => {
    throw new Error(`没有找到 npm，请确认 Node.js 安装完整（${error.message}）。`);
  });
  if (code !== 0) throw new Error('依赖没有安装成功，请检查网络和 npm 源，再运行一次。');
  writeFileSync(stampOf(root), `${fingerprint(root)}\n`);
  return true;
}
