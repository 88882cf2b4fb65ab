import { createHash, hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { newSeal } from './container.ts';
import { MANIFEST, type ArchivedTable, type Manifest } from './manifest.ts';
import { diskWords } from './refuse.ts';
import { SealFrames } from './seal-frames.ts';

/** A table's text is cut into members of about so many bytes: a member's size must be known before it begins, and nothing larger is held. */
const PART_BYTES = 4 << 20;
const LINE_FEED = 10;

/** 打包: what an archive is filled through. One call at a time. */
export interface ArchiveWriter {
  /** Takes a table's text as it comes from COPY; `tell` hears after each part how many rows there are. */
  table(shape: Pick<ArchivedTable, 'name' | 'columns'>, text: AsyncIterable<Buffer>, tell?: (rows: number) => Promise<void>): Promise<ArchivedTable>;
  /** Takes a stored file; false when it is not there or is not what its name says. Answers its size. */
  file(path: string, sha256: string): Promise<number | false>;
  manifest(manifest: Manifest): Promise<void>;
}

/** 写备份文件 at `path`, which must not exist; it is on the disk for good when this resolves, and gone when it does not. @throws Problem backup.refused when the disk is full */
export async function writeArchive(path: string, passphrase: string | null, fill: (writer: ArchiveWriter) => Promise<void>): Promise<void> {
  try {
    const seal = await newSeal(passphrase);
    const file = await open(path, 'wx', 0o600);
    const tar = pack();
    tar.on('error', () => undefined);
    const written = pipeline(tar, createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } }), new SealFrames(seal), file.createWriteStream({ flush: true }));
    written.catch(() => undefined);
    try {
      await fill(writerInto(tar));
      tar.finalize();
      await written;
    } catch (error) {
      tar.destroy();
      // A full disk ends the pack; what the pack then says of itself is not the reason.
      const reason: unknown = await written.then(() => error, (cause: unknown) => (isSystemError(cause) ? cause : error));
      await rm(path, { force: true });
      throw reason;
    }
  } catch (error) {
    throw diskWords(error, dirname(path));
  }
}

const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

function writerInto(tar: Pack): ArchiveWriter {
  const add = (name: string, content: Buffer) => new Promise<void>((resolve, reject) => {
    tar.entry({ name, size: content.length, mode: 0o600 }, content, settle(resolve, reject)).on('error', reject);
  });
  return {
    table: (shape, text, tell) => tableParts(shape, text, { add, tell }),
    async file(path, sha256) {
      const size = (await stat(path).catch(() => null))?.size;
      if (size === undefined || (await digestOf(path)) !== sha256) return false;
      await new Promise<void>((resolve, reject) => {
        const member = tar.entry({ name: `files/${sha256}`, size, mode: 0o600 }, settle(resolve, reject));
        member.on('error', reject);
        pipeline(createReadStream(path), member).catch(reject);
      });
      return size;
    },
    manifest: (manifest) => add(MANIFEST, Buffer.from(JSON.stringify(manifest, null, 1), 'utf8')),
  };
}

/** A member says that it failed twice over, by its callback and as an event that nobody may leave unheard: it would end the process. */
const settle = (resolve: () => void, reject: (error: Error) => void) => (error?: Error | null): void => { if (error) reject(error); else resolve(); };

async function tableParts({ name, columns }: Pick<ArchivedTable, 'name' | 'columns'>, text: AsyncIterable<Buffer>, { add, tell }: { add: (name: string, content: Buffer) => Promise<void>; tell: ((rows: number) => Promise<void>) | undefined }): Promise<ArchivedTable> {
  const parts: { bytes: number; sha256: string }[] = [];
  const all = createHash('sha256');
  let [rows, bytes, held] = [0, 0, 0];
  let waiting: Buffer[] = [];
  const leave = async () => {
    const part = Buffer.concat(waiting);
    [waiting, held] = [[], 0];
    await add(partName(name, parts.length), part);
    parts.push({ bytes: part.length, sha256: hash('sha256', part) });
    await tell?.(rows);
  };
  for await (const chunk of text) {
    all.update(chunk);
    rows += linesIn(chunk);
    bytes += chunk.length;
    waiting.push(chunk);
    held += chunk.length;
    if (held >= PART_BYTES) await leave();
  }
  if (held > 0) await leave();
  return { name, columns, rows, bytes, sha256: all.digest('hex'), parts };
}

/** The name of a table's n-th part, from nought. */
export const partName = (table: string, index: number): string => `tables/${table}/${String(index + 1).padStart(6, '0')}`;

/** Rows in a piece of COPY text: every row ends in a line feed, and no value holds one. */
export function linesIn(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}

async function digestOf(path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  return digest.digest('hex');
}
