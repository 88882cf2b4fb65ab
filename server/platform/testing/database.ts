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
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('ownerUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await ask(server, `create database ${name} template ${TEMPLATE} strategy file_copy`);
  return {
    ownerUrl: onDatabase(server, name),
    drop: () => dropDatabase(server, name),
  };
}

/**
 * Pools that were just ended are still saying goodbye; a forced drop would cut them off mid-word, as an error in nobody's test.
 * Whoever stays longer than that has leaked and is cut off.
 */
async function dropDatabase(server: string, name: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    for (const until = Date.now() + GOODBYE_MS; Date.now() < until; await wait(5)) {
      const { rowCount } = await client.query('select from pg_stat_activity where datname = $1', [name]);
      if (rowCount === 0) break;
    }
    await client.query(`drop database if exists ${name} with (force)`);
  } finally {
    await client.end();
  }
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
