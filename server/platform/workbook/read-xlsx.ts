import type { WorkbookLimits } from './limits.ts';
import { BATCH_ROWS, type ReadOptions, type SheetRow, type WorkbookPart } from './sheet.ts';
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
      for await (const rows of inBatches(readSheetRows(zip, part, name, book), options)) yield { kind: 'rows', rows };
    }
  } finally {
    zip.close();
  }
}

async function* inBatches(source: AsyncGenerator<SheetRow[], void, undefined>, options: ReadOptions): AsyncGenerator<SheetRow[], void, undefined> {
  const size = options.batchRows ?? BATCH_ROWS;
  let left = options.rowsPerSheet ?? Number.POSITIVE_INFINITY;
  let batch: SheetRow[] = [];
  for await (const rows of source) {
    for (const row of rows) {
      if (left <= 0) break;
      left -= 1;
      batch.push(row);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
    if (left <= 0) break;
  }
  if (batch.length > 0) yield batch;
}
