import { parentPort, workerData } from 'node:worker_threads';
import type { WorkbookLimits } from './limits.ts';
import type { ReadableType } from './open-text.ts';
import { WorkbookRefusal, type RefusalCode } from './refusal.ts';
import { MAX_MERGES, type ReadOptions, type WorkbookPart } from './sheet.ts';

/** 读取任务:what the worker is started with. */
export interface ReadTask { readonly path: string; readonly type: ReadableType; readonly options: ReadOptions; readonly limits: WorkbookLimits }

/** 读取消息:what the worker sends; it waits for one credit per part beyond the first `WINDOW`. */
export type ReadMessage =
  | { readonly kind: 'part'; readonly part: WorkbookPart }
  | { readonly kind: 'end' }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

/** 预读窗口:parts that may be under way before the reader has taken the first. */
export const WINDOW = 4;

/** Waits whenever `WINDOW` parts are on their way and none was taken. */
async function send(port: NonNullable<typeof parentPort>, task: ReadTask): Promise<void> {
  const state: { credits: number; wake: (() => void) | null } = { credits: WINDOW, wake: null };
  port.on('message', () => {
    state.credits += 1;
    state.wake?.();
  });
  let isEmpty = task.options.sheets === undefined;
  let merges = MAX_MERGES;
  for await (const found of await partsOf(task)) {
    const part = found.kind === 'sheet' ? { ...found, sheet: { ...found.sheet, merges: found.sheet.merges.slice(0, merges) } } : found;
    if (part.kind === 'rows') isEmpty = false;
    else merges -= part.sheet.merges.length;
    while (state.credits === 0) await new Promise<void>((resolve) => { state.wake = resolve; });
    state.credits -= 1;
    port.postMessage({ kind: 'part', part } satisfies ReadMessage);
  }
  if (isEmpty) throw new WorkbookRefusal('no-sheets');
}

/** The reader of the old format is large and rarely needed: loaded only then. */
async function partsOf({ type, path, options, limits }: ReadTask): Promise<AsyncGenerator<WorkbookPart, void, undefined>> {
  if (type === 'xlsx') return (await import('./read-xlsx.ts')).readXlsx(path, options, limits);
  if (type === 'xls') return (await import('./read-xls.ts')).readXls(path, options, limits);
  return (await import('./read-text.ts')).readText(path, type, options);
}

function refusalOf(error: unknown): ReadMessage {
  const refusal = error instanceof WorkbookRefusal ? error : new WorkbookRefusal('broken-workbook');
  return { kind: 'refused', code: refusal.code, message: refusal.message };
}

if (parentPort !== null) {
  const port = parentPort;
  const task: ReadTask = workerData;
  void send(port, task)
    .then(() => port.postMessage({ kind: 'end' } satisfies ReadMessage))
    .catch((error: unknown) => port.postMessage(refusalOf(error)))
    .finally(() => port.close());
}
