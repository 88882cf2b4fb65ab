import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnv } from '#platform/testing/child-env.ts';

/** 会死的工作进程: several at once, each of its own process. `at` lets all of them move the duties at one moment. */
export interface MortalWorkers { at(moment: string): Promise<void>; deaths(): number; stop(): Promise<void> }

/**
 * 开工: so many workers on this database. At each moment each of them may be told to die, as the dice say, at one of its statements; who died is replaced before
 * the next. @throws Error when one ends in another way
 */
export async function mortalWorkers(ownerUrl: string, { count, risk, roll }: { count: number; risk: number; roll: () => number }): Promise<MortalWorkers> {
  let deaths = 0;
  const spawned = () => {
    const child = fork(fileURLToPath(new URL('./month-worker.fixture.ts', import.meta.url)), [ownerUrl], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: childEnv({}) });
    return { child, ready: heard(child, 'ready') };
  };
  // One in reserve: it gets ready while the others work.
  const workers = Array.from({ length: count + 1 }, spawned);
  const work = async ({ child, ready }: ReturnType<typeof spawned>, order: object): Promise<boolean> => {
    await ready;
    const done = heard(child, 'done');
    child.send(order);
    return (await done) === 'killed';
  };
  return {
    at: async (moment) => {
      const called = workers.splice(0, count);
      // Drawn before anybody begins: the same dice give the same orders, however fast each of them is.
      const orders = called.map(() => ({ moment, dieAt: roll() < risk ? 1 + Math.floor(roll() * MOST_STATEMENTS) : null, isSent: roll() < 0.5 }));
      const isDead = await Promise.all(called.map((worker, index) => work(worker, orders[index] ?? {})));
      deaths += isDead.filter(Boolean).length;
      workers.push(...called.filter((_worker, index) => isDead[index] !== true));
      while (workers.length <= count) workers.push(spawned());
    },
    deaths: () => deaths,
    stop: async () => { await Promise.all(workers.map(async ({ child, ready }) => { await ready; const gone = new Promise((resolve) => { child.once('exit', resolve); }); child.disconnect(); await gone; })); },
  };
}

/** A tick that has something to do sends about so many. */
const MOST_STATEMENTS = 30;

/** Its next word, or that it was killed. */
function heard(child: ChildProcess, word: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => { child.off('message', take); child.off('exit', gone); act(); };
    const take = (message: unknown) => { if (message === word) settle(() => resolve(word)); };
    const gone = (code: number | null, signal: NodeJS.Signals | null) => settle(() => (signal === 'SIGKILL' ? resolve('killed') : reject(new Error(`a worker ended by itself with ${String(code)}`))));
    child.on('message', take);
    child.once('exit', gone);
  });
}
