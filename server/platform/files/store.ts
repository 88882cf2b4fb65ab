import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../problem.ts';

/** 已收到的文件 whose content is stored and which belongs to nothing yet. */
export interface Upload { readonly hash: string; readonly sizeBytes: number; readonly name: string; readonly mediaType: string; readonly path: string }

/** 文件库:content by its SHA-256, on disk, behind one interface. Nothing stored is ever executed or shown inline. */
export interface FileStore {
  /** Streams into the store. @throws Problem input.too-large past `limitBytes` (nothing is kept) */
  put(content: Readable, facts: { name: string; mediaType: string; limitBytes: number }): Promise<Upload>;
  /** @throws Problem file.not-found when the content is not there */
  open(hash: string): Promise<Readable>;
  /** Path on this machine, for workers that read by path. */
  pathOf(hash: string): string;
  /** Removes content older than `olderThanMs` for which `isKept` says no; answers how many. */
  sweep(isKept: (hashes: string[]) => Promise<ReadonlySet<string>>, olderThanMs: number, nowMs: number): Promise<number>;
}

const HASH = /^[0-9a-f]{64}$/;

/** 磁盘文件库 under `folder`: pending files beside, content in 256 folders by the first two digits of the hash. */
export function fileStoreOn(folder: string): FileStore {
  const pathOf = (hash: string) => {
    if (!HASH.test(hash)) throw new Problem('file.not-found', '文件不存在');
    return join(folder, hash.slice(0, 2), hash);
  };
  return {
    pathOf,
    async put(content, { name, mediaType, limitBytes }) {
      const pending = join(folder, 'pending');
      await mkdir(pending, { recursive: true });
      const path = join(pending, randomBytes(12).toString('hex'));
      const hash = createHash('sha256');
      let sizeBytes = 0;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, next) {
          sizeBytes += chunk.length;
          hash.update(chunk);
          next(sizeBytes > limitBytes ? new Problem('input.too-large', `文件“${name}”超过 ${Math.floor(limitBytes / 1_048_576)} MB，请拆分后再上传`) : null, chunk);
        },
      });
      try {
        await pipeline(content, measure, createWriteStream(path, { mode: 0o600 }));
        const digest = hash.digest('hex');
        const final = pathOf(digest);
        await mkdir(join(folder, digest.slice(0, 2)), { recursive: true });
        await rename(path, final);
        return { hash: digest, sizeBytes, name: safeName(name), mediaType, path: final };
      } catch (error) {
        await rm(path, { force: true });
        if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw new Problem('server.busy', '服务器磁盘已满，文件没有保存，请联系系统管理员');
        throw error;
      }
    },
    async open(hash) {
      const path = pathOf(hash);
      if (!(await stat(path).catch(() => null))) throw new Problem('file.not-found', '文件内容不在服务器上，可能已按期限清理');
      return createReadStream(path);
    },
    async sweep(isKept, olderThanMs, nowMs) {
      let removed = 0;
      for (const shelf of await readdir(folder).catch(() => [])) {
        const names = await readdir(join(folder, shelf)).catch(() => []);
        const old: string[] = [];
        for (const name of names) if (nowMs - ((await stat(join(folder, shelf, name)).catch(() => null))?.mtimeMs ?? nowMs) > olderThanMs) old.push(name);
        const kept = shelf === 'pending' ? new Set<string>() : await isKept(old);
        for (const name of old.filter((each) => !kept.has(each))) { await rm(join(folder, shelf, name), { force: true }); removed += 1; }
      }
      return removed;
    },
  };
}

/** Names that Windows keeps for devices, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
const LONGEST_NAME = 120;

/**
 * 安全的文件名, for showing and for saving on any machine: no path, no control or invisible characters (a name written backwards hides what
 * it is), nothing that Windows refuses, at most 120 characters with the extension kept.
 */
export function safeName(name: string): string {
  const bare = name.toWellFormed().normalize('NFC').replace(/[\p{Cc}\p{Cf}]/gu, '').slice(-2_000);
  const last = bare.slice(Math.max(bare.lastIndexOf('/'), bare.lastIndexOf('\\')) + 1);
  const plain = last.replaceAll(/[<>:"|?*]/g, '_').trim().replace(/^\.+/, '').replace(DEVICE, (word) => `${word}_`);
  const characters = Array.from(plain);
  const tail = characters.length > LONGEST_NAME ? characters.slice(-LONGEST_NAME).join('') : plain;
  let end = tail.length;
  while (end > 0 && (tail[end - 1] === '.' || tail[end - 1] === ' ')) end -= 1;
  return tail.slice(0, end) || '未命名';
}
