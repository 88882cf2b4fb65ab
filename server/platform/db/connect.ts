import type { CompiledQuery } from 'kysely';
import { Pool, type PoolClient, type QueryResult } from 'pg';
import type { Scope } from '../access/scope.ts';
import { systemClock } from '../clock.ts';
import { BurstSocket } from './burst-socket.ts';
import { kyselyOn, send } from './dialect.ts';
import { listenOn, type Listener } from './listen.ts';
import { attribute, slowLog, type SlowLog } from './slow-log.ts';
import type { Db } from './types.ts';
import { valueTypes } from './values.ts';

/** 数据库:everything the server does with PostgreSQL goes through these few doors. */
export interface Database {
  /** One statement outside any transaction and scope: row-level security shows it nothing, so only functions with their owner's rights answer. */
  ask<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** A read-only transaction under `scope`; a write inside it is refused by PostgreSQL. What is slow in it is filed under `requestId`. */
  read<T>(scope: Scope, work: (db: Db) => Promise<T>, requestId?: string): Promise<T>;
  /** Like `read`, for many statements that must all see the database as it stood at the first. */
  snapshot<T>(scope: Scope, work: (db: Db) => Promise<T>, requestId?: string): Promise<T>;
  /**
   * A read-write transaction under `scope`; commits when `work` resolves, rolls back when it throws. What `last` sends while it is called (`send`) travels with the commit,
   * which comes about only when all of it did.
   */
  write<T>(scope: Scope, work: (db: Db, client: PoolClient) => Promise<T>, requestId?: string, last?: (db: Db) => Promise<unknown>): Promise<T>;
  /**
   * A write of one statement, in one trip, on a connection kept for such, while the caller may hold another: it waits for nothing but PostgreSQL. Its commit does not wait for
   * the disk; whatever commits later takes it there, so that it is there whenever anything is that rests on it.
   */
  brief<R>(scope: Scope, statement: (db: Db) => CompiledQuery<R>, requestId?: string): Promise<R[]>;
  /** Like `write`, on a connection that can carry COPY. */
  bulk<T>(scope: Scope, work: (db: Db, client: PoolClient) => Promise<T>, requestId?: string, last?: (db: Db) => Promise<unknown>): Promise<T>;
  /** Hears what is notified on `channel`, from any process, on a connection of its own that is opened again when it is lost. */
  listen(channel: string, listener: Listener): void;
  /** True when PostgreSQL answers. */
  ping(): Promise<boolean>;
  /** Connections of requests: open, idle, and how many wait for one. */
  load(): PoolLoad;
  close(): Promise<void>;
}

/** 连接池占用. */
export interface PoolLoad { readonly total: number; readonly idle: number; readonly waiting: number }

export interface ConnectOptions {
  /** Connection string of the app role, which owns nothing. */
  readonly url: string;
  readonly size?: number;
  readonly namedStatements?: boolean;
  /** Where slow statements are noted; nowhere when left out. */
  readonly slow?: SlowLog;
}

const READ_ONLY = 'begin read only';
const UNHURRIED = 'begin; set local synchronous_commit = off';
const SET_SCOPE = "select set_config('shanzhi.level', $1, true), set_config('shanzhi.scope_id', $2, true), set_config('shanzhi.county_id', $3, true)";

/** 连接数据库:a pipelined pool for requests, two connections for what is brief, and a small pool for COPY. */
export function connect({ url, size = 8, namedStatements = true, slow = slowLog(null, { now: systemClock.now }) }: ConnectOptions): Database {
  const common = { connectionString: url, types: valueTypes, application_name: 'shanzhi', options: '-c timezone=UTC -c max_parallel_workers_per_gather=0 -c statement_timeout=60000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=120000' };
  const requests = new Pool({ ...common, max: size, pipeline: true, stream: () => new BurstSocket() });
  const briefs = new Pool({ ...common, max: 2, pipeline: true, stream: () => new BurstSocket() });
  const copies = new Pool({ ...common, max: 3, options: '-c timezone=UTC -c lock_timeout=10000' });
  // An idle connection may be cut by the server; the pool replaces it, and a request in flight fails by itself.
  // One cut in the middle of a transaction fails that transaction: without a listener it would end the process.
  for (const pool of [requests, briefs, copies]) pool.on('error', () => undefined).on('connect', (client) => { client.on('error', () => undefined); });

  const listening: { close(): Promise<void> }[] = [];

  const owing = new WeakSet<PoolClient>();
  /** Ends the read that this connection was last lent for, unless that was done. A commit that fails has lost the connection, which fails whatever comes after it by itself. */
  const settle = (client: PoolClient) => { if (owing.delete(client)) client.query('commit').catch(() => undefined); };
  const take = async (pool: Pool, requestId: string | null): Promise<PoolClient> => {
    const client = await pool.connect();
    settle(client);
    attribute(client, requestId);
    return client;
  };

  const enter = (client: PoolClient, scope: Scope, named: boolean) => client.query({ text: SET_SCOPE, values: [scope.level, scope.id ?? '', scope.countyId ?? ''], ...(named ? { name: 'scope' } : {}) });

  const run = async <T>(pool: Pool, begin: string, { scope, work, requestId, last = nothingMore }: { scope: Scope; work: (db: Db, client: PoolClient) => Promise<T>; requestId: string | undefined; last?: ((db: Db) => Promise<unknown>) | undefined }): Promise<T> => {
    const client = await take(pool, requestId ?? null);
    const isPipelined = pool !== copies;
    const named = namedStatements && isPipelined;
    let broken: Error | boolean = false;
    try {
      // On a pipelined connection these are not awaited one by one: they travel with the first query of `work`.
      const opening = isPipelined ? Promise.all([client.query(begin), enter(client, scope, named)]) : client.query(begin).then(() => enter(client, scope, named));
      opening.catch(() => undefined);
      if (!isPipelined) await opening;
      const db = kyselyOn(client, { named, pipelined: isPipelined, slow });
      const result = await work(db, client);
      await opening;
      if (begin === READ_ONLY) {
        // Nothing of a read hangs on its commit: the answer leaves at once. The commit travels with the opening of whoever takes the connection
        // next, in one packet that wakes PostgreSQL once; where nobody does before the program waits again, it leaves by itself.
        owing.add(client);
        setImmediate(settle, client);
      } else if (isPipelined) {
        const [, committed] = await Promise.all([last(db), client.query('commit')]);
        mustBeCommitted(committed);
      } else {
        await last(db);
        mustBeCommitted(await client.query('commit'));
      }
      client.release();
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => { broken = failure; });
      client.release(broken);
      throw error;
    }
  };

  return {
    ask: async (work) => {
      const client = await take(requests, null);
      try {
        return await work(kyselyOn(client, { named: namedStatements, pipelined: true, slow }));
      } finally {
        client.release();
      }
    },
    read: (scope, work, requestId) => run(requests, READ_ONLY, { scope, work, requestId }),
    snapshot: (scope, work, requestId) => run(requests, 'begin isolation level repeatable read read only', { scope, work, requestId }),
    write: (scope, work, requestId, last) => run(requests, 'begin', { scope, work, requestId, last }),
    brief: async (scope, statement, requestId) => {
      const client = await take(briefs, requestId ?? null);
      let broken: Error | boolean = false;
      try {
        const db = kyselyOn(client, { named: namedStatements, pipelined: true, slow });
        const [, , rows, committed] = await Promise.all([client.query(UNHURRIED), enter(client, scope, namedStatements), send(db, statement(db)), client.query('commit')]);
        mustBeCommitted(committed);
        return rows;
      } catch (error) {
        await client.query('rollback').catch((failure: Error) => { broken = failure; });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    bulk: (scope, work, requestId, last) => run(copies, 'begin', { scope, work, requestId, last }),
    listen: (channel, listener) => { listening.push(listenOn({ url, channel, listener })); },
    ping: async () => requests.query('select 1').then(() => true, () => false),
    load: () => ({ total: requests.totalCount, idle: requests.idleCount, waiting: requests.waitingCount }),
    close: async () => { await Promise.all([requests.end(), briefs.end(), copies.end(), ...listening.map((each) => each.close())]); },
  };
}

const nothingMore = (): Promise<void> => Promise.resolve();

/** PostgreSQL answers a commit of what has failed by rolling it back, and calls that no error. @throws Error */
function mustBeCommitted({ command }: Pick<QueryResult, 'command'>): void {
  if (command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back');
}
