import { explain, type Plan } from './plans.ts';
import { findPgbench, pgbench } from './pgbench.ts';
import { load, type Load } from './http-load.ts';
import { nextOf, operationsFor, type Operation } from './operations.ts';
import type { Options } from './options.ts';
import { record } from './record.ts';
import { replay, type Recording } from './replay.ts';
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
  readonly statements: number;
  readonly plans: readonly Plan[];
  readonly faults: readonly string[];
}

/** 测量四种操作 on one database: the API, then the same statements straight through pg, then pgbench, one after the other in the same run. */
export async function measureAll(server: ServerProcess, appUrl: string, options: Options, say: (line: string) => void): Promise<Measured[]> {
  const results: Measured[] = [];
  for (const operation of await operationsFor(server.port)) {
    say(`  ${operation.title}`);
    const measured = await measure(operation, { server, appUrl, options });
    say(`    API ${Math.round(measured.api.perSecond)}/s (p50 ${measured.api.p50} ms, p99 ${measured.api.p99} ms, ${measured.api.errors} errors) · pg ${Math.round(measured.pg)}/s · pg with session ${Math.round(measured.pgAll)}/s · pgbench ${measured.pgbench === null ? '—' : Math.round(measured.pgbench)}/s ${measured.faults.join(' ')}`);
    results.push(measured);
  }
  return results;
}

async function measure(operation: Operation, { server, appUrl, options }: { server: ServerProcess; appUrl: string; options: Options }): Promise<Measured> {
  const milliseconds = options.seconds * 1000;
  const call = { port: server.port, connections: options.connections, next: nextOf(operation) };
  await load({ ...call, milliseconds: milliseconds / 4 });
  const recordings = await record(server, operation);
  const own: Recording[] = recordings.map((recording) => ({ ...recording, statements: withoutSession(recording.statements) }));
  const api = await load({ ...call, milliseconds });
  const straight = (of: readonly Recording[], time: number) => replay({ url: appUrl, recordings: of, connections: options.pool, milliseconds: time });
  await straight(own, milliseconds / 4);
  const pg = await straight(own, milliseconds);
  // The session's statements carry the idempotency key, which must be new each time as well.
  const pgAll = await straight(recordings, milliseconds);
  const program = operation.body ? null : findPgbench();
  const bench = program === null ? null : await pgbench(program, { url: appUrl, recordings: own, connections: options.pool, seconds: Math.max(1, Math.round(options.seconds)) });
  const plans = (await Promise.all(own.slice(0, 1).map(({ statements }) => explain(appUrl, statements)))).flat();
  return {
    name: operation.name, title: operation.title, api, pg: pg.perSecond, pgAll: pgAll.perSecond, pgbench: bench, statements: own[0]?.statements.length ?? 0, plans,
    faults: [api, pg, pgAll].flatMap(({ errors, firstError }) => (errors > 0 ? [`${errors}× ${firstError ?? ''}`.slice(0, 300)] : [])),
  };
}
