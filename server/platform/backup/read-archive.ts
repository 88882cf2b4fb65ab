import { createHash, hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { createZstdDecompress } from 'node:zlib';
import { extract } from 'tar-stream';
import { Problem } from '../problem.ts';
import { damaged } from './container.ts';
import { Manifest, MANIFEST } from './manifest.ts';
import { openFrames } from './open-frames.ts';
import { diskWords } from './refuse.ts';
import { linesIn, partName } from './write-archive.ts';

/** What is done with the content of an archive while it is checked. */
export interface ArchiveVisitor {
  /** The next part of a table's text; parts of one table come together and in order. */
  part?(table: string, text: Buffer): Promise<void>;
  /** A stored file. What is not read is passed over. */
  file?(sha256: string, content: AsyncIterable<Buffer>): Promise<void>;
}

/** Larger than any part or manifest that we write. */
const LARGEST = 256 << 20;
const PART = /^tables\/([a-z_]+\.[a-z_0-9]+)\/\d{6}$/;
const FILE = /^files\/([0-9a-f]{64})$/;

/** An error of the visitor, kept apart from what is wrong with the archive. */
class Theirs extends Error {}
const theirs = <T>(work: Promise<T>): Promise<T> => work.catch((cause: unknown) => { throw new Theirs('visitor', { cause }); });

/**
 * 读备份文件: reads all of it and checks every byte, member, count and digest against the manifest. The visitor sees content before the end is
 * known: it must be able to take everything back. @throws Problem backup.refused
 */
export async function readArchive(path: string, passphrase: string | null, visitor: ArchiveVisitor = {}): Promise<Manifest> {
  const name = basename(path);
  const file = await open(path, 'r').catch((error: unknown) => { throw diskWords(error, path); });
  try {
    const tar = extract();
    const fed = pipeline(Readable.from(openFrames(file, passphrase, name), { objectMode: false }), createZstdDecompress(), tar);
    fed.catch(() => undefined);
    try {
      const tally = newTally(visitor);
      for await (const entry of tar) await tally.take(entry.header.name, entry.header.size ?? 0, entry);
      await fed;
      return tally.close();
    } catch (error) {
      tar.destroy();
      throw reasonOf(error, await fed.then(() => error, (cause: unknown) => cause), name, path);
    }
  } finally {
    await file.close();
  }
}

function reasonOf(seen: unknown, cause: unknown, name: string, path: string): unknown {
  if (seen instanceof Theirs) return seen.cause;
  if (cause instanceof Problem) return cause;
  const words = diskWords(cause, path);
  return words instanceof Problem ? words : Object.assign(damaged(name), { cause: seen });
}

interface Tally { take(name: string, size: number, content: AsyncIterable<unknown>): Promise<void>; close(): Manifest }
interface TableSum { rows: number; bytes: number; digest: ReturnType<typeof createHash>; parts: { bytes: number; sha256: string }[] }

/** Anything thrown here but `Theirs` means: not what we wrote. */
function newTally(visitor: ArchiveVisitor): Tally {
  const tables = new Map<string, TableSum>();
  const files: string[] = [];
  let fileBytes = 0;
  let manifest: Manifest | null = null;

  const table = async (member: string, name: string, content: AsyncIterable<unknown>) => {
    const sum = tables.get(name) ?? { rows: 0, bytes: 0, digest: createHash('sha256'), parts: [] };
    tables.set(name, sum);
    if (member !== partName(name, sum.parts.length) || [...tables.keys()].at(-1) !== name) throw new Error('a part out of order');
    const text = await whole(content);
    sum.rows += linesIn(text);
    sum.bytes += text.length;
    sum.digest.update(text);
    sum.parts.push({ bytes: text.length, sha256: hash('sha256', text) });
    if (visitor.part) await theirs(visitor.part(name, text));
  };
  const file = async (sha256: string, size: number, content: AsyncIterable<unknown>) => {
    const digest = createHash('sha256');
    const watched = chunksOf(content, (chunk) => digest.update(chunk));
    if (visitor.file) await theirs(visitor.file(sha256, watched));
    for await (const rest of watched) void rest;
    if (digest.digest('hex') !== sha256) throw new Error('a file that is not what its name says');
    files.push(sha256);
    fileBytes += size;
  };
  return {
    async take(member, size, content) {
      if (manifest !== null) throw new Error('something after the manifest');
      const [asTable, asFile] = [PART.exec(member)?.[1], FILE.exec(member)?.[1]];
      if (asTable === undefined && asFile === undefined && member !== MANIFEST) throw new Error('an unknown member');
      if (asFile === undefined && size > LARGEST) throw new Error('a member too large');
      if (asTable !== undefined) return table(member, asTable, content);
      if (asFile !== undefined) return file(asFile, size, content);
      manifest = Manifest.parse(JSON.parse((await whole(content)).toString('utf8')));
    },
    close() {
      if (manifest === null) throw new Error('no manifest');
      const found = new Map([...tables].map(([name, { digest, ...sum }]) => [name, { ...sum, sha256: digest.digest('hex') }]));
      const empty = { rows: 0, bytes: 0, parts: [], sha256: hash('sha256', '') };
      for (const { name, columns: _, ...promised } of manifest.tables) {
        if (!isDeepStrictEqual({ ...promised }, found.get(name) ?? empty)) throw new Error(`${name} is not as promised`);
        found.delete(name);
      }
      const listed = { count: files.length, bytes: fileBytes, sha256: hash('sha256', files.join('\n')) };
      if (found.size > 0 || !isDeepStrictEqual({ ...manifest.files }, listed)) throw new Error('more or less than promised');
      return manifest;
    },
  };
}

async function* chunksOf(content: AsyncIterable<unknown>, watch: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const chunk of content) {
    if (!Buffer.isBuffer(chunk)) throw new Error('not bytes');
    watch(chunk);
    yield chunk;
  }
}

async function whole(content: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of chunksOf(content, () => undefined)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
