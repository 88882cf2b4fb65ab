import { Client } from 'pg';
import { expect, test } from 'vitest';
import { assertDatabase } from '#platform/db/embedded-assert.ts';
import { filledDatabase, testDatabase } from './database.ts';

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ value: unknown }>(sql)).rows[0]?.value;
  } finally {
    await client.end();
  }
}

test('a test database is migrated, passes the start-up checks, and is shared with nobody', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
  await assertDatabase(one.ownerUrl);
  expect(await ask(one.ownerUrl, "select to_regclass('platform.org_unit')::text as value")).toBe('platform.org_unit');
  await ask(one.ownerUrl, 'create table only_here as select 1 as value');
  expect(await ask(two.ownerUrl, "select to_regclass('only_here') as value")).toBeNull();
  await one.drop();
  await expect(ask(one.ownerUrl, 'select 1 as value')).rejects.toThrow(/does not exist/u);
  await two.drop();
});

test('the server is the version the run asked for', async () => {
  const database = await testDatabase();
  expect(await ask(database.ownerUrl, "select (current_setting('server_version_num')::int / 10000)::text as value")).toBe(process.env.SHANZHI_TEST_PG ?? '18');
  await database.drop();
});

test('a filled database is filled once in a run, also when two files ask for it at once, and each copy of it is apart', async () => {
  let filled = 0;
  const copy = () => filledDatabase('filled_by_its_test', async ({ ownerUrl }) => { filled += 1; await ask(ownerUrl, 'create table kept as select 7 as value'); });
  const [one, two] = await Promise.all([copy(), copy()]);
  await ask(one.ownerUrl, 'drop table kept');
  expect([filled, await ask(two.ownerUrl, 'select value from kept')]).toEqual([1, 7]);
  await one.drop();
  await two.drop();
});
