import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { systemContext } from '#platform/make-context.ts';
import { childEnv } from '#platform/testing/child-env.ts';
import { testWorld, type World } from '#modules/registry/testing/world.ts';
import { obligation } from './index.ts';
import { recordFact } from './record-fact.ts';
import { giveOfficers, toldTo } from './testing/officers.ts';
import { factOf, sample } from './testing/sample.ts';
import { tick } from './tick.ts';

const LOCK = 707;
let world: World;
let owner: Client;
beforeEach(async () => {
  world = await testWorld([sample, obligation]);
  await giveOfficers(world);
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  for (let number = 0; number < 5; number += 1) {
    await systemContext(world.kit).transact(async (tx) => { tx.auditNothing('test'); await recordFact(tx, factOf(world, 'sample.received', '2026-03-02', { subject: ['Estate', `s${number}`], key: `k${number}` })); });
  }
});
afterEach(async () => { await owner.end(); await world.stop(); });

/** From now on whoever writes to that table waits there until the test lets go. */
async function stopAt(table: string, act: string): Promise<void> {
  await owner.query(`create function public.stop_here() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(${LOCK}); return new; end $$`);
  await owner.query(`create trigger stop_here before ${act} on ${table} for each row execute function public.stop_here()`);
  await owner.query(`select pg_advisory_lock(${LOCK})`);
}

/** Asks the database until it says so; each question is a round trip, and the test's own limit ends it. */
async function until(question: string): Promise<void> {
  for (;;) if ((await owner.query<{ yes: boolean }>(`select (${question}) as yes`)).rows[0]?.yes === true) return;
}

const MOMENT = '2026-03-10T00:00:00.000Z';

test.each([
  ['the rung is written', 'obligation.rung', 'insert'], ['the row moves on', 'obligation.obligation', 'update'], ['the notice is written', 'platform.notice', 'insert'], ['the event is written', 'platform.event', 'insert'], ['the entry is audited', 'audit.entry', 'insert'],
])('a worker killed as %s leaves nothing behind; the next one tells each once', async (_point, table, act) => {
  await stopAt(table, act);
  const child = spawn(process.execPath, [fileURLToPath(new URL('./testing/tick.fixture.ts', import.meta.url)), world.ownerUrl, MOMENT], { stdio: ['ignore', 'ignore', 'inherit'], env: childEnv({}) });
  const ended = once(child, 'exit');
  await until(`exists (select from pg_locks where locktype = 'advisory' and objid = ${LOCK} and not granted)`);
  child.kill('SIGKILL');
  await ended;
  // The trigger stays; nobody holds its lock any more.
  await owner.query(`select pg_advisory_unlock(${LOCK})`);
  // PostgreSQL notices that nobody is there any more, and takes back what was not committed.
  await until(`not exists (select from pg_locks where locktype = 'advisory' and objid = ${LOCK})`);
  world.clock.set(MOMENT);
  while (await left() > 0) await tick(systemContext(world.kit));
  const told = await toldTo(world);
  expect([told.filter((each) => each === 'due community').length, told.filter((each) => each === 'overdue community').length, told.length]).toEqual([5, 5, 10]);
  expect(await tick(systemContext(world.kit))).toBe(0);
});

const left = async () => (await world.kit.database.read(everything, (db) => db.selectFrom('obligation.obligation').select('id').where('nextAt', '<=', world.clock.now()).execute())).length;
