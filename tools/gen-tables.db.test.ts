import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TestDatabase } from '#platform/testing/database.ts';
import { testDatabase } from '#platform/testing/database.ts';
import { tableFiles } from './gen-tables.ts';

let database: TestDatabase;
beforeEach(async () => { database = await testDatabase(); });
afterEach(async () => { await database.drop(); });

/** Paths of generated files that differ from the committed ones. */
async function stale(): Promise<string[]> {
  const differing: string[] = [];
  for (const [path, text] of await tableFiles(database.ownerUrl)) {
    if ((await readFile(join(import.meta.dirname, '..', path), 'utf8').catch(() => null)) !== text) differing.push(path);
  }
  return differing;
}

async function alter(sql: string): Promise<void> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

describe('the generated row types and data dictionary', () => {
  test('are those of the migrated database; refresh with `npm run gen`', async () => {
    expect(await stale()).toEqual([]);
  });

  test('are found stale when a column is added without generating', async () => {
    await alter('alter table platform.org_unit add column planted text');
    expect(await stale()).toEqual(['server/platform/tables.gen.ts', 'docs/generated/data-dictionary.md']);
  });
});

test('suffix gives the brand, check the union, foreign key the id, default Generated, comment the docstring', async () => {
  await alter(`
    create schema sample;
    create table sample.thing (
      id uuid primary key, estate_id uuid not null references registry.estate (id), unrelated_id uuid,
      kind text not null check (kind in ('a', 'b-c')), paid_fen bigint, size_cm2 bigint not null, rate_bp integer not null default 0,
      begins_on date not null, seen_at timestamptz, tags text[] not null, note jsonb, is_open boolean not null default true
    );
    comment on table sample.thing is '样例';
    comment on column sample.thing.paid_fen is '金额,单位:分';
  `);
  const text = (await tableFiles(database.ownerUrl)).get('server/modules/sample/tables.gen.ts') ?? '';
  for (const line of [
    "  /** 样例 */\n  'sample.thing': {", "id: Id<'Thing'>;", "estateId: Id<'Estate'>;", 'unrelatedId: string | null;', "kind: 'a' | 'b-c';",
    '    /** 金额,单位:分 */\n    paidFen: Fen | null;', 'sizeCm2: AreaCm2;', 'rateBp: Generated<BasisPoints>;', 'beginsOn: LocalDate;', 'seenAt: Instant | null;',
    'tags: string[];', 'note: Json | null;', 'isOpen: Generated<boolean>;',
  ]) expect(text).toContain(line);
});
