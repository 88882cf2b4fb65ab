import { postgresCpu } from './cpu.ts';
import { explain, type Plan } from './plans.ts';
import { findPgbench, pgbench } from './pgbench.ts';
import { load, type Load } from './http-load.ts';
import { nextOf, operationsFor, type Operation } from './operations.ts';
import type { Options } from './options.ts';
import { record } from './record.ts';
import { remade, replay, type Recording, type Replayed } from './replay.ts';
import type { ServerProcess } from './server-process.ts';
import { withoutSession } from './statement.ts';

/** 一种操作的测量结果; rates in requests a second. */
export interface Measured {
  readonly name: Operation['name'];
  readonly title: string;
  readonly api: Load;
  /** All statements of the request, the session's included. */
  readonly pgAll: number;
  /** The operation's own statements under its scope only. */
  readonly pg: number;
  readonly pgbench: number | null;
  /** Processor milliseconds a request costs: the API's own process, PostgreSQL behind the API, PostgreSQL behind pg. Null where /proc tells nothing. */
  readonly cost: { readonly api: number; readonly apiPostgres: number; readonly postgres: number } | null;
  readonly statements: number;
  readonly plans: readonly Plan[];
  readonly faults: readonly string[];
}

/** Where the same statements go straight to, and under which conditions. */
export interface Target { readonly appUrl: string; readonly postmaster: number | null; readonly options: Options }

/** 测量四种操作 on one database: the API, then the same statements straight through pg, then pgbench, one after the other in the same run. */
export async function measureAll(server: ServerProcess, target: Target, say: (line: string) => void): Promise<Measured[]> {
  const results: Measured[] = [];
  for (const operation of await operationsFor(server.port, target.options.only)) {
    say(`  ${operation.title}`);
    const measured = await measure(operation, server, target);
    say(`    API ${Math.round(measured.api.perSecond)}/s (p50 ${measured.api.p50} ms, p99 ${measured.api.p99} ms, ${measured.api.errors} errors) · pg ${Math.round(measured.pg)}/s · pg with session ${Math.round(measured.pgAll)}/s · pgbench ${measured.pgbench === null ? '—' : Math.round(measured.pgbench)}/s ${measured.faults.join(' ')}`);
    results.push(measured);
  }
  return results;
}

const ROUNDS = 4;

/** In four rounds, the API and its baselines by turns, so that what else the machine does in between falls on all alike. */
async function measure(operation: Operation, server: ServerProcess, { appUrl, postmaster, options }: Target): Promise<Measured> {
  const milliseconds = (options.seconds * 1000) / ROUNDS;
  const call = { port: server.port, connections: options.connections, next: nextOf(operation), milliseconds };
  const recordings = await record(server, operation);
  const own: Recording[] = recordings.map((recording) => ({ ...recording, statements: withoutSession(recording.statements) }));
  const straight = (of: readonly Recording[]) => replay({ url: appUrl, recordings: of, connections: options.pool, milliseconds });
  const program = operation.body ? null : findPgbench();
  await load(call);
  await straight(own);
  const [api, pg, pgAll, bench]: [Load[], Replayed[], Replayed[], number[]] = [[], [], [], []];
  const used = { api: 0, apiPostgres: 0, postgres: 0 };
  const postgres = () => (postmaster === null ? null : postgresCpu(postmaster)) ?? Number.NaN;
  for (let round = 0; round < ROUNDS; round += 1) {
    const [node, before] = [await server.cpu(), postgres()];
    api.push(await load(call));
    used.api += await server.cpu() - node;
    const between = postgres();
    used.apiPostgres += between - before;
    pg.push(await straight(own));
    used.postgres += postgres() - between;
    pgAll.push(await straight(recordings));
    if (program !== null) bench.push(await pgbench(program, { url: appUrl, recordings: own, connections: options.pool, seconds: Math.max(1, Math.round(options.seconds / ROUNDS)) }));
  }
  const plans = (await Promise.all(own.slice(0, 1).map((recording) => explain(appUrl, remade(recording))))).flat();
  return {
    name: operation.name, title: operation.title, api: together(api), pg: mean(pg.map(({ perSecond }) => perSecond)), pgAll: mean(pgAll.map(({ perSecond }) => perSecond)), pgbench: bench.length > 0 ? mean(bench) : null,
    cost: Number.isNaN(used.postgres) ? null : { api: each(used.api, api), apiPostgres: each(used.apiPostgres, api), postgres: each(used.postgres, pg) },
    statements: own[0]?.statements.length ?? 0, plans, faults: [...api, ...pg, ...pgAll].flatMap(({ errors, firstError }) => (errors > 0 ? [`${errors}× ${firstError ?? ''}`.slice(0, 300)] : [])),
  };
}

/** Milliseconds a request. */
const each = (seconds: number, loads: readonly { readonly requests: number }[]) => (seconds * 1000) / Math.max(1, loads.reduce((sum, { requests }) => sum + requests, 0));

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function together(loads: readonly Load[]): Load {
  const requests = loads.reduce((sum, each) => sum + each.requests, 0);
  const seconds = loads.reduce((sum, each) => sum + each.seconds, 0);
  const typical = (of: (each: Load) => number) => Math.round(mean(loads.map(of)) * 10) / 10;
  return {
    requests, seconds, perSecond: requests / seconds, bytes: loads.reduce((sum, each) => sum + each.bytes, 0), errors: loads.reduce((sum, each) => sum + each.errors, 0),
    firstError: loads.find(({ firstError }) => firstError)?.firstError ?? null, p50: typical(({ p50 }) => p50), p95: typical(({ p95 }) => p95), p99: typical(({ p99 }) => p99),
  };
}
