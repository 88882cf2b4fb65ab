import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { inject } from 'vitest';
import { onDatabase, TEMPLATE } from './template.ts';

/** How long open connections may take to close before a test's database is dropped under them. */
const GOODBYE_MS = 2_000;

/** A database of one test. */
export interface TestDatabase {
  /** Connection string of the owner: it migrates, and row-level security does not hold it. */
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

/** 测试数据库:a fresh, migrated, empty database for one test or one file; real commits, nothing shared. */
export function testDatabase(): Promise<TestDatabase> {
  return copyOf(TEMPLATE);
}

/**
 * 已备好的测试数据库: a copy of a database of this run that `fill` filled when it was first asked for by this name; who asks meanwhile, in any
 * worker, waits for it. Whoever fills must have closed every connection.
 */
export async function filledDatabase(name: `filled_${string}`, fill: (database: TestDatabase) => Promise<void>): Promise<TestDatabase> {
  const server = inject('ownerUrl');
  await asking(server, async (client) => {
    // Held by the session: it ends with it, also when filling fails.
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    if (await isThere(client, name)) return;
    const first = await copyOf(TEMPLATE);
    await fill(first);
    const made = new URL(first.ownerUrl).pathname.slice(1);
    await untilLeft(client, made);
    await client.query(`alter database ${made} rename to ${name}`);
  });
  return copyOf(name);
}

async function copyOf(template: string): Promise<TestDatabase> {
  const server = inject('ownerUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await ask(server, `create database ${name} template ${template} strategy file_copy`);
  return {
    ownerUrl: onDatabase(server, name),
    drop: () => dropDatabase(server, name),
  };
}

const isThere = async (client: Client, name: string): Promise<boolean> => (await client.query('select from pg_database where datname = $1', [name])).rowCount === 1;

/**
 * Pools that were just ended are still saying goodbye; a forced drop would cut them off mid-word, as an error in nobody's test.
 * Whoever stays longer than that has leaked and is cut off.
 */
const dropDatabase = (server: string, name: string): Promise<void> => asking(server, async (client) => {
  await untilLeft(client, name);
  await client.query(`drop database if exists ${name} with (force)`);
});

async function untilLeft(client: Client, name: string): Promise<void> {
  for (const until = Date.now() + GOODBYE_MS; Date.now() < until; await wait(5)) {
    const { rowCount } = await client.query('select from pg_stat_activity where datname = $1', [name]);
    if (rowCount === 0) return;
  }
}

const ask = (url: string, sql: string): Promise<unknown> => asking(url, (client) => client.query(sql));

async function asking<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
