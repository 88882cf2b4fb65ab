import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { everything } from '../access/scope.ts';
import { COPY_OPTIONS, ourSchemas, quoted, readTables } from '../backup/catalogue.ts';
import { fingerprintOf } from '../backup/manifest.ts';
import { SEAL } from '../crypto/sealed-table.ts';
import { openVault } from '../crypto/vault.ts';
import { testKit, TEST_SECRET, type TestKit } from '../testing/kit.ts';
import { modules, sealedTables } from '#server/main/modules.ts';
import { loadDemo } from '#seeds/demo/load.ts';
import { keysAt } from './key-record.ts';
import { leftOvers } from './left-over.ts';
import { isOpenedBy, unknownSeals } from './refuse-unknown.ts';
import { resealAll } from './reseal-all.ts';

const NEXT = 'the secret after it, of a test';
const [from, to] = [openVault(TEST_SECRET), openVault(NEXT)];
const PHONE = '13700001234';
/** The further numbers of the same field. */
const MORE = ['13700005678', '057188001234'];
/** Nobody has this number any more: only its index stands in an old value. */
const GONE = '13700009999';
let given: TestKit;
let client: Client;
let schemas: string[];

beforeAll(async () => {
  given = await testKit(modules);
  schemas = await ourSchemas();
  await loadDemo(given);
  client = new Client({ connectionString: given.ownerUrl, options: COPY_OPTIONS });
  await client.connect();
  await plant();
});
afterAll(async () => { await client.end(); await given.stop(); });

/** What the demo county has none of: old values of an import, keys that hold an index, marks of findings, a channel, a second factor, an entry of the book. */
async function plant(): Promise<void> {
  const { rows: [county] } = await client.query<{ id: string }>("select id from platform.org_unit where kind = 'county'");
  const { rows: [user] } = await client.query<{ id: string }>('select id from platform.app_user limit 1');
  const { rows: [owner] } = await client.query<{ id: string }>('select id from registry.owner where phone_cipher is not null limit 1');
  const [countyId, userId, ownerId] = [county?.id, user?.id, owner?.id];
  const phone = { phoneCipher: from.seal([PHONE, ...MORE].join('、')), phoneIndex: from.index('phone', PHONE), phoneLast4: from.index('phone-last4', '1234') };
  await client.query("update registry.owner set phone_cipher = $2, phone_index = $3, phone_last4 = $4, phone_more_index = $5, match_key = 'phone:张三:' || $3 where id = $1", [ownerId, phone.phoneCipher, phone.phoneIndex, phone.phoneLast4, MORE.map((number) => from.index('phone', number))]);
  const batchId = newId();
  await client.query("insert into ledger.batch (id, county_id, kind, status) values ($1, $2, 'units', 'committed')", [batchId, countyId]);
  await client.query("insert into ledger.batch_row (batch_id, county_id, row_no, sheet, sheet_row, raw, fields, outcome, sealed) values ($1, $2, 1, '表', 2, '{}', '{}', 'refused', $3)", [batchId, countyId, from.seal(JSON.stringify({ texts: { ownerPhones: PHONE } }))]);
  const befores = [{ ...phone, phoneMoreIndex: MORE.map((number) => from.index('phone', number)), name: '张三', matchKey: `phone:张三:${phone.phoneIndex}` }, { match_key: `id:${from.index('id', '990101199003070011')}:李四`, phone_index: from.index('phone', GONE) }, { matchKey: `name:${newId()}:王五:${phone.phoneIndex}#x:guard` }, { matchKey: 'name:赵六:1-1-101-aaaaaaaaaaaaaaaa' }];
  await client.query("insert into ledger.batch_change (batch_id, county_id, change_no, table_name, act, subject_ids, befores, after_versions, titles) values ($1, $2, 1, 'registry.owner', 'update', $3, $4, '{2,2,2,2}', '{a,b,c,d}')", [batchId, countyId, [newId(), newId(), newId(), newId()], JSON.stringify(befores)]);
  await client.query("insert into platform.notice_channel (id, county_id, kind, name, facts, secret_cipher, former_cipher, former_until, kinds, created_at, updated_at) values ($1, $2, 'webhook', '平台', '{}', $3, $4, now(), '{}', now(), now())", [newId(), countyId, from.seal('signing'), from.seal('former')]);
  await client.query('insert into platform.totp (user_id, county_id, secret_cipher, created_at) values ($1, $2, $3, now()) on conflict (user_id) do update set secret_cipher = excluded.secret_cipher', [userId, countyId, from.seal('JBSWY3DP')]);
  await client.query('insert into platform.recovery_code (user_id, code_index, county_id, created_at) values ($1, $2, $3, now())', [userId, from.index('recovery-code', 'x'), countyId]);
  await client.query("insert into privacy.erasure (id, county_id, erased_at, ground, proposed_by_name, approved_by_name, counts, kept, book) values ($1, $2, now(), 'other', '甲', '乙', '[]', '[]', $3)", [newId(), countyId, JSON.stringify({ idIndex: null, phoneIndex: phone.phoneIndex, phoneIndexes: [phone.phoneIndex] })]);
}

/** Every row of every table as one text. */
async function dump(): Promise<string> {
  const texts: string[] = [];
  for (const { name } of await readTables(client, schemas)) for (const { row } of (await client.query<{ row: string }>(`select to_jsonb(t)::text as row from ${quoted(client, name)} t`)).rows) texts.push(`${name} ${row}`);
  return texts.join('\n');
}

/** The values of every column that is an index. */
async function indexValues(): Promise<Set<string>> {
  const values = new Set<string>();
  for (const { table, indexes = [] } of sealedTables) for (const column of indexes) for (const { value } of (await client.query<{ value: string }>(`select distinct ${column} as value from ${table} where ${column} is not null`)).rows) values.add(value);
  return values;
}

const plainsOf = (text: string, vault: typeof from) => [...text.matchAll(SEAL)].map(([seal]) => (isOpenedBy(vault, seal) ? vault.open(seal) : '（打不开）')).toSorted();

test('every column of the live database that is named as sealed or keyed is named by a module; one that is not, and a seal in any other column, is found', async () => {
  expect(await unknownSeals(client, schemas, sealedTables, from)).toEqual([]);
  const named = (await client.query<{ name: string }>(
    "select c.oid::regclass || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relkind = 'r' and c.relnamespace::regnamespace::text = any($1) and a.attnum > 0 and not a.attisdropped and (a.attname ~ '_(cipher|index|last4)$' or col_description(c.oid, a.attnum) ~ '密文')", [schemas])).rows.map(({ name }) => name);
  expect(named.length).toBeGreaterThan(30);
  const told = sealedTables.flatMap(({ table, seals = [], indexes = [], mixed = {}, plain = [] }) => [...seals, ...indexes, ...Object.keys(mixed), ...plain].map((column) => `${table}.${column}`));
  const ending = sealedTables.filter(({ ends }) => ends === true).map(({ table }) => `${table}.`);
  expect(named.filter((name) => !told.includes(name) && !ending.some((table) => name.startsWith(table)))).toEqual([]);
  expect(new Set(told).size).toBe(told.length);

  await client.query('begin');
  await client.query('alter table registry.unit add column lock_cipher text');
  await client.query("update registry.company set address = '见 ' || $1 where id = (select min(id::text)::uuid from registry.company)", [from.seal('x')]);
  await client.query('update registry.estate set address = $1 where id = (select min(id::text)::uuid from registry.estate)', [to.seal('of somebody else')]);
  expect(await unknownSeals(client, schemas, sealedTables, from)).toEqual(['registry.company.address', 'registry.unit.lock_cipher']);
  await expect(resealAll(client, { from: TEST_SECRET, to: NEXT, sealed: sealedTables, schemas, say: () => undefined })).rejects.toThrow('程序没有登记 registry.company.address、registry.unit.lock_cipher 里封存的内容');
  await client.query('rollback');
});

test('afterwards everything opens with the new secret to what it was, no index of the old secret is anywhere, and numbers are found again', async () => {
  const before = await dump();
  const old = await indexValues();
  expect(old.size).toBeGreaterThan(100);
  await client.query('begin');
  const done = await resealAll(client, { from: TEST_SECRET, to: NEXT, sealed: sealedTables, schemas, say: () => undefined });
  await client.query('commit');
  const after = await dump();

  expect(plainsOf(after, to)).toEqual(plainsOf(before, from));
  expect(plainsOf(after, from).filter((plain) => plain !== '（打不开）')).toEqual([]);
  const stray = (text: string) => [...new Set([...text.matchAll(/(?<![\w-])[\w-]{22}(?![\w-])/g)].map(([token]) => token).filter((token) => old.has(token)))];
  expect(stray(before).length).toBeGreaterThan(100);
  expect(stray(after)).toEqual([]);
  const { left } = await given.kit.database.read(everything, (db) => leftOvers(db, sealedTables, to));
  expect(left).toEqual([]);
  expect((await given.kit.database.read(everything, (db) => leftOvers(db, sealedTables, from))).left.map(({ table }) => table)).toEqual(expect.arrayContaining(['registry.owner', 'platform.totp', 'ledger.batch_row']));

  const index = to.index('phone', PHONE);
  expect((await client.query('select match_key, phone_last4, phone_more_index from registry.owner where phone_index = $1', [index])).rows).toEqual([{ match_key: `phone:张三:${index}`, phone_last4: to.index('phone-last4', '1234'), phone_more_index: MORE.map((number) => to.index('phone', number)) }]);
  const { rows: [change] } = await client.query<{ befores: Record<string, string>[] }>("select befores from ledger.batch_change where titles = '{a,b,c,d}'");
  const [first, second, third, fourth] = change?.befores ?? [];
  expect([first?.['phoneIndex'], first?.['phoneLast4'], first?.['matchKey']]).toEqual([index, to.index('phone-last4', '1234'), `phone:张三:${index}`]);
  expect(first?.['phoneMoreIndex']).toEqual(MORE.map((number) => to.index('phone', number)));
  expect([to.open(first?.['phoneCipher'] ?? ''), third?.['matchKey']?.split(':').at(-2), fourth?.['matchKey']]).toEqual([[PHONE, ...MORE].join('、'), `${index}#x`, 'name:赵六:1-1-101-aaaaaaaaaaaaaaaa']);
  expect(second).toEqual({ match_key: `id:${to.index('former-index', from.index('id', '990101199003070011'))}:李四`, phone_index: to.index('former-index', from.index('phone', GONE)) });
  expect((await client.query("select book ->> 'phoneIndex' as index, book -> 'phoneIndexes' ->> 0 as again from privacy.erasure where book is not null")).rows).toEqual([{ index, again: index }]);

  // The demo county has published items: their findings are marked anew, and what was answered is still answered. What was issued did not change.
  const marks = (text: string, what: string) => [...text.matchAll(new RegExp(`"${what}": (\\[[^\\]]*\\])`, 'g'))].flatMap(([, list]) => [...(list ?? '').matchAll(/"key": "([^"]+)"/g)].map(([, key]) => key));
  expect(marks(after, 'answers').filter((key) => !marks(after, 'sightings').includes(key))).toEqual([]);
  expect(done.ended).toEqual([{ table: 'platform.recovery_code', rows: 1 }, { table: 'owner.phone_code', rows: 0 }, { table: 'owner.filing', rows: 0 }]);
  expect(done.orphans).toBeGreaterThanOrEqual(2);
  expect(done.rows).toBeGreaterThan(1000);

  expect(await keysAt(given.ownerUrl)).toEqual({ standing: fingerprintOf(NEXT), former: [fingerprintOf(TEST_SECRET)] });
  expect((await client.query("select after ->> 'rows' as rows from audit.entry where action = 'secret.rotate'")).rows).toEqual([{ rows: String(done.rows) }]);
  // Triggers that keep what was issued are on again.
  expect((await client.query("select tgname from pg_trigger where not tgisinternal and tgenabled <> 'O'")).rows).toEqual([]);
});
