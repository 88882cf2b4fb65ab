import { load } from './http-load.ts';
import { nextOf, operationsFor } from './operations.ts';
import type { ServerProcess } from './server-process.ts';

/** 持续压测的结果; memory in MiB at each sample. */
export interface Soak { readonly minutes: number; readonly connections: number; readonly requests: number; readonly perSecond: number; readonly errors: number; readonly firstError: string | null; readonly p99: number; readonly memory: readonly number[] }

const SHARES = { list: 55, search: 25, aggregate: 15, create: 5 } as const;
const SAMPLE_MS = 15_000;

/** 持续压测: a mix of the four operations over so many connections for so many minutes, the server's memory sampled every quarter of a minute. */
export async function soak(server: ServerProcess, { minutes, connections }: { minutes: number; connections: number }): Promise<Soak> {
  const operations = await operationsFor(server.port);
  const mix = operations.flatMap((operation) => Array.from({ length: SHARES[operation.name] }, () => nextOf(operation)));
  const next = () => (mix[Math.floor(Math.random() * mix.length)] ?? mix[0] ?? (() => Buffer.alloc(0)))();
  const memory: number[] = [await resident(server)];
  const timer = setInterval(() => { resident(server).then((size) => memory.push(size), () => undefined); }, SAMPLE_MS);
  const done = await load({ port: server.port, connections, milliseconds: minutes * 60_000, next });
  clearInterval(timer);
  memory.push(await resident(server));
  return { minutes, connections, requests: done.requests, perSecond: done.perSecond, errors: done.errors, firstError: done.firstError, p99: done.p99, memory };
}

const resident = async (server: ServerProcess): Promise<number> => Math.round((await server.rss()) / 1_048_576);
