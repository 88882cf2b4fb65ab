// Builds the web client once; again only when something that goes into it has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { chooseNode, environment } from './node.mjs';
import { run } from './run.mjs';

const SOURCES = ['web', 'contract', 'domain', 'assets', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'];

function files(path) {
  if (!existsSync(path)) return [];
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? files(join(path, entry.name)) : [join(path, entry.name)]));
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
}

/** One hash over the names and contents of everything the build reads; tests are no part of it. */
export function sourceHash(root) {
  const hash = createHash('sha256');
  for (const path of SOURCES.flatMap((source) => files(join(root, source))).filter((file) => !/\.test\.tsx?$/.test(file)).sort((a, b) => (a < b ? -1 : 1))) {
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

/** 构建网页:`vite build` when dist is missing or stale; returns whether it ran. Throws one sentence when it fails. */
export async function buildWeb(root, { say = console.log } = {}) {
  const stamp = join(root, 'dist', '.source-hash');
  const now = sourceHash(root);
  if (existsSync(join(root, 'dist', 'web', 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === now) return false;
  say('正在构建网页界面……');
  const { code } = await run(chooseNode(root), [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], { cwd: root, env: environment(root, { NODE_ENV: 'production' }) });
  if (code !== 0) throw new Error('网页界面没有构建成功，请查看上面的错误信息。');
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, `${now}\n`);
  return true;
}
