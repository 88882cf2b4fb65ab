import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countyScope, nothing, type Scope } from './access/scope.ts';
import { send } from './db/dialect.ts';
import type { Db } from './db/types.ts';
import { newId } from './ids.ts';
import { makeContext, systemContext } from './make-context.ts';
import { system } from './context.ts';
import { testKit, type TestKit } from './testing/kit.ts';

let world: TestKit;
const county = newId<'OrgUnit'>();

const contextOf = (scope: Scope) => makeContext(world.kit, { actor: system, scope, requestId: 'test', ip: null });
const organisation = (over: Record<string, unknown> = {}) => ({ id: newId<'OrgUnit'>(), countyId: county, kind: 'township' as const, name: '东街道', matchKey: '东街道', ...over });

beforeAll(async () => {
  world = await testKit([]);
  await systemContext(world.kit).transact(async (tx) => {
    tx.auditNothing('fixture');
    await tx.db.insertInto('platform.orgUnit').values(organisation({ id: county, kind: 'county', name: '测试县', matchKey: '测试县' })).execute();
  });
});
afterAll(() => world.stop());

describe('an audited transaction', () => {
  test('a change that records no audit entry does not commit', async () => {
    const unit = organisation();
    await expect(contextOf(countyScope(county)).transact((tx) => tx.db.insertInto('platform.orgUnit').values(unit).execute())).rejects.toThrow('a change must be audited');
    expect(await contextOf(countyScope(county)).read((db) => db.selectFrom('platform.orgUnit').select('id').where('id', '=', unit.id).execute())).toEqual([]);
  });

  test('a change that throws after its audit leaves neither the change nor the entry', async () => {
    const unit = organisation();
    await expect(contextOf(countyScope(county)).transact(async (tx) => {
      await tx.db.insertInto('platform.orgUnit').values(unit).execute();
      tx.audit({ action: 'org.create', subject: ['OrgUnit', unit.id], before: null, after: unit });
      throw new Error('power cut');
    })).rejects.toThrow('power cut');
    expect(await contextOf(countyScope(county)).read((db) => db.selectFrom('audit.entry').select('id').where('subjectId', '=', unit.id).execute())).toEqual([]);
  });

  test('an entry keeps the fields that changed and hides personal data', async () => {
    const id = newId();
    await contextOf(countyScope(county)).transact(async (tx) => {
      tx.audit({ action: 'owner.edit', subject: ['Owner', id], before: { name: '甲', phoneCipher: 'v1.a', room: '101' }, after: { name: '乙', phoneCipher: 'v1.b', room: '101' } });
    });
    const entry = await contextOf(countyScope(county)).read((db) => db.selectFrom('audit.entry').selectAll().where('subjectId', '=', id).executeTakeFirstOrThrow());
    expect(entry.before).toEqual({ name: '甲', phoneCipher: '（已隐去）' });
    expect(entry.after).toEqual({ name: '乙', phoneCipher: '（已隐去）' });
  });

  test.each(['write', 'bulk'] as const)('what travels with the commit of a %s and fails takes everything back, and is what is told', async (kind) => {
    const unit = organisation();
    const doubled = (db: Db) => send(db, db.insertInto('platform.orgUnit').values({ ...unit, name: '又一个' }).compile());
    await expect(world.kit.database[kind](countyScope(county), (db) => db.insertInto('platform.orgUnit').values(unit).execute(), 'test', (db) => Promise.all([doubled(db), doubled(db)]))).rejects.toThrow(/org_unit_pkey/);
    expect(await contextOf(countyScope(county)).read((db) => db.selectFrom('platform.orgUnit').select('id').where('id', '=', unit.id).execute())).toEqual([]);
  });

  test('a transaction in which something failed unheard does not end as if it had been kept', async () => {
    const unit = organisation();
    await expect(contextOf(countyScope(county)).transact(async (tx) => {
      tx.auditNothing('fixture');
      await tx.db.insertInto('platform.orgUnit').values([unit, unit]).execute().catch(() => undefined);
    })).rejects.toThrow('rolled back');
  });

  test('a read cannot write', async () => {
    await expect(contextOf(countyScope(county)).read((db) => db.insertInto('platform.orgUnit').values(organisation()).execute())).rejects.toThrow(/read-only transaction/);
  });

  test('after a failed transaction the next on the same connection works', async () => {
    const narrow = await testKit([], { size: 1 });
    const ctx = makeContext(narrow.kit, { actor: system, scope: nothing, requestId: 'test', ip: null });
    await expect(ctx.read((db) => db.selectFrom('platform.nowhere' as never).selectAll().execute())).rejects.toThrow(/does not exist/);
    expect(await ctx.read((db) => db.selectFrom('platform.orgUnit').select('id').execute())).toEqual([]);
    await narrow.stop();
  });

  test('entries cannot be changed or removed by the role that serves requests', async () => {
    const client = new Client({ connectionString: world.appUrl });
    await client.connect();
    await expect(client.query("update audit.entry set reason = 'x'")).rejects.toThrow(/permission denied/);
    await expect(client.query('delete from audit.entry')).rejects.toThrow(/permission denied/);
    await expect(client.query('truncate audit.seal')).rejects.toThrow(/permission denied/);
    await client.end();
  });
});

describe('a connection that PostgreSQL cuts', () => {
  test.each(['read', 'write', 'bulk'] as const)('fails the %s it is in the middle of, and the next one works', async (kind) => {
    const owner = new Client({ connectionString: world.ownerUrl });
    await owner.connect();
    const cut = world.kit.database[kind](nothing, async (db) => {
      const { pid } = await db.selectNoFrom((eb) => eb.fn<number>('pg_backend_pid', []).as('pid')).executeTakeFirstOrThrow();
      await owner.query('select pg_terminate_backend($1)', [pid]);
      return db.selectFrom('platform.orgUnit').select('id').execute();
    });
    await expect(cut).rejects.toThrow(/terminat|connection/i);
    await owner.end();
    expect(await world.kit.database[kind](nothing, (db) => db.selectFrom('platform.orgUnit').select('id').execute())).toEqual([]);
  });
});

describe('the second lock', () => {
  test('no scope sees no row, whatever the query', async () => {
    expect(await contextOf(nothing).read((db) => db.selectFrom('platform.orgUnit').selectAll().execute())).toEqual([]);
  });

  test('another county sees nothing and can insert nothing here', async () => {
    const other = countyScope(newId());
    expect(await contextOf(other).read((db) => db.selectFrom('platform.orgUnit').selectAll().execute())).toEqual([]);
    await expect(contextOf(other).transact(async (tx) => {
      tx.auditNothing('never reached');
      await tx.db.insertInto('platform.orgUnit').values(organisation()).execute();
    })).rejects.toThrow(/row-level security/);
  });

  test('a scope does not outlive its transaction on a pooled connection', async () => {
    const narrow = await testKit([], { size: 1 });
    const at = (scope: Scope) => makeContext(narrow.kit, { actor: system, scope, requestId: 'test', ip: null });
    await systemContext(narrow.kit).transact(async (tx) => {
      tx.auditNothing('fixture');
      await tx.db.insertInto('platform.orgUnit').values(organisation({ id: county, kind: 'county' })).execute();
    });
    expect(await at(countyScope(county)).read((db) => db.selectFrom('platform.orgUnit').select('id').execute())).toHaveLength(1);
    expect(await at(nothing).read((db) => db.selectFrom('platform.orgUnit').select('id').execute())).toEqual([]);
    expect(await narrow.kit.database.ask((db) => db.selectFrom('platform.orgUnit').select('id').execute())).toEqual([]);
    await narrow.stop();
  });
});
