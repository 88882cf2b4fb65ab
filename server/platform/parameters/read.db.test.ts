import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sessionIdleMinutes } from '#domain/administration/policy.ts';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import { countyScope, everything } from '../access/scope.ts';
import type { Ctx } from '../context.ts';
import { newId } from '../ids.ts';
import { makeContext, systemContext } from '../make-context.ts';
import { testKit, type TestKit } from '../testing/kit.ts';
import { setOverride, withdrawOverride } from './change.ts';
import { parameter, parameterValue } from './read.ts';

const county = newId<'OrgUnit'>();
const other = newId<'OrgUnit'>();
const officer = newId<'AppUser'>();
let world: TestKit;
beforeEach(async () => {
  world = await testKit([]);
  await systemContext(world.kit).transact(async (tx) => {
    tx.auditNothing('fixture');
    for (const id of [county, other]) await tx.db.insertInto('platform.orgUnit').values({ id, countyId: id, kind: 'county', name: id, matchKey: id }).execute();
    await tx.db.insertInto('platform.appUser').values({ id: officer, countyId: county, login: 'wang', name: '王', passwordHash: '-' }).execute();
  });
});
afterEach(() => world.stop());

const ctx = (id: Id<'OrgUnit'> = county): Ctx => makeContext(world.kit, { actor: { userId: officer, name: '王', grantId: null, role: 'bureau-clerk', sessionId: null }, scope: countyScope(id), requestId: newId(), ip: null });
const set = (value: unknown, from: string) => ctx().transact((tx) => setOverride(ctx(), tx, sessionIdleMinutes, { value, effectiveFrom: localDate(from), basis: '云住建〔2026〕9号' }));
const on = (day: string, id: string | null = county) => parameterValue(ctx(), id, sessionIdleMinutes, localDate(day));

describe('a parameter', () => {
  test('is the default until the county’s own value begins, and by county', async () => {
    await set(20, '2026-03-01');
    expect([await on('2026-02-28'), await on('2026-03-01'), await on('2026-12-31')]).toEqual([30, 20, 20]);
    expect([await on('2026-12-31', other), await on('2026-12-31', null)]).toEqual([30, 30]);
  });

  test('is the one in force on the day of the act, also after it changed again', async () => {
    await set(20, '2026-03-01');
    await set(60, '2026-06-01');
    expect([await on('2026-05-31'), await on('2026-06-01')]).toEqual([20, 60]);
  });

  test('withdrawn from a day on keeps what it ruled before; withdrawn from its first day it never held', async () => {
    const { id } = await set(20, '2026-03-01');
    await ctx().transact((tx) => withdrawOverride(ctx(), tx, id, { from: localDate('2026-05-01'), reason: '文件废止' }));
    expect([await on('2026-04-30'), await on('2026-05-01')]).toEqual([20, 30]);
    const again = await set(25, '2026-07-01');
    await ctx().transact((tx) => withdrawOverride(ctx(), tx, again.id, { from: localDate('2026-07-01'), reason: '填错' }));
    expect(await on('2026-07-02')).toBe(30);
    await expect(ctx().transact((tx) => withdrawOverride(ctx(), tx, again.id, { from: localDate('2026-07-01'), reason: '再撤' }))).rejects.toMatchObject({ code: 'state.conflict' });
  });

  test('refuses a value out of its range and a second one on the same day', async () => {
    await expect(set(1, '2026-03-01')).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('5 到 480') });
    await expect(set('20', '2026-03-01')).rejects.toMatchObject({ code: 'input.invalid' });
    await set(20, '2026-03-01');
    await expect(set(25, '2026-03-01')).rejects.toMatchObject({ code: 'state.duplicate' });
  });

  test('set twice in one transaction is read anew, and the entry says what it was', async () => {
    await ctx().transact(async (tx) => {
      expect((await parameter(tx, county, sessionIdleMinutes, localDate('2026-03-01'))).value).toBe(30);
      await setOverride(ctx(), tx, sessionIdleMinutes, { value: 20, effectiveFrom: localDate('2026-03-01'), basis: '通知' });
      expect(await parameter(tx, county, sessionIdleMinutes, localDate('2026-03-01'))).toMatchObject({ value: 20, origin: 'county', basis: '通知' });
    });
    const [entry] = await world.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select(['before', 'after', 'reason', 'countyId']).execute());
    expect(entry).toMatchObject({ before: { value: 30, origin: 'default' }, after: { value: 20, from: '2026-03-01', origin: 'county' }, reason: '通知', countyId: county });
  });

  test('of another county can neither be withdrawn nor seen', async () => {
    const { id } = await set(20, '2026-03-01');
    await expect(ctx(other).transact((tx) => withdrawOverride(ctx(other), tx, id, { from: localDate('2026-05-01'), reason: '不该' }))).rejects.toMatchObject({ code: 'not-found' });
    expect(await parameterValue(ctx(other), county, sessionIdleMinutes, localDate('2026-04-01'))).toBe(30);
  });
});
