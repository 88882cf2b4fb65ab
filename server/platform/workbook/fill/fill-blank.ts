import { readFile } from 'node:fs/promises';
import { workbookLimits, type WorkbookLimits } from '../limits.ts';
import { inspectUpload, type WorkbookType } from '../open.ts';
import { WorkbookRefusal } from '../refusal.ts';
import { fillXls } from './fill-xls.ts';
import { fillXlsx } from './fill-xlsx.ts';
import { readBlank } from './read-blank.ts';
import type { BlankSheet, Filling } from './types.ts';
import { proveZip } from '../zip.ts';

const MB = 1_048_576;
/** 空表上限: a blank table is small; a ledger is not meant here. */
export const blankLimits: WorkbookLimits = { ...workbookLimits, fileBytes: 4 * MB, xlsBytes: 4 * MB, inflatedBytes: 48 * MB, ratioFromBytes: 16 * MB, entries: 512 };

/** 打开空表: inspected as every upload is, then read. @throws WorkbookRefusal with the sentence for the user */
export async function openBlank(path: string, name: string): Promise<{ readonly type: WorkbookType; readonly sheets: readonly BlankSheet[] }> {
  const found = await inspectUpload(path, name, blankLimits);
  if (!found.ok) throw new WorkbookRefusal(found.code, found.message);
  // SheetJS inflates in this thread and believes the zip: a part that lies about its size would take all the memory there is.
  if (found.type === 'xlsx') await proveZip(path, blankLimits);
  return { type: found.type, sheets: readBlank(await readFile(path)) };
}

/** 填空表: the same file with these cells in it; .xlsx stays .xlsx and .xls stays .xls. @throws WorkbookRefusal */
export async function fillBlank(path: string, type: WorkbookType, filling: Filling): Promise<Buffer> {
  return type === 'xlsx' ? fillXlsx(path, filling, blankLimits) : fillXls(await readFile(path), filling);
}
