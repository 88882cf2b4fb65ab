import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything } from '../access/scope.ts';
import { testKit, type TestKit } from '../testing/kit.ts';

let world: TestKit;
beforeAll(async () => { world = await testKit([], { slowMs: 30 }); });
afterAll(() => world.stop());

test('a statement slower than the limit is noted with its text, name, rows and request, and never with its values', async () => {
  const { database, slow } = world.kit;
  await database.read(everything, (db) => sql`select ${'13800138000'}::text as phone, pg_sleep(0.05)`.execute(db), 'request-1');
  await database.read(everything, (db) => sql`select ${'13800138000'}::text as quick`.execute(db), 'request-2');
  await database.read(everything, (db) => sql`select pg_sleep(0.05), ${'李四'}::text as name`.execute(db));
  const [second, first] = slow.recent();
  expect(first).toMatchObject({ text: 'select $1::text as phone, pg_sleep(0.05)', rows: 1, requestId: 'request-1', statement: expect.stringMatching(/^s[\w-]{20}$/) });
  expect(first?.ms).toBeGreaterThanOrEqual(50);
  expect(second).toMatchObject({ requestId: null });
  expect(slow.noted()).toBe(2);
  expect(JSON.stringify(slow.recent())).not.toMatch(/13800138000|李四/);
});

test('one that was cut off is noted as well', async () => {
  const { database, slow } = world.kit;
  const before = slow.noted();
  await expect(database.write(everything, async (db, client) => { await client.query("set local statement_timeout = '40ms'"); await sql`select pg_sleep(5)`.execute(db); })).rejects.toMatchObject({ code: '57014' });
  expect(slow.noted()).toBe(before + 1);
});
