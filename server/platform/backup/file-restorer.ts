import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileStoreOn } from '../files/store.ts';
import { diskWords } from './refuse.ts';

/** 放回文件: content into the store under its hash; what was already there stays as it is. */
export interface FileRestorer {
  put(sha256: string, content: AsyncIterable<Buffer>): Promise<void>;
  /** Gives every file its name; before that nothing can be seen in the store. */
  settle(): Promise<void>;
  /** Removes what was put and not there before. */
  takeBack(): Promise<void>;
}

/** Files wait in `restoring` beside the store's shelves until the database is ready to commit. */
export function fileRestorer(folder: string): FileRestorer {
  const store = fileStoreOn(folder);
  const waiting = join(folder, 'restoring');
  const put: string[] = [];
  let settled: string[] = [];
  return {
    async put(sha256, content) {
      try {
        if (await stat(store.pathOf(sha256)).catch(() => null)) return;
        await mkdir(waiting, { recursive: true, mode: 0o700 });
        await pipeline(Readable.from(content), createWriteStream(join(waiting, sha256), { mode: 0o600, flush: true }));
        put.push(sha256);
      } catch (error) {
        throw diskWords(error, folder);
      }
    },
    async settle() {
      for (const sha256 of put) {
        const path = store.pathOf(sha256);
        await mkdir(dirname(path), { recursive: true });
        await rename(join(waiting, sha256), path);
        settled = [...settled, path];
      }
      for (const shelf of new Set(settled.map((path) => dirname(path)))) await syncFolder(shelf);
      await rm(waiting, { recursive: true, force: true });
    },
    async takeBack() {
      for (const path of settled) await rm(path, { force: true });
      await rm(waiting, { recursive: true, force: true });
    },
  };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
