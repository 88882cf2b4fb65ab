import { Batcher } from './in-batches.ts';
import type { WorkbookLimits } from './limits.ts';
import type { ReadOptions, SheetRow, WorkbookPart } from './sheet.ts';
import { readXlsxBook } from './xlsx-parts.ts';
import { readSheetRows, surveySheet } from './xlsx-sheet.ts';
import { openZip } from './zip.ts';

/** 读 xlsx:sheet after sheet, never more than one batch of rows in memory. @throws WorkbookRefusal */
export async function* readXlsx(path: string, options: ReadOptions, limits: WorkbookLimits): AsyncGenerator<WorkbookPart, void, undefined> {
  const zip = await openZip(path, limits);
  try {
    const book = await readXlsxBook(zip, limits);
    for (const [index, { name, hidden, part }] of book.sheets.entries()) {
      if (options.sheets !== undefined && !options.sheets.includes(name)) continue;
      yield { kind: 'sheet', sheet: { name, index, hidden, ...await surveySheet(zip, part) } };
      for await (const rows of asBatches(readSheetRows(zip, part, name, book), options)) yield { kind: 'rows', rows };
    }
  } finally {
    zip.close();
  }
}

async function* asBatches(source: AsyncGenerator<SheetRow[], void, undefined>, options: ReadOptions): AsyncGenerator<SheetRow[], void, undefined> {
  const batcher = new Batcher(options);
  for await (const rows of source) {
    for (const row of rows) {
      if (batcher.isDone) break;
      const full = batcher.add(row);
      if (full !== null) yield full;
    }
    if (batcher.isDone) break;
  }
  const rest = batcher.take();
  if (rest.length > 0) yield rest;
}
