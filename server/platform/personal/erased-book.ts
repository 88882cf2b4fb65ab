import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const Entry = z.object({
  erasureId: z.uuid(), countyId: z.uuid(), at: z.string(), ground: z.string(), proposedByName: z.string(), approvedByName: z.string(),
  idIndex: z.string().nullable(), phoneIndex: z.string().nullable(), records: z.array(z.object({ kind: z.string(), id: z.string() })),
});
/** 删除记录簿的一条: which records were erased and the keyed indexes of whose they were. No name, no number. */
export type ErasedEntry = z.output<typeof Entry>;

/** 删除记录簿: beside the database, so that restoring an older backup does not lose it. */
export interface ErasedBook {
  list(): Promise<ErasedEntry[]>;
  add(entry: ErasedEntry): Promise<void>;
}

/** Its name in the data folder. */
export const ERASED_BOOK = 'erased.jsonl';

/** One line an entry; only ever added to. A line that a crash left unfinished is passed over: its entry is added again. */
export function erasedBookAt(path: string): ErasedBook {
  return {
    async list() {
      const text = await readFile(path, 'utf8').catch((error: unknown) => { if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''; throw error; });
      return text.split('\n').flatMap((line) => { const read = Entry.safeParse(parsed(line)); return read.success ? [read.data] : []; });
    },
    async add(entry) {
      await mkdir(dirname(path), { recursive: true });
      // Begins with a line feed too: what stands behind an unfinished line would be lost with it.
      await appendFile(path, `\n${JSON.stringify(Entry.parse(entry))}\n`, { mode: 0o600, flush: true });
    },
  };
}

function parsed(line: string): unknown {
  try { return JSON.parse(line); } catch { return null; }
}
