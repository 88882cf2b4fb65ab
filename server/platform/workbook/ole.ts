import type { FileHandle } from 'node:fs/promises';

const END_OF_CHAIN = 0xfffffffe;
const MAX_DIRECTORY_SECTORS = 4096;
const ENTRY_BYTES = 128;

/** 复合文档目录:the names of all streams and storages of an OLE file, read without loading the file. Empty when it is broken. */
export async function oleNames(file: FileHandle): Promise<string[]> {
  const header = Buffer.alloc(512);
  if ((await file.read(header, 0, 512, 0)).bytesRead < 512) return [];
  const shift = header.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return [];
  const size = 1 << shift;
  const names: string[] = [];
  const seen = new Set<number>();
  let sector = header.readUInt32LE(48);
  while (sector < END_OF_CHAIN && !seen.has(sector) && seen.size < MAX_DIRECTORY_SECTORS) {
    seen.add(sector);
    const block = await sectorAt(file, sector, size);
    if (block === null) return names;
    names.push(...entryNames(block));
    sector = await nextSector(file, header, sector, size);
  }
  return names;
}

async function sectorAt(file: FileHandle, sector: number, size: number): Promise<Buffer | null> {
  const block = Buffer.alloc(size);
  const { bytesRead } = await file.read(block, 0, size, (sector + 1) * size);
  return bytesRead < ENTRY_BYTES ? null : block;
}

function entryNames(block: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; at + ENTRY_BYTES <= block.length; at += ENTRY_BYTES) {
    const bytes = block.readUInt16LE(at + 64);
    if (bytes >= 2 && bytes <= 64 && block[at + 66] !== 0) names.push(block.toString('utf16le', at, at + bytes - 2));
  }
  return names;
}

/** Follows the FAT, whose own sectors are listed in the header (the first 109: enough for the directories that we look at). */
async function nextSector(file: FileHandle, header: Buffer, sector: number, size: number): Promise<number> {
  const perSector = size / 4;
  const index = Math.floor(sector / perSector);
  if (index >= 109) return END_OF_CHAIN;
  const fat = await sectorAt(file, header.readUInt32LE(76 + index * 4), size);
  return fat === null ? END_OF_CHAIN : fat.readUInt32LE((sector % perSector) * 4);
}
