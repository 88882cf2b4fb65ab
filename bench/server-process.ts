import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { environment } from '../tools/bootstrap/node.mjs';
import type { Statement } from './statement.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** 被测服务的句柄: a process of its own on a port of 127.0.0.1. */
export interface ServerProcess {
  readonly port: number;
  /** Resident memory in bytes, as it is. */
  rss(): Promise<number>;
  /** Processor time used so far, in seconds. */
  cpu(): Promise<number>;
  /** The statements the app role sends while `work` runs. */
  captured(work: () => Promise<unknown>): Promise<Statement[]>;
  stop(): Promise<void>;
}

/** 启动被测服务 on this database. @throws Error when it ends before it is ready */
export async function startServer({ ownerUrl, port, folder, flags }: { ownerUrl: string; port: number; folder: string; flags: readonly string[] }): Promise<ServerProcess> {
  const child = fork(fileURLToPath(new URL('serve.ts', import.meta.url)), {
    execArgv: ['--disable-warning=DeprecationWarning', ...flags], stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...environment(ROOT), DATABASE_URL: ownerUrl, SHANZHI_DEMO: '1', SHANZHI_DATA: folder, PORT: String(port), HOST: '127.0.0.1', NODE_ENV: 'test' },
  });
  await reply(child, 'ready');
  const ask = async (question: string): Promise<Record<string, unknown>> => { child.send(question); return reply(child, question); };
  return {
    port,
    rss: async () => Number((await ask('rss')).rss),
    cpu: async () => Number((await ask('cpu')).seconds),
    captured: async (work) => {
      await ask('capture');
      await work();
      const { statements } = await ask('captured');
      if (!isStatements(statements)) throw new TypeError('the server answered something else than statements');
      return statements;
    },
    stop: () => new Promise((resolve) => { child.once('exit', () => resolve()); child.send('stop'); }),
  };
}

const isStatements = (value: unknown): value is Statement[] => Array.isArray(value);

function reply(child: ChildProcess, kind: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => { child.off('message', take); child.off('exit', gone); act(); };
    const take = (message: unknown) => {
      if (typeof message === 'object' && message !== null && 'kind' in message && message.kind === kind) settle(() => resolve({ ...message }));
    };
    const gone = (code: number | null) => settle(() => reject(new Error(`the measured server ended with ${String(code)}`)));
    child.on('message', take);
    child.once('exit', gone);
  });
}
