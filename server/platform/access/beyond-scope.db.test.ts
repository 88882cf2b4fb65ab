import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../db/dialect.ts';
import type { Db } from '../db/types.ts';
import { newId } from '../ids.ts';
import { testKit, type TestKit } from '../testing/kit.ts';
import { beyondScope, sentBeyondScope } from './beyond-scope.ts';
import { countyScope } from './scope.ts';

let world: TestKit;
beforeAll(async () => { world = await testKit([]); });
afterAll(() => world.stop());

const scope = countyScope(newId());
const level = async (db: Db): Promise<string | undefined> => (await send(db, sql<{ level: string }>`select current_setting('shanzhi.level') as level`.compile(db)))[0]?.level;

test.each(['write', 'bulk'] as const)('what works beyond the scope sees everything, and what comes after it in the same %s what it saw before', async (kind) => {
  const seen = await world.kit.database[kind](scope, async (db) => [
    await level(db), await beyondScope({ db }, async () => [await level(db), await beyondScope({ db }, () => level(db)), await level(db)]), await level(db),
  ]);
  expect(seen).toEqual(['county', ['everything', 'everything', 'everything'], 'county']);
});

test.each(['write', 'bulk'] as const)('sent beyond the scope beside others, it alone is beyond it, though nobody waits for anything in the same %s', async (kind) => {
  const seen = await world.kit.database[kind](scope, (db) => Promise.all([level(db), sentBeyondScope({ db }, () => level(db)), level(db), sentBeyondScope({ db }, () => sentBeyondScope({ db }, () => level(db))), level(db)]));
  expect(seen).toEqual(['county', 'everything', 'county', 'everything', 'county']);
});
