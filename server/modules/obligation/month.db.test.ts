import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { instant, localDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { everything } from '#platform/access/scope.ts';
import { systemContext } from '#platform/make-context.ts';
import { testWorld, type World } from '#modules/registry/testing/world.ts';
import { obligation } from './index.ts';
import { recordFact } from './record-fact.ts';
import { mortalWorkers } from './testing/mortal-workers.ts';
import { giveOfficers } from './testing/officers.ts';
import { factOf, sample } from './testing/sample.ts';
import { tick } from './tick.ts';

const FIRST = localDate('2026-03-02');
const SUBJECTS = 16;
/** The same numbers for the same start: a month that can be played twice. */
function dice(start: number): () => number {
  let state = start;
  return () => { state = (state * 1_103_515_245 + 12_345) % 2_147_483_648; return state / 2_147_483_648; };
}

/** Who moves the duties at a moment, until none is left that has come. */
interface Workers { at(moment: string): Promise<void>; deaths(): number; stop(): Promise<void> }

/** A worker of this process, which never dies. */
function immortal(world: World): Promise<Workers> {
  return Promise.resolve({ at: async (moment) => { world.clock.set(moment); await tick(systemContext(world.kit)); }, deaths: () => 0, stop: () => Promise.resolve() });
}

/** What is told to whom in a month in which things come in, are accepted, asked about, answered late or not at all. */
async function month(begin: (world: World) => Promise<Workers>): Promise<{ told: string[]; deaths: number }> {
  const world = await testWorld([sample, obligation]);
  const workers = await begin(world);
  await giveOfficers(world);
  const roll = dice(7);
  const plan = Array.from({ length: SUBJECTS }, (_, number) => ({ subject: `s${number}`, received: Math.floor(roll() * 12), accepted: 1 + Math.floor(roll() * 4), answered: 1 + Math.floor(roll() * 14), isAsked: roll() < 0.3, isAnswered: roll() < 0.7 }));
  for (let day = 0; day < 31; day += 1) {
    const on = addDays(FIRST, day);
    for (const { subject, received, accepted, answered, isAsked, isAnswered } of plan) {
      const happens: readonly (readonly [string, number])[] = [['sample.received', received], ['sample.accepted', received + accepted], ...(isAsked ? [['sample.asked', received + accepted + 1], ['sample.told', received + accepted + 3]] as const : []), ...(isAnswered ? [['sample.answered', received + accepted + answered]] as const : [])];
      for (const [event, at] of happens.filter(([, when]) => when === day)) {
        world.clock.set(`${on}T02:00:00.000Z`);
        await systemContext(world.kit).transact(async (tx) => { tx.auditNothing('test'); await recordFact(tx, factOf(world, event, on, { subject: ['Estate', subject], key: `${subject}-${at}`, title: subject })); });
      }
    }
    for (const hour of ['01', '17']) await untilDone(world, workers, `${on}T${hour}:00:00.000Z`);
  }
  const rows = await world.kit.database.read(everything, (db) => db.selectFrom('platform.notice as n').innerJoin('platform.noticeReceipt as r', 'r.noticeId', 'n.id').innerJoin('platform.appUser as u', 'u.id', 'r.userId').select(['n.text', 'u.login', 'n.createdAt']).execute());
  const deaths = workers.deaths();
  await workers.stop();
  await world.stop();
  return { told: rows.map(({ text, login, createdAt }) => `${createdAt} ${login} ${text}`).toSorted(), deaths };
}

/** Rows that a dead worker still holds, until PostgreSQL notices, are passed over by the others: they are asked again. */
async function untilDone(world: World, workers: Workers, moment: string): Promise<void> {
  const waits = () => world.kit.database.read(everything, (db) => db.selectFrom('obligation.obligation').select('id').where('nextAt', '<=', instant(moment)).limit(1).execute());
  do await workers.at(moment); while ((await waits()).length > 0);
}

test('in a month of simulated time workers that are killed at random tell exactly what one that never dies tells, each once and at the same time', async () => {
  const seed = Number(process.env.SHANZHI_TEST_SEED ?? randomInt(1_000_000));
  // Thrown again with this in the environment.
  process.stdout.write(`SHANZHI_TEST_SEED=${seed}\n`);
  const alive = await month(immortal);
  const mortal = await month((world) => mortalWorkers(world.ownerUrl, { count: 3, risk: 0.35, roll: dice(seed) }));
  expect([alive.deaths, mortal.deaths >= 5, alive.told.length > SUBJECTS], `seed ${seed}, ${mortal.deaths} deaths`).toEqual([0, true, true]);
  expect(mortal.told, `seed ${seed}`).toEqual(alive.told);
  expect(new Set(mortal.told).size).toBe(mortal.told.length);
});
