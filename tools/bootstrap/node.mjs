// Which Node runs the product: the pinned Node 24 that npm installed, else the current one when it is new enough.
// Plain JavaScript: this must run on whatever Node the machine has.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** First version that runs TypeScript without a flag. */
const LEAST = [22, 18];

/**
 * Memory of a process of the product. Many short-lived rows pass through a ledger's import; with Node's own defaults a hundred
 * thousand of them took 630–730 MB, with these 324 MB, for a tenth more processor time. One thread collects the young: where the database
 * has the other core, helpers of the collector only take it away (a tenth of a request's time and 20 MB on two cores).
 */
export const MEMORY = ['--max-semi-space-size=16', '--max-old-space-size=400', '--no-parallel-scavenge'];

/** Is the Node that runs this file new enough to run the product itself? */
export function isNewEnough(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
}

/** 选定 Node:path of the Node to run the product with. Throws one sentence when there is none. */
export function chooseNode(root, version = process.versions.node) {
  const pinned = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(pinned)) return pinned;
  if (isNewEnough(version)) return process.execPath;
  throw new Error(`本机的 Node.js 版本是 ${version}，本平台没有随附的 Node.js，请先安装 Node.js 24（至少 ${LEAST.join('.')}）。`);
}

/**
 * The environment in which the chosen Node and the installed tools come first on PATH. Node keeps the code it has compiled: a process
 * that loads the whole product again takes half the processor time; where the folder cannot be written, it goes without. Two arenas are
 * enough for glibc's malloc: with its usual eight for each core the same server held 27 MB more.
 */
export function environment(root, extra = {}) {
  const separator = process.platform === 'win32' ? ';' : ':';
  return { NODE_COMPILE_CACHE: join(root, '.cache', 'node'), MALLOC_ARENA_MAX: '2', ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${separator}${process.env.PATH ?? ''}`, ...extra };
}
