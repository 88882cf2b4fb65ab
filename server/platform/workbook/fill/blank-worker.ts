import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { WorkbookRefusal } from '../refusal.ts';
import { proveZip } from '../zip.ts';
import type { BlankMessage, BlankResult, BlankTask } from './blank-task.ts';
import { fillXls } from './fill-xls.ts';
import { fillXlsx } from './fill-xlsx.ts';
import { readBlank } from './read-blank.ts';

async function carryOut({ path, type, limits, filling }: BlankTask): Promise<BlankResult> {
  // SheetJS believes the zip: a part that lies about its size would take all the memory there is.
  if (type === 'xlsx') await proveZip(path, limits);
  if (filling === null) return { bytes: null, sheets: readBlank(await readFile(path)) };
  const bytes = type === 'xlsx' ? await fillXlsx(path, filling, limits) : fillXls(await readFile(path), filling);
  return { bytes, sheets: readBlank(bytes) };
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
