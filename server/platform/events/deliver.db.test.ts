import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { countyScope, everything } from '../access/scope.ts';
import { newId } from '../ids.ts';
import { systemContext } from '../make-context.ts';
import { defineModule, type Subscriber } from '../module.ts';
import { startWorker } from '../jobs/worker.ts';
import { testKit, type TestKit } from '../testing/kit.ts';
import { deliverEvent } from './deliver.ts';

const county = newId<'OrgUnit'>();
let world: TestKit | null = null;
afterEach(async () => { await world?.stop(); world = null; });

async function worldWith(subscriber: Subscriber): Promise<TestKit> {
  world = await testKit([defineModule({ name: 'listener', routes: [], on: { 'thing.happened': subscriber } })]);
  return filled(world);
}
async function filled(made: TestKit): Promise<TestKit> {
  await systemContext(made.kit).transact(async (tx) => {
    tx.auditNothing('fixture');
    await tx.db.insertInto('platform.orgUnit').values({ id: county, countyId: county, kind: 'county', name: '测试县', matchKey: '测试县' }).execute();
  });
  return made;
}

const happen = (kit: TestKit['kit'], key: string) => systemContext(kit, { scope: countyScope(county) }).transact(async (tx) => {
  tx.auditNothing('fixture');
  tx.emit({ name: 'thing.happened', key, payload: { thingId: key } });
});

const deliveries = (kit: TestKit['kit']) => kit.database.read(everything, (db) => db.selectFrom('platform.eventDelivery').selectAll().execute());

/** The subscriber's own write: a body named after the event. */
const writeBody: Subscriber = async (_ctx, tx, event) => {
  await tx.db.insertInto('platform.orgUnit').values({ id: newId<'OrgUnit'>(), countyId: county, kind: 'other', name: event.key, matchKey: event.key }).execute();
};
const bodies = (kit: TestKit['kit']) => kit.database.read(everything, (db) => db.selectFrom('platform.orgUnit').select('name').where('kind', '=', 'other').execute());

test('an event is delivered by the worker once it is committed', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const { kit, jobsUrl } = await worldWith(async (_ctx, _tx, event) => { resolve(event.key); });
  const worker = await startWorker(kit, { jobsUrl, log: () => undefined });
  await happen(kit, 'one');
  expect(await promise).toBe('one');
  await worker.stop();
});

test('a job that somebody waits for goes before the events that were there already', async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  let delivered = 0;
  world = await testKit([defineModule({ name: 'listener', routes: [], on: { 'thing.happened': async () => { delivered += 1; } }, jobs: [{ name: 'listener.work', title: '作业', opens: () => '/', run: async () => { resolve(delivered); } }] })]);
  const { kit, jobsUrl } = await filled(world);
  for (let no = 0; no < 12; no += 1) await happen(kit, `event ${String(no)}`);
  const ctx = systemContext(kit, { scope: countyScope(county) });
  await ctx.transact(async (tx) => { tx.auditNothing('fixture'); await kit.queue.start(ctx, tx, { kind: 'listener.work', input: {} }); });
  const worker = await startWorker(kit, { jobsUrl, log: () => undefined, concurrency: 1 });
  expect(await promise).toBe(0);
  await worker.stop();
});

test('an event of a transaction that rolls back is never delivered', async () => {
  const { kit } = await worldWith(writeBody);
  await expect(systemContext(kit, { scope: countyScope(county) }).transact(async (tx) => {
    tx.emit({ name: 'thing.happened', key: 'lost', payload: {} });
    throw new Error('no');
  })).rejects.toThrow('no');
  expect(await deliveries(kit)).toEqual([]);
});

test('a second delivery of the same event changes nothing', async () => {
  const { kit } = await worldWith(writeBody);
  await happen(kit, 'twice');
  const [delivery] = await deliveries(kit);
  await deliverEvent(kit, delivery?.eventId ?? '', 'listener');
  await deliverEvent(kit, delivery?.eventId ?? '', 'listener');
  expect(await bodies(kit)).toEqual([{ name: 'twice' }]);
});

test('the same event emitted again under its key is one event', async () => {
  const { kit } = await worldWith(writeBody);
  await happen(kit, 'same');
  await happen(kit, 'same');
  expect(await deliveries(kit)).toHaveLength(1);
});

test('a failure is listed with its reason and leaves nothing of the subscriber; a replay after the mend handles it', async () => {
  let broken = true;
  const { kit } = await worldWith(async (ctx, tx, event) => {
    await writeBody(ctx, tx, event);
    if (broken) throw new Error('仓库没有开门');
  });
  await happen(kit, 'later');
  const [waiting] = await deliveries(kit);
  await expect(deliverEvent(kit, waiting?.eventId ?? '', 'listener')).rejects.toThrow('仓库没有开门');
  expect(await deliveries(kit)).toMatchObject([{ status: 'failed', attempts: 1, lastError: expect.stringContaining('仓库没有开门') }]);
  expect(await bodies(kit)).toEqual([]);
  broken = false;
  await deliverEvent(kit, waiting?.eventId ?? '', 'listener');
  expect(await deliveries(kit)).toMatchObject([{ status: 'handled', attempts: 2, lastError: null }]);
  expect(await bodies(kit)).toEqual([{ name: 'later' }]);
});

test('a worker killed after writing and before committing leaves nothing; the next worker delivers the event once', async () => {
  const { promise: handled, resolve } = Promise.withResolvers<void>();
  const { kit, jobsUrl, ownerUrl, clock } = await worldWith(async (ctx, tx, event) => { await writeBody(ctx, tx, event); resolve(); });
  const child = spawn(process.execPath, [fileURLToPath(new URL('./killed-worker.fixture.ts', import.meta.url)), ownerUrl], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');
  await happen(kit, 'survivor');
  expect((await lines.next()).value).toBe('written');
  child.kill('SIGKILL');
  expect(await bodies(kit)).toEqual([]);
  clock.set('2026-11-20T02:05:00.000Z');
  const worker = await startWorker(kit, { jobsUrl, log: () => undefined });
  await handled;
  await worker.stop();
  expect(await bodies(kit)).toEqual([{ name: 'survivor' }]);
  expect(await deliveries(kit)).toMatchObject([{ status: 'handled' }]);
});
