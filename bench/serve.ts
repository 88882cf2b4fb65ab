import pg from 'pg';
import { readConfig } from '#platform/config.ts';
import { APP_ROLE } from '#platform/db/roles.ts';
import { buildServer } from '#platform/http/serve.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { boot } from '#server/main/boot.ts';
import type { Statement } from './statement.ts';

/**
 * 被测服务: the product's own server and worker in a process of its own, plus two questions over IPC: which statements has the app role
 * sent (`capture` … `captured`), and how much memory is resident (`rss`).
 */
let capturing: Statement[] | null = null;
watchStatements();

const config = readConfig(process.env);
const running = await boot(config, { log: () => undefined });
const app = await buildServer(running.kit, { logLevel: 'warn' });
const worker = await startWorker(running.kit, { jobsUrl: running.jobsUrl, log: (_level, message) => console.error(message) });
await app.listen({ host: '127.0.0.1', port: config.port });
process.on('message', (message) => { answer(String(message)).catch(fail); });
process.once('disconnect', () => { stop().catch(fail); });
process.send?.({ kind: 'ready' });

async function answer(question: string): Promise<void> {
  if (question === 'rss') {
    process.send?.({ kind: 'rss', rss: process.memoryUsage.rss(), heap: process.memoryUsage().heapUsed });
  } else if (question === 'cpu') {
    const { user, system } = process.cpuUsage();
    process.send?.({ kind: 'cpu', seconds: (user + system) / 1_000_000 });
  } else if (question === 'capture') {
    capturing = [];
    process.send?.({ kind: 'capture' });
  } else if (question === 'captured') {
    process.send?.({ kind: 'captured', statements: capturing ?? [] });
    capturing = null;
  } else if (question === 'stop') await stop();
}

async function stop(): Promise<void> {
  await app.close();
  await worker.stop();
  await running.stop();
  process.exit(0);
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

/** Notes what the app role sends while a capture is on; costs one comparison otherwise. */
function watchStatements(): void {
  const numbers = new WeakMap<object, number>();
  const send: unknown = Reflect.get(pg.Client.prototype, 'query');
  if (typeof send !== 'function') throw new TypeError('pg has no query to watch');
  let connections = 0;
  const watched = function (this: pg.Client, ...given: unknown[]): unknown {
    if (capturing && this.user === APP_ROLE) {
      const [first, second] = given;
      const connection = numbers.get(this) ?? connections++;
      numbers.set(this, connection);
      const text = typeof first === 'string' ? first : textOf(first);
      const values = typeof first === 'object' && first !== null && 'values' in first && Array.isArray(first.values) ? first.values : Array.isArray(second) ? second : [];
      capturing.push({ text, values, connection });
    }
    return Reflect.apply(send, this, given);
  };
  Reflect.set(pg.Client.prototype, 'query', watched);
}

const textOf = (query: unknown): string => (typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : '');
