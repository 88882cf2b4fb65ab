import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { onDatabase, TEMPLATE } from './template.ts';

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
    drop: () => ask(server, `drop database if exists ${name} with (force)`),
  };
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
