import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from './testing/database.ts';

let database: TestDatabase;
let owner: Client;
beforeAll(async () => {
  database = await testDatabase();
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => { await owner.end(); await database.drop(); });

/** Tables that the kit's own code reaches before there is a scope, or that hold nothing of anybody. Each with its reason. */
const OPEN: Record<string, string> = {
  'platform.session': 'found by the hash of a secret token, before there is a scope',
  'platform.sign_in_guard': 'counts failures before there is a user',
  'platform.idempotency_key': 'keyed by the user and a random mark',
  'platform.link': 'found by the hash of a secret token, before there is a scope; names no person',
  'platform.holiday_notice': 'national, public',
  'platform.oidc_spent_state': 'digests of random marks, before there is a user',
  'platform.event': 'ids only; read by the worker',
  'platform.event_delivery': 'ids only; read by the worker and the system administrator',
  'audit.seal': 'hashes only',
};

const unprotected = async () => (await owner.query<{ name: string }>(
  `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and not c.relrowsecurity and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'graphile_worker') order by 1`)).rows.map((row) => row.name);

test('every table is under row-level security, but for those that say why not', async () => {
  expect(await unprotected()).toEqual(Object.keys(OPEN).toSorted());
});

test('a table that forgets its protection is caught', async () => {
  await owner.query('create table registry.forgotten (id uuid primary key)');
  expect(await unprotected()).toContain('registry.forgotten');
  await owner.query('drop table registry.forgotten');
});

test('every table and schema has a comment, so that the data dictionary is whole', async () => {
  const { rows } = await owner.query(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and obj_description(c.oid, 'pg_class') is null and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'graphile_worker')`);
  expect(rows).toEqual([]);
});
