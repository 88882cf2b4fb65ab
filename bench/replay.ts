import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { valueTypes } from '#platform/db/values.ts';
import type { Statement } from './statement.ts';

/** 同样的语句: one recorded request. `fresh` lists what must differ each time (new ids, new room numbers); empty for reads. */
export interface Recording { readonly statements: readonly Statement[]; readonly fresh: readonly string[] }

/** 基线的结果. */
export interface Replayed { readonly requests: number; readonly perSecond: number; readonly errors: number; readonly firstError: string | null }

/** 基线: the recorded statements of a request sent straight through pg, named and pipelined, over as many connections as the server's pool has. */
export async function replay({ url, recordings, connections, milliseconds }: { url: string; recordings: readonly Recording[]; connections: number; milliseconds: number }): Promise<Replayed> {
  const clients = await Promise.all(Array.from({ length: connections }, async () => {
    const config = { connectionString: url, pipeline: true, options: '-c timezone=UTC', application_name: 'shanzhi bench', types: valueTypes };
    const client = new pg.Client(config);
    await client.connect();
    return client;
  }));
  const errors: string[] = [];
  let requests = 0;
  const started = performance.now();
  const until = started + milliseconds;
  try {
    await Promise.all(clients.map(async (client) => {
      while (performance.now() < until && errors.length < 100) {
        const recording = recordings[Math.floor(Math.random() * recordings.length)];
        if (!recording) throw new RangeError('nothing was recorded');
        const settled = await Promise.allSettled(remade(recording).map((statement) => client.query({ text: statement.text, values: [...statement.values], ...nameOf(statement) })));
        const failure = settled.find((each) => each.status === 'rejected');
        if (failure) { errors.push(String(failure.reason)); await client.query('rollback'); } else requests += 1;
      }
    }));
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
  return { requests, perSecond: (requests * 1000) / (performance.now() - started), errors: errors.length, firstError: errors[0] ?? null };
}

const names = new Map<string, string>();
function nameOf({ text, values }: Statement): { name?: string } {
  if (values.length === 0) return {};
  const name = names.get(text) ?? `b${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`;
  names.set(text, name);
  return { name };
}

/** The statements with every `fresh` text replaced by a new one of the same form, the same everywhere within the request. */
export function remade({ statements, fresh }: Recording): readonly Statement[] {
  if (fresh.length === 0) return statements;
  const changes = fresh.map((old) => [old, anew(old)] as const);
  const change = (value: unknown): unknown => {
    if (typeof value === 'string') return changes.reduce((text, [old, now]) => text.replaceAll(old, now), value);
    return Array.isArray(value) ? value.map(change) : value;
  };
  return statements.map((statement) => ({ ...statement, values: statement.values.map(change) }));
}

/** Counts through all runs of this process, so that no digits come twice; begins with the time, so that a database that is kept has not seen them either. */
let counted = Date.now();

/** A new uuid for a uuid (its time kept, so that ids still grow at the end of the index); for digits the next of a count, as many of them. */
function anew(old: string): string {
  if (/^[0-9a-f]{8}-/.test(old)) return `${Date.now().toString(16).padStart(12, '0').replace(/^(.{8})/, '$1-')}-7${randomUUID().slice(15)}`;
  const many = old.match(/\d/g)?.length ?? 0;
  const digits = String((counted += 1)).padStart(many, '0').slice(-many);
  let at = 0;
  return old.replaceAll(/\d/g, () => digits[at++] ?? '0');
}
