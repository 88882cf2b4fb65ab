import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { systemContext } from '#platform/make-context.ts';
import { testWorld, type World } from '#modules/registry/testing/world.ts';
import { obligation } from './index.ts';
import { recordFact } from './record-fact.ts';
import { giveOfficers, toldTo } from './testing/officers.ts';
import { factOf, sample } from './testing/sample.ts';
import { tick } from './tick.ts';
import type { Fact } from './fact.ts';

let world: World;
beforeEach(async () => {
  world = await testWorld([sample, obligation]);
  await giveOfficers(world);
});
afterEach(() => world.stop());

const told = (event: string, on: string, more: Partial<Fact> = {}) => systemContext(world.kit).transact(async (tx) => { tx.auditNothing('test'); return recordFact(tx, factOf(world, event, on, more)); });
const at = async (moment: string) => { world.clock.set(moment); return tick(systemContext(world.kit)); };
const kinds = () => toldTo(world);
const texts = () => world.kit.database.read(everything, (db) => db.selectFrom('platform.notice').select('text').orderBy('id').execute());
const state = () => world.kit.database.read(everything, (db) => db.selectFrom('obligation.obligation').select(['state', 'nextAt', 'dueOn']).orderBy('id').execute());

describe('tick', () => {
  test('warns, tells that it is overdue, goes up: each when its moment has come and each once', async () => {
    await told('sample.accepted', '2026-03-02');
    expect(await at('2026-03-05T15:59:59.999Z')).toBe(0);
    expect(await at('2026-03-05T16:00:00.000Z')).toBe(1);
    expect(await at('2026-03-06T02:00:00.000Z')).toBe(0);
    expect(await kinds()).toEqual(['due east']);
    await at('2026-03-09T16:00:00.000Z');
    expect(await kinds()).toEqual(['due east', 'overdue east']);
    await at('2026-03-16T16:00:00.000Z');
    expect((await kinds()).toSorted()).toEqual(['due east', 'escalated county', 'escalated east', 'overdue east']);
    expect(await at('2026-12-01T00:00:00.000Z')).toBe(0);
    expect((await texts())[1]?.text).toBe('“测试件一”的“答复”到2026年3月9日还没有完成，已经逾期，责任单位：东街道。');
    const events = await world.kit.database.read(everything, (db) => db.selectFrom('platform.event').select(['name']).orderBy('id').execute());
    expect(events.map(({ name }) => name)).toEqual(['obligation.overdue', 'obligation.escalated']);
  });

  test('what was done or stopped in time is not told; what was taken back goes on', async () => {
    await told('sample.accepted', '2026-03-02');
    await told('sample.asked', '2026-03-03');
    expect(await at('2026-06-01T00:00:00.000Z')).toBe(0);
    await told('sample.told', '2026-06-01');
    await told('sample.answered', '2026-06-02');
    expect([await at('2026-07-01T00:00:00.000Z'), await kinds()]).toEqual([0, []]);
  });

  test('what was told of a thing waits for nobody once it is done', async () => {
    const unread = () => world.kit.database.read(everything, async (db) => (await db.selectFrom('platform.noticeReceipt').select('noticeId').where('readAt', 'is', null).execute()).length);
    await told('sample.accepted', '2026-03-02');
    await at('2026-03-10T00:00:00.000Z');
    expect(await unread()).toBe(2);
    await told('sample.answered', '2026-03-10');
    expect(await unread()).toBe(0);
  });

  test('a worker that comes late climbs what it missed, in order, and tells nothing twice', async () => {
    await told('sample.accepted', '2026-03-02');
    expect(await at('2026-04-20T00:00:00.000Z')).toBe(3);
    expect((await kinds()).toSorted()).toEqual(['due east', 'escalated county', 'escalated east', 'overdue east']);
    expect(await at('2026-04-20T00:01:00.000Z')).toBe(0);
  });

  test('two at once share the work: nothing is told twice and nothing is left', async () => {
    for (let number = 0; number < 60; number += 1) await told('sample.received', '2026-03-02', { subject: ['Estate', `s${number}`], key: `k${number}` });
    world.clock.set('2026-03-10T00:00:00.000Z');
    const both = await Promise.all([tick(systemContext(world.kit)), tick(systemContext(world.kit))]);
    expect(both[0] + both[1]).toBe(120);
    const list = await kinds();
    expect([list.filter((each) => each === 'due community').length, list.filter((each) => each === 'overdue community').length, list.length]).toEqual([60, 60, 120]);
    expect((await state()).every(({ nextAt }) => nextAt === null)).toBe(true);
  });
});
