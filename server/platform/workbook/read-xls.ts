import { open } from 'node:fs/promises';
import { openBiffBook, type BiffBook } from './biff-book.ts';
import { readBiffRows, surveyBiffSheet } from './biff-sheet.ts';
import { inBatches } from './in-batches.ts';
import type { WorkbookLimits } from './limits.ts';
import { oleStream } from './ole.ts';
import { WorkbookRefusal } from './refusal.ts';
import type { ReadOptions, WorkbookPart } from './sheet.ts';

/** 读 xls: the old binary format. Its stream and its texts are held in memory, its rows come one after the other. What is older than Excel 97 goes another way. @throws WorkbookRefusal password, broken-workbook, too-large */
export async function* readXls(path: string, options: ReadOptions, limits: WorkbookLimits): AsyncGenerator<WorkbookPart, void, undefined> {
  const book = await openBook(path, limits);
  if (book === null) {
    yield* (await import('./read-old-xls.ts')).readOldXls(path, options, limits);
    return;
  }
  if (book.sheets.length === 0) throw new WorkbookRefusal('broken-workbook');
  for (const [index, { name, hidden, at }] of book.sheets.entries()) {
    if (options.sheets !== undefined && !options.sheets.includes(name)) continue;
    const survey = surveyBiffSheet(book, at);
    const { merges, hiddenRows, rowCount } = survey;
    yield { kind: 'sheet', sheet: { name, index, hidden, merges, hiddenRows, rowCount } };
    yield* inBatches(readBiffRows(book, name, survey), options);
  }
}

async function openBook(path: string, limits: WorkbookLimits): Promise<BiffBook | null> {
  const stream = await streamOf(path, limits);
  return stream === null ? null : openBiffBook(stream, limits);
}

/** The stream alone; a small one, and one in a container that does not hold together, by the reader of whole containers. */
async function streamOf(path: string, { oldXlsBytes }: WorkbookLimits): Promise<Buffer | null> {
  const file = await open(path, 'r');
  try {
    const found = await oleStream(file, 'Workbook');
    if (found !== null || (await file.stat()).size > oldXlsBytes) return found;
    return await smallStream(await file.readFile());
  } finally {
    await file.close();
  }
}

async function smallStream(bytes: Buffer): Promise<Buffer | null> {
  const { CFB } = await import('@e965/xlsx');   // large, and rarely needed: loaded only then
  try {
    const entry = CFB.find(CFB.read(bytes, { type: 'buffer' }), '/Workbook');
    return entry === null ? null : Buffer.from(entry.content);
  } catch {
    return null;   // a bare stream of the nineties has no container
  }
}
