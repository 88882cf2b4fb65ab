import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const Entry = z.object({
  erasureId: z.uuid(), countyId: z.uuid(), at: z.string(), ground: z.string(), proposedByName: z.string(), approvedByName: z.string(),
  idIndex: z.string().nullable(), phoneIndex: z.string().nullable(), /** Entries of earlier versions have only the one before. */ phoneIndexes: z.array(z.string()).optional(), records: z.array(z.object({ kind: z.string(), id: z.string() })),
});
/** 删除记录簿的一条: which records were erased and the keyed indexes of whose they were. No name, no number. */
export type ErasedEntry = z.output<typeof Entry>;

/** 删除记录簿: outside the database, so that restoring an older backup does not lose it. */
export interface ErasedBook {
  /** Every entry of every copy, once. */
  list(): Promise<ErasedEntry[]>;
  /** Adds to every copy that lacks it. @throws AggregateError naming those that could not be written; the others were */
  add(entry: ErasedEntry): Promise<void>;
}

/** Its name in the data folder and in the folder of the backups. */
export const ERASED_BOOK = 'erased.jsonl';

/** The same book in several places: with the data, and with the backups, because whoever restores one may have lost the other. Only ever added to. */
export function erasedBookAt(paths: readonly string[]): ErasedBook {
  return {
    list: async () => [...new Map((await Promise.all(paths.map(read))).flat().map((entry) => [entry.erasureId, entry])).values()],
    async add(entry) {
      const line = JSON.stringify(Entry.parse(entry));
      const done = await Promise.allSettled(paths.map(async (path) => {
        if ((await read(path)).some(({ erasureId }) => erasureId === entry.erasureId)) return;
        await mkdir(dirname(path), { recursive: true });
        // Begins with a line feed too: what stands behind an unfinished line would be lost with it.
        await appendFile(path, `\n${line}\n`, { mode: 0o600, flush: true });
      }));
      const failed = done.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
      if (failed.length > 0) throw new AggregateError(failed, 'the record of an erasure could not be written everywhere');
    },
  };
}

/** A line that a crash left unfinished is passed over: its entry is added again. */
async function read(path: string): Promise<ErasedEntry[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => { if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''; throw error; });
  return text.split('\n').flatMap((line) => { const entry = Entry.safeParse(parsed(line)); return entry.success ? [entry.data] : []; });
}

function parsed(line: string): unknown {
  try { return JSON.parse(line); } catch { return null; }
}
