import { Worker } from 'node:worker_threads';
import { WorkbookRefusal } from '../refusal.ts';
import type { BlankMessage, BlankResult, BlankTask } from './blank-task.ts';

/** So many blanks are worked on at once; others wait for their turn, so that a pile of them takes no more memory than two. */
const AT_ONCE = 2;
/** More than these do not wait: somebody is told to come back instead of looking at a page that does not come. */
const MOST_WAITING = 20;
const turns = { running: 0, waiting: new Array<() => void>() };

/**
 * 在线程里办空表: reads or fills somebody else's workbook in a thread with its own memory, and ends the thread when its time is up.
 * @throws WorkbookRefusal out-of-memory, too-slow, and whatever the reading refuses
 */
export async function runBlank(task: BlankTask): Promise<BlankResult> {
  if (turns.waiting.length >= MOST_WAITING) throw new WorkbookRefusal('too-slow', '现在同时处理的表太多，请过几分钟再试。');
  if (turns.running >= AT_ONCE) await new Promise<void>((resolve) => { turns.waiting.push(resolve); });
  else turns.running += 1;
  try {
    return await inThread(task);
  } finally {
    // The place goes to whoever waits longest, without being free in between.
    const next = turns.waiting.shift();
    if (next === undefined) turns.running -= 1;
    else next();
  }
}

async function inThread(task: BlankTask): Promise<BlankResult> {
  const worker = new Worker(new URL('blank-worker.ts', import.meta.url), { workerData: task, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: task.limits.heapMb, maxYoungGenerationSizeMb: 16 } });
  let timer: NodeJS.Timeout | undefined;
  try {
    const message = await new Promise<BlankMessage>((resolve, reject) => {
      timer = setTimeout(() => reject(new WorkbookRefusal('too-slow')), task.limits.silenceMs);
      worker.once('message', resolve);
      worker.once('error', (error: Error) => reject(new WorkbookRefusal('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'broken-workbook')));
      worker.once('exit', () => reject(new WorkbookRefusal('broken-workbook')));   // harmless once the message came
    });
    if (message.kind === 'refused') throw new WorkbookRefusal(message.code, message.message);
    return message.result;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
