import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { workbookLimits, type WorkbookLimits } from './limits.ts';
import type { ReadableType } from './open-text.ts';
import type { ReadMessage, ReadTask } from './read-worker.ts';
import { WorkbookRefusal } from './refusal.ts';
import type { ReadOptions, WorkbookPart } from './sheet.ts';

/**
 * 读工作簿:sheets and batches of rows, in a thread of its own, only as fast as they are taken.
 *
 * Each sheet is announced before its rows. Breaking off the loop, or `signal`, ends the thread.
 * @throws WorkbookRefusal password, zip-bomb, broken-zip, broken-workbook, out-of-memory, too-slow, aborted
 */
export async function* readWorkbook(
  path: string, type: ReadableType,
  { signal, limits = workbookLimits, ...options }: ReadOptions & { readonly signal?: AbortSignal; readonly limits?: WorkbookLimits } = {},
): AsyncGenerator<WorkbookPart, void, undefined> {
  if (signal?.aborted === true) throw new WorkbookRefusal('aborted');
  const workerData: ReadTask = { path, type, options, limits };
  const worker = new Worker(new URL('read-worker.ts', import.meta.url), { workerData, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, maxYoungGenerationSizeMb: 16 } });
  const inbox = new Inbox(limits.silenceMs);
  const abort = () => inbox.fail(new WorkbookRefusal('aborted'));
  worker.on('message', (message: ReadMessage) => inbox.put(message));
  worker.on('error', (error) => inbox.fail(crashOf(error)));
  worker.on('exit', () => inbox.fail(new WorkbookRefusal('broken-workbook')));   // harmless once the end was told
  signal?.addEventListener('abort', abort);
  try {
    for (let message = await inbox.take(); message.kind !== 'end'; message = await inbox.take()) {
      if (message.kind === 'refused') throw new WorkbookRefusal(message.code, message.message);
      yield message.part;
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
      worker.postMessage('taken');
      await nextTurn();   // parts that wait already would else be taken in one go, and others' requests would wait
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    await worker.terminate();
  }
}

function crashOf(error: unknown): WorkbookRefusal {
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return new WorkbookRefusal(isMemory ? 'out-of-memory' : 'broken-workbook');
}

/** Messages that came before they were asked for; a failure is told once everything before it was taken, an abort at once. */
class Inbox {
  private readonly messages: ReadMessage[] = [];
  private failure: WorkbookRefusal | null = null;
  private wake: (() => void) | null = null;
  private readonly silenceMs: number;

  constructor(silenceMs: number) { this.silenceMs = silenceMs; }

  put(message: ReadMessage): void {
    this.messages.push(message);
    this.wake?.();
  }

  fail(failure: WorkbookRefusal): void {
    this.failure ??= failure;
    this.wake?.();
  }

  async take(): Promise<ReadMessage> {
    for (;;) {
      if (this.failure?.code === 'aborted') throw this.failure;
      const message = this.messages.shift();
      if (message !== undefined) return message;
      if (this.failure !== null) throw this.failure;
      await new Promise<void>((resolve) => {
        const silence = setTimeout(() => { this.fail(new WorkbookRefusal('too-slow')); }, this.silenceMs);
        this.wake = () => { clearTimeout(silence); resolve(); };
      });
    }
  }
}
