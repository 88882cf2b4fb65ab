import { workbookLimits, type WorkbookLimits } from '../limits.ts';
import { inspectUpload, type WorkbookType } from '../open.ts';
import { WorkbookRefusal } from '../refusal.ts';
import { runBlank } from './run-blank.ts';
import type { BlankSheet, Filling } from './types.ts';

const MB = 1_048_576;
/** 空表上限: a blank table is small; a ledger is not meant here. Its thread has this long for the whole work. */
export const blankLimits: WorkbookLimits = { ...workbookLimits, fileBytes: 4 * MB, xlsBytes: 4 * MB, inflatedBytes: 48 * MB, ratioFromBytes: 16 * MB, entries: 512, heapMb: 256, silenceMs: 20_000 };

/** 打开空表: inspected as every upload is, then read in a thread of its own. @throws WorkbookRefusal with the sentence for the user */
export async function openBlank(path: string, name: string, limits = blankLimits): Promise<{ readonly type: WorkbookType; readonly sheets: readonly BlankSheet[] }> {
  const found = await inspectUpload(path, name, limits);
  if (!found.ok) throw new WorkbookRefusal(found.code, found.message);
  const { sheets } = await runBlank({ path, type: found.type, limits, filling: null });
  return { type: found.type, sheets };
}

/** 填空表: the same file with these cells in it, and how its sheets then look; .xlsx stays .xlsx and .xls stays .xls. Done in a thread of its own. @throws WorkbookRefusal */
export async function fillBlank(path: string, type: WorkbookType, filling: Filling, limits = blankLimits): Promise<{ readonly bytes: Buffer; readonly sheets: readonly BlankSheet[] }> {
  const { bytes, sheets } = await runBlank({ path, type, limits, filling });
  if (bytes === null) throw new WorkbookRefusal('broken-workbook');
  return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), sheets };
}
