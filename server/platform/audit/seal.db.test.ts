import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { systemContext } from '../make-context.ts';
import { testKit, type TestKit } from '../testing/kit.ts';
import { canonicalJson } from './canonical.ts';
import { publishedHead, sealPending, verifyChain } from './seal.ts';

let world: TestKit;
beforeEach(async () => { world = await testKit([]); });
afterEach(() => world.stop());

/** Acts that leave one entry each. */
async function acts(count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    await systemContext(world.kit).transact(async (tx) => { tx.audit({ action: 'thing.edit', subject: ['Thing', newId()], before: { name: `旧${n}` }, after: { name: `新${n}` } }); });
  }
}

async function owner(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: world.ownerUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** What an owner of the database can do, past every lock of ours. */
const asOwner = (...statements: string[]) => owner('alter table audit.seal drop constraint if exists seal_entry_no_fkey', 'alter table audit.entry alter column entry_no drop identity if exists', ...statements);

const SWAP = (one: number, other: number) => [`update audit.entry set entry_no = -1 where entry_no = ${one}`, `update audit.entry set entry_no = ${one} where entry_no = ${other}`, `update audit.entry set entry_no = ${other} where entry_no = -1`];

describe('the chain over the audit trail', () => {
  test('an untouched trail verifies; what is not sealed yet is told apart', async () => {
    await acts(5);
    expect(await sealPending(world.kit, 3)).toBe(3);
    expect(await verifyChain(world.kit)).toEqual({ checked: 3, sealed: 3, unsealedTail: 2, ok: true });
    expect(await sealPending(world.kit, 100)).toBe(2);
    expect(await sealPending(world.kit, 100)).toBe(0);
    expect(await verifyChain(world.kit)).toEqual({ checked: 5, sealed: 5, unsealedTail: 0, ok: true });
  });

  test.each([
    ['an edited entry', ["update audit.entry set after = '{\"name\":\"假\"}' where entry_no = 4"], { entryNo: 4, kind: 'edited' }],
    ['an entry whose actor was changed', ["update audit.entry set actor_name = '别人' where entry_no = 1"], { entryNo: 1, kind: 'edited' }],
    ['a removed entry', ['delete from audit.entry where entry_no = 6'], { entryNo: 6, kind: 'removed' }],
    ['an entry removed together with its seal', ['delete from audit.seal where entry_no = 6', 'delete from audit.entry where entry_no = 6'], { entryNo: 6, kind: 'removed' }],
    ['two entries that changed places', SWAP(3, 7), { entryNo: 3, kind: 'reordered' }],
    ['a removed seal', ['delete from audit.seal where entry_no = 5'], { entryNo: 5, kind: 'seal-edited' }],
    ['an edited hash', [`update audit.seal set hash = repeat('a', 64) where entry_no = 5`], { entryNo: 5, kind: 'seal-edited' }],
    ['an edited link to the previous hash', [`update audit.seal set previous = repeat('b', 64) where entry_no = 5`], { entryNo: 5, kind: 'seal-edited' }],
  ])('%s is named', async (_what, statements, bad) => {
    await acts(9);
    await sealPending(world.kit);
    await asOwner(...statements);
    expect(await verifyChain(world.kit)).toMatchObject({ ok: false, firstBad: bad });
  });

  test('an entry slipped in afterwards, at a number that a failed transaction left free, is named', async () => {
    await acts(3);
    await owner("select nextval(pg_get_serial_sequence('audit.entry', 'entry_no'))");
    await acts(3);
    await sealPending(world.kit);
    expect(await verifyChain(world.kit)).toMatchObject({ ok: true, checked: 6 });
    await asOwner('insert into audit.entry select gen_random_uuid(), 4, county_id, township_id, at, actor_id, actor_name, grant_id, role, action, subject_kind, subject_id, reason, before, after, request_id, ip from audit.entry where entry_no = 3');
    expect(await verifyChain(world.kit)).toMatchObject({ ok: false, firstBad: { entryNo: 4, kind: 'inserted' } });
  });

  test('of several breaches the first is named', async () => {
    await acts(9);
    await sealPending(world.kit);
    await asOwner("update audit.entry set reason = '改' where entry_no in (3, 8)", 'delete from audit.entry where entry_no = 5');
    expect((await verifyChain(world.kit)).firstBad).toMatchObject({ entryNo: 3, kind: 'edited' });
    expect((await verifyChain(world.kit, { from: 4 })).firstBad).toMatchObject({ entryNo: 5, kind: 'removed' });
    expect((await verifyChain(world.kit, { from: 6, to: 7 })).ok).toBe(true);
  });

  test('a head noted earlier shows a trail cut at its end, and one rewritten and sealed anew', async () => {
    await acts(6);
    await sealPending(world.kit);
    const head = await publishedHead(world.kit);
    if (!head) throw new Error('no head');
    expect((await verifyChain(world.kit, { head })).ok).toBe(true);
    await asOwner('delete from audit.seal where entry_no > 4', 'delete from audit.entry where entry_no > 4');
    expect((await verifyChain(world.kit)).ok).toBe(true);
    expect((await verifyChain(world.kit, { head })).firstBad).toMatchObject({ kind: 'removed' });

    await asOwner('delete from audit.seal', "update audit.entry set reason = '改' where entry_no = 2", "insert into audit.entry select gen_random_uuid(), entry_no + 100, county_id, township_id, at, actor_id, actor_name, grant_id, role, action, subject_kind, subject_id, reason, before, after, request_id, ip from audit.entry where entry_no < 4");
    await sealPending(world.kit);
    expect((await verifyChain(world.kit)).ok).toBe(true);
    expect((await verifyChain(world.kit, { head })).firstBad).toMatchObject({ kind: 'head-mismatch' });
  });

  test('several sealers at once seal every entry once', async () => {
    await acts(20);
    const sealed = await Promise.all(Array.from({ length: 4 }, () => sealPending(world.kit, 5)));
    const rest = await sealPending(world.kit, 100);
    expect(sealed.reduce((sum, each) => sum + each, rest)).toBe(20);
    expect(await verifyChain(world.kit)).toMatchObject({ checked: 20, unsealedTail: 0, ok: true });
  });

  test('SM3 seals too, and a chain may change its algorithm on the way', async () => {
    await acts(2);
    await sealPending(world.kit);
    await acts(2);
    await sealPending({ ...world.kit, hash: 'sm3' });
    expect(await publishedHead(world.kit)).toMatchObject({ sealNo: 4, algorithm: 'sm3' });
    expect((await verifyChain(world.kit)).ok).toBe(true);
    await asOwner("update audit.entry set action = 'x' where entry_no = 4");
    expect((await verifyChain(world.kit)).firstBad).toMatchObject({ entryNo: 4, kind: 'edited' });
  });

  test('the app role can neither edit nor remove what it wrote', async () => {
    await acts(1);
    await sealPending(world.kit);
    const client = new Client({ connectionString: world.appUrl });
    await client.connect();
    for (const statement of ["update audit.entry set reason = 'x'", 'delete from audit.entry', "update audit.seal set hash = 'x'", 'delete from audit.seal', 'truncate audit.entry']) {
      await expect(client.query(statement)).rejects.toThrow(/permission denied/u);
    }
    await client.end();
  });

  test('a chain of more than one batch verifies to its end', async () => {
    await systemContext(world.kit).transact(async (tx) => { for (let n = 0; n < 1203; n += 1) tx.audit({ action: 'thing.edit', subject: ['Thing', String(n)], before: null, after: { n } }); });
    expect([await sealPending(world.kit, 1000), await sealPending(world.kit, 1000)]).toEqual([1000, 203]);
    expect(await verifyChain(world.kit)).toEqual({ checked: 1203, sealed: 1203, unsealedTail: 0, ok: true });
    await asOwner("update audit.entry set reason = 'x' where entry_no = 1100");
    expect(await verifyChain(world.kit)).toMatchObject({ checked: 1099, firstBad: { entryNo: 1100, kind: 'edited' } });
  });
});

test('canonical JSON does not depend on the order in which fields were written', () => {
  expect(canonicalJson({ b: [1, { d: null, c: '值' }], a: undefined, e: true })).toBe('{"b":[1,{"c":"值","d":null}],"e":true}');
  expect(canonicalJson({ y: 1, x: 2 })).toBe(canonicalJson({ x: 2, y: 1 }));
});
