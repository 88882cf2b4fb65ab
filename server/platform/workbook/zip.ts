import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { WorkbookLimits } from './limits.ts';
import { WorkbookRefusal } from './refusal.ts';

/** 压缩包:the parts of an .xlsx by name, every inflated byte counted against one budget. */
export interface Zip {
  readonly names: ReadonlySet<string>;
  /** The part's bytes as they inflate. @throws WorkbookRefusal broken-zip, zip-bomb */
  open(name: string): AsyncGenerator<Buffer, void, undefined>;
  close(): void;
}

/** 打开压缩包:reads the directory only and refuses bombs by what it declares. @throws WorkbookRefusal broken-zip, zip-bomb, password */
export async function openZip(path: string, limits: WorkbookLimits): Promise<Zip> {
  const file = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(broken);
  try {
    const entries = await readEntries(file, limits);
    const budget = { left: limits.inflatedBytes * 2 };   // each sheet is looked through twice: merges stand after the rows
    return { names: new Set(entries.keys()), open: (name) => inflate(file, entries.get(name), budget), close: () => file.close() };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** 逐一解压核对: every part inflates to what it declared and all together to no more than may be; for readers that believe what a zip says. @throws WorkbookRefusal broken-zip, zip-bomb */
export async function proveZip(path: string, limits: WorkbookLimits): Promise<void> {
  const zip = await openZip(path, limits);
  try {
    for (const name of zip.names) if (!name.endsWith('/')) for await (const chunk of zip.open(name)) void chunk;
  } finally {
    zip.close();
  }
}

async function readEntries(file: ZipFile, limits: WorkbookLimits): Promise<Map<string, Entry>> {
  if (file.entryCount > limits.entries) throw new WorkbookRefusal('zip-bomb');
  const entries = new Map<string, Entry>();
  let packed = 0;
  let inflated = 0;
  try {
    for await (const entry of file.eachEntry()) {
      packed += entry.compressedSize;
      inflated += entry.uncompressedSize;
      if (inflated > limits.inflatedBytes || (inflated > limits.ratioFromBytes && inflated > packed * limits.ratio)) throw new WorkbookRefusal('zip-bomb');
      if (entry.isEncrypted()) throw new WorkbookRefusal('password');
      const name = entry.fileName.replaceAll('\\', '/');
      // Two parts of one name: a look at one, a reading of the other.
      if (entries.has(name)) throw new WorkbookRefusal('broken-zip');
      entries.set(name, entry);
    }
  } catch (error) {
    if (error instanceof WorkbookRefusal) throw error;
    broken();
  }
  return entries;
}

async function* inflate(file: ZipFile, entry: Entry | undefined, budget: { left: number }): AsyncGenerator<Buffer, void, undefined> {
  if (entry === undefined) throw new WorkbookRefusal('broken-workbook');
  const stream = await file.openReadStreamPromise(entry).catch(broken);
  try {
    for await (const chunk of stream) {
      const bytes: Buffer = chunk;
      budget.left -= bytes.length;
      if (budget.left < 0) throw new WorkbookRefusal('zip-bomb');
      yield bytes;
    }
  } catch (error) {
    if (error instanceof WorkbookRefusal) throw error;
    broken();
  } finally {
    stream.destroy();
  }
}

function broken(): never {
  throw new WorkbookRefusal('broken-zip');
}
