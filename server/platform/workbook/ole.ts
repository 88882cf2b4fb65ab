import type { FileHandle } from 'node:fs/promises';

/** Larger numbers of sectors are marks, not sectors. */
const LAST_SECTOR = 0xfffffff9;
const MAX_DIRECTORY_SECTORS = 4096;
const ENTRY_BYTES = 128;
const HEADER_BYTES = 512;
/** So many sectors of the allocation table are listed in the header; the others in sectors of their own. */
const LISTED = 109;
/** A stream smaller than this lies within another stream. */
const SMALL_BYTES = 4096;

interface Ole { readonly file: FileHandle; readonly header: Buffer; readonly size: number; readonly sectorBytes: number }
interface Entry { readonly name: string; readonly start: number; readonly bytes: number }

/** 复合文档目录:the names of all streams and storages of an OLE file, read without loading the file. Empty when it is broken. */
export async function oleNames(file: FileHandle): Promise<string[]> {
  const ole = await openOle(file);
  return ole === null ? [] : (await entriesOf(ole)).map(({ name }) => name);
}

/** 复合文档的流: the bytes of the stream of this name, without the rest of the file. Null where there is none, it is a small one that lies elsewhere, or the file does not hold all of it. */
export async function oleStream(file: FileHandle, wanted: string): Promise<Buffer | null> {
  const ole = await openOle(file);
  const entry = ole === null ? undefined : (await entriesOf(ole)).find(({ name, bytes }) => name.toLowerCase() === wanted.toLowerCase() && bytes >= SMALL_BYTES);
  if (ole === null || entry === undefined || entry.bytes > ole.size) return null;
  const { sectorBytes } = ole;
  const next = await tableOf(ole);
  const stream = Buffer.alloc(entry.bytes);
  let at = 0;
  for (let sector = entry.start; at < stream.length;) {
    // Sectors that follow each other in the file are read in one go.
    let count = 1;
    while (next[sector + count - 1] === sector + count && at + count * sectorBytes < stream.length) count += 1;
    const wantedBytes = Math.min(count * sectorBytes, stream.length - at);
    const { bytesRead } = sector > LAST_SECTOR ? { bytesRead: 0 } : await file.read(stream, at, wantedBytes, (sector + 1) * sectorBytes);
    if (bytesRead < wantedBytes) return null;
    at += wantedBytes;
    sector = next[sector + count - 1] ?? LAST_SECTOR + 1;
  }
  return stream;
}

async function openOle(file: FileHandle): Promise<Ole | null> {
  const header = Buffer.alloc(HEADER_BYTES);
  if ((await file.read(header, 0, HEADER_BYTES, 0)).bytesRead < HEADER_BYTES) return null;
  const shift = header.readUInt16LE(30);
  return shift === 9 || shift === 12 ? { file, header, size: (await file.stat()).size, sectorBytes: 1 << shift } : null;
}

async function entriesOf(ole: Ole): Promise<Entry[]> {
  const entries: Entry[] = [];
  const seen = new Set<number>();
  const next = await tableOf(ole);
  let sector = ole.header.readUInt32LE(48);
  while (sector <= LAST_SECTOR && !seen.has(sector) && seen.size < MAX_DIRECTORY_SECTORS) {
    seen.add(sector);
    const block = await sectorAt(ole, sector);
    if (block === null) return entries;
    entries.push(...entriesIn(block));
    sector = next[sector] ?? LAST_SECTOR + 1;
  }
  return entries;
}

function entriesIn(block: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + ENTRY_BYTES <= block.length; at += ENTRY_BYTES) {
    const length = block.readUInt16LE(at + 64);
    if (length >= 2 && length <= 64 && block[at + 66] !== 0) entries.push({ name: block.toString('utf16le', at, at + length - 2), start: block.readUInt32LE(at + 116), bytes: block.readUInt32LE(at + 120) });
  }
  return entries;
}

/** Which sector follows which. No larger than the file needs, whatever it says of itself. */
async function tableOf(ole: Ole): Promise<Uint32Array> {
  const perSector = ole.sectorBytes / 4;
  const sectors = Math.ceil(ole.size / ole.sectorBytes);
  const table = new Uint32Array(Math.ceil(sectors / perSector) * perSector).fill(LAST_SECTOR + 1);
  const parts = await tableSectors(ole, table.length / perSector);
  for (const [index, sector] of parts.entries()) {
    const block = await sectorAt(ole, sector);
    if (block === null) continue;
    for (let at = 0; at < perSector; at += 1) table[index * perSector + at] = block.readUInt32LE(at * 4);
  }
  return table;
}

/** Where the allocation table lies: at most `most` sectors. */
async function tableSectors(ole: Ole, most: number): Promise<number[]> {
  const found: number[] = [];
  const take = (block: Buffer, from: number, count: number) => {
    for (let at = 0; at < count && found.length < most; at += 1) {
      const sector = block.readUInt32LE(from + at * 4);
      if (sector <= LAST_SECTOR) found.push(sector);
    }
  };
  take(ole.header, 76, LISTED);
  const perSector = ole.sectorBytes / 4;
  const seen = new Set<number>();
  for (let sector = ole.header.readUInt32LE(68); sector <= LAST_SECTOR && found.length < most && !seen.has(sector);) {
    seen.add(sector);
    const block = await sectorAt(ole, sector);
    if (block === null) break;
    take(block, 0, perSector - 1);
    sector = block.readUInt32LE((perSector - 1) * 4);
  }
  return found;
}

/** What lies behind the end of the file is nought; null where nothing of the sector is there. */
async function sectorAt({ file, sectorBytes }: Ole, sector: number): Promise<Buffer | null> {
  const block = Buffer.alloc(sectorBytes);
  const { bytesRead } = await file.read(block, 0, sectorBytes, (sector + 1) * sectorBytes);
  return bytesRead < ENTRY_BYTES ? null : block;
}
