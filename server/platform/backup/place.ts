import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { instant, type Instant } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { diskWords } from './refuse.ts';

const EIGHT_HOURS_MS = 8 * 3_600_000;
const NAME = /^shanzhi-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-[0-9a-f]{4}\.backup$/;
const PARTIAL = /^\.shanzhi-[\d-]+-[0-9a-f]{4}\.backup\.partial$/;
/** A partial file untouched for so long belongs to a process that died. */
const ABANDONED_MS = 3_600_000;

/** 备份文件名, by the clock on the wall here (UTC+8), so that people can read it: shanzhi-20261123-020000-3fa9.backup. */
export function archiveName(at: Instant): string {
  const wall = instantOf(epochOf(at) + EIGHT_HOURS_MS);
  return `shanzhi-${wall.slice(0, 10).replaceAll('-', '')}-${wall.slice(11, 19).replaceAll(':', '')}-${randomBytes(2).toString('hex')}.backup`;
}

/** When an archive was made, by its name; null when the name is not one of ours. */
export function madeAt(name: string): Instant | null {
  const [, year, month, day, hour, minute, second] = NAME.exec(name) ?? [];
  if (year === undefined) return null;
  const wall = Date.parse(`${year}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}.000Z`);
  return Number.isNaN(wall) ? null : instantOf(wall - EIGHT_HOURS_MS);
}

/** The name an archive has until it is whole. */
export const partialOf = (name: string): string => `.${name}.partial`;

/** 建备份文件夹, readable by nobody else, and removes what dead processes left in it. @throws Problem backup.refused */
export async function openFolder(folder: string, nowMs: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of (await readdir(folder)).filter((each) => PARTIAL.test(each))) {
      const path = join(folder, name);
      const age = nowMs - ((await stat(path).catch(() => null))?.mtimeMs ?? nowMs);
      if (age > ABANDONED_MS) await rm(path, { force: true });
    }
  } catch (error) {
    throw diskWords(error, folder);
  }
}

/** Gives a whole archive its name, for good: the folder is written to the disk too. */
export async function publish(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await rename(join(folder, partialOf(name)), path);
  // Windows and some network drives cannot open a folder; there the rename has to do.
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
  return path;
}

/** 文件夹里的备份, newest first, by name. A folder that is not there holds none. */
export async function archivesIn(folder: string): Promise<{ name: string; path: string; madeAt: Instant }[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => { const at = madeAt(name); return at === null ? [] : [{ name, path: join(folder, name), madeAt: instant(at) }]; }).toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : -1));
}

/** 磁盘剩余空间 where `folder` is or will be, bytes; null when it cannot be told. */
export async function freeBytes(folder: string): Promise<number | null> {
  for (let at = folder; ; at = join(at, '..')) {
    const space = await statfs(at).catch(() => null);
    if (space) return space.bavail * space.bsize;
    if (at === join(at, '..')) return null;
  }
}
