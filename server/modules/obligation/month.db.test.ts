import { expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { systemContext } from '#platform/make-context.ts';
import { testWorld, type World } from '#modules/registry/testing/world.ts';
import { obligation } from './index.ts';
import { recordFact } from './record-fact.ts';
import { giveOfficers } from './testing/officers.ts';
import { factOf, sample } from './testing/sample.ts';
import { tick } from './tick.ts';

const FIRST = localDate('2026-03-02');
const SUBJECTS = 16;
class Died extends Error {}

/** The same numbers for the same start: a month that can be played twice. */
function dice(start: number): () => number {
  let state = start;
  return () => { state = (state * 1_103_515_245 + 12_345) % 2_147_483_648; return state / 2_147_483_648; };
}

/** A worker that dies just before what it did would count, as often as the die says, and is started again. */
async function runUntilDone(world: World, dies: () => boolean): Promise<number> {
  const ctx = systemContext(world.kit);
  const mortal: Ctx = { ...ctx, transact: (work) => ctx.transact(async (tx) => { const result = await work(tx); if (dies()) throw new Died(); return result; }) };
  for (let deaths = 0; ; deaths += 1) {
    try {
      await tick(mortal);
      return deaths;
    } catch (error) {
      if (!(error instanceof Died)) throw error;
    }
  }
}

/** What is told to whom in a month in which things come in, are accepted, asked about, answered late or not at all. */
async function month(dies: () => boolean): Promise<{ told: string[]; deaths: number }> {
  const world = await testWorld([sample, obligation]);
  await giveOfficers(world);
  const roll = dice(7);
  const plan = Array.from({ length: SUBJECTS }, (_, number) => ({ subject: `s${number}`, received: Math.floor(roll() * 12), accepted: 1 + Math.floor(roll() * 4), answered: 1 + Math.floor(roll() * 14), isAsked: roll() < 0.3, isAnswered: roll() < 0.7 }));
  let deaths = 0;
  for (let day = 0; day < 31; day += 1) {
    const on = addDays(FIRST, day);
    for (const { subject, received, accepted, answered, isAsked, isAnswered } of plan) {
      const happens: readonly (readonly [string, number])[] = [['sample.received', received], ['sample.accepted', received + accepted], ...(isAsked ? [['sample.asked', received + accepted + 1], ['sample.told', received + accepted + 3]] as const : []), ...(isAnswered ? [['sample.answered', received + accepted + answered]] as const : [])];
      for (const [event, at] of happens.filter(([, when]) => when === day)) {
        world.clock.set(`${on}T02:00:00.000Z`);
        await systemContext(world.kit).transact(async (tx) => { tx.auditNothing('test'); await recordFact(tx, factOf(world, event, on, { subject: ['Estate', subject], key: `${subject}-${at}`, title: subject })); });
      }
    }
    for (const hour of ['01', '17']) { world.clock.set(`${on}T${hour}:00:00.000Z`); deaths += await runUntilDone(world, dies); }
  }
  const rows = await world.kit.database.read(everything, (db) => db.selectFrom('platform.notice as n').innerJoin('platform.noticeReceipt as r', 'r.noticeId', 'n.id').innerJoin('platform.appUser as u', 'u.id', 'r.userId').select(['n.text', 'u.login', 'n.createdAt']).execute());
  await world.stop();
  return { told: rows.map(({ text, login, createdAt }) => `${createdAt} ${login} ${text}`).toSorted(), deaths };
}

test('in a month of simulated time a worker that dies at random tells exactly what one that never dies tells, each once and at the same time', async () => {
  const alive = await month(() => false);
  const die = dice(11);
  const mortal = await month(() => die() < 0.4);
  expect([alive.deaths, mortal.deaths > 20, alive.told.length > SUBJECTS]).toEqual([0, true, true]);
  expect(mortal.told).toEqual(alive.told);
  expect(new Set(mortal.told).size).toBe(mortal.told.length);
});
