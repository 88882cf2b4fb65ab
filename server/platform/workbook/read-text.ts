import { readFile } from 'node:fs/promises';
import { decodeText } from './decode-text.ts';
import type { ReadableType } from './open-text.ts';
import { readCsv } from './read-csv.ts';
import { readHtml } from './read-html.ts';
import { readSheetMl } from './read-sheetml.ts';
import type { WorkbookType } from './open.ts';
import { WorkbookRefusal } from './refusal.ts';
import type { ReadOptions, WorkbookPart } from './sheet.ts';

const readers = { html: readHtml, sheetml: readSheetMl } as const;

/** 读文本表格:tables that are text, which is held in memory whole; of those with merged cells, the rows as well. @throws WorkbookRefusal broken-workbook */
export async function* readText(path: string, type: Exclude<ReadableType, WorkbookType>, options: ReadOptions): AsyncGenerator<WorkbookPart, void, undefined> {
  const text = decodeText(await readFile(path));
  if (type === 'csv') {
    yield* readCsv(text, options);
    return;
  }
  const sheets = readers[type](text);
  if (sheets.length === 0) throw new WorkbookRefusal('broken-workbook');
  for (const [index, sheet] of sheets.entries()) yield* sheet.parts(index, options);
}
