import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { WorkbookRefusal } from '../refusal.ts';
import { proveZip } from '../zip.ts';
import type { BlankMessage, BlankResult, BlankTask } from './blank-task.ts';
import { fillXls, partsOfXls } from './fill-xls.ts';
import { fillXlsx } from './fill-xlsx.ts';
import { looksOfXls } from './look-xls.ts';
import { looksOfXlsx } from './look-xlsx.ts';
import { readBlank } from './read-blank.ts';
import { readParts } from './xlsx-parts.ts';

async function carryOut({ path, type, limits, filling }: BlankTask): Promise<BlankResult> {
  // SheetJS believes the zip: a part that lies about its size would take all the memory there is.
  if (type === 'xlsx') await proveZip(path, limits);
  if (type === 'xlsx') {
    const { bytes, book } = filling === null ? { bytes: null, book: await readParts(path, limits) } : await fillXlsx(path, filling, limits);
    return { bytes, sheets: looksOfXlsx(readBlank(bytes ?? await readFile(path)), book) };
  }
  const before = await readFile(path);
  const bytes = filling === null ? null : fillXls(before, filling);
  const sheets = readBlank(bytes ?? before);
  const parts = partsOfXls(bytes ?? before);
  return { bytes, sheets: looksOfXls(sheets, parts.globals, parts.sheets) };
}

function refusalOf(error: unknown): BlankMessage {
  const refusal = error instanceof WorkbookRefusal ? error : new WorkbookRefusal('broken-workbook');
  return { kind: 'refused', code: refusal.code, message: refusal.message };
}

if (parentPort !== null) {
  const port = parentPort;
  const task: BlankTask = workerData;
  void carryOut(task)
    .then((result) => port.postMessage({ kind: 'done', result } satisfies BlankMessage))
    .catch((error: unknown) => port.postMessage(refusalOf(error)))
    .finally(() => port.close());
}
