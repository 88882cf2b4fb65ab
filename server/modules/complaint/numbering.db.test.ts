import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { connect, type Database } from '#platform/db/connect.ts';
import { takeNumbers, unusedNumbers } from './numbering.ts';
import { receiveComplaint } from './receive.ts';
import { desk, given, type Desk, type Person } from './testing/desk.ts';
import { listComplaints } from './use-cases/look.ts';

const HOUR = 3_600_000;
let world: Desk;
let others: Database[];
beforeAll(async () => {
  world = await desk();
  others = [connect({ url: world.appUrl, size: 2 }), connect({ url: world.appUrl, size: 2 })];
});
afterAll(async () => {
  await Promise.all(others.map((each) => each.close()));
  await world.stop();
});

/** The same person's context in one of several processes. */
function inProcess(at: number): Ctx {
  const database = [world.kit.database, ...others][at % 3];
  const ctx = world.who('clerk');
  return database === undefined ? ctx : { ...ctx, kit: { ...ctx.kit, database } };
}

/** Receives a complaint; one that `fails` does so after everything was written. */
async function receipt(ctx: Ctx, fails: boolean): Promise<string> {
  return ctx.kit.database.write(everything, async (db, client) => {
    const tx = { db, client, now: ctx.now, modules: ctx.kit.modules, audit: () => undefined, auditNothing: () => undefined, emit: () => undefined };
    const { no } = await receiveComplaint(tx, ctx, { origin: 'counter', estateId: world.estateId, category: 'F04', body: '楼道里停着电动车', complainant: { isAnonymous: true } });
    if (fails) throw new RangeError(no);
    return no;
  });
}
const serialOf = (no: string): number => Number(/〕(\d+)号/u.exec(no)?.[1]);
const later = () => world.clock.set(instant(new Date(Date.parse(world.clock.now()) + HOUR).toISOString()));
const unused = async () => (await unusedNumbers(world.kit)).filter(({ year }) => year === 2026).map(({ serial }) => serial);
const filed = async () => (await world.kit.database.read(everything, (db) => db.selectFrom('complaint.complaint').select('numberSerial').where('numberYear', '=', 2026).orderBy('numberSerial').execute())).map(({ numberSerial }) => numberSerial);

test('of numbers that several processes take at the same time none is given twice and none is left out', async () => {
  // Receipts take one, an import some at once.
  const taken = (await Promise.all(Array.from({ length: 200 }, (_, at) => takeNumbers(inProcess(at), world.county, 2019, at % 2 + 1)))).flat();
  expect(taken.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 300 }, (_, at) => at + 1));
  const trips = await world.kit.database.read(everything, (db) => db.selectFrom('complaint.numberAllotment').select('firstSerial').where('year', '=', 2019).execute());
  // Whoever waits at the same time shares a trip.
  expect(trips.length).toBeLessThan(60);
});

test('a number is given while the one before it is not yet decided, and more receipts at once than there are connections come to an end', async () => {
  const [held, first] = [Promise.withResolvers<undefined>(), Promise.withResolvers<number[]>()];
  const slow = world.kit.database.write(everything, async () => { first.resolve(await takeNumbers(world.who('clerk'), world.county, 2018, 3)); await held.promise; });
  expect(await first.promise).toEqual([1, 2, 3]);
  expect(await takeNumbers(inProcess(1), world.county, 2018, 1)).toEqual([4]);
  held.resolve(undefined);
  await slow;
  const many = await Promise.all(Array.from({ length: 24 }, (_, at) => receipt(inProcess(at), false)));
  expect(new Set(many).size).toBe(24);
});

test('the number of a receipt that failed is listed with its day, once it cannot be on its way any more, and is not given again', async () => {
  later();
  const before = await unused();
  const failed = await receipt(world.who('clerk'), true).then(() => 0, (error: Error) => serialOf(error.message));
  expect(failed).toBeGreaterThan(0);
  expect(await unused()).toEqual(before);
  later();
  expect(await unused()).toEqual([...before, failed]);
  expect((await unusedNumbers(world.kit)).find(({ year, serial }) => year === 2026 && serial === failed)).toMatchObject({ countyId: world.county, allottedOn: '2026-11-20' });
  expect(serialOf(await receipt(world.who('clerk'), false))).toBeGreaterThan(failed);
});

test('whoever searches for a number that no file has is told why: not yet given, on its way, or given and never registered; of a file out of sight nothing is told', async () => {
  const asked = async (q: string, by: Person = 'clerk') => { const { rows, whyNone } = await listComplaints(world.who(by), { ...given.nobody, query: { limit: 50, q } }); return rows.length > 0 ? 'found' : whyNone; };
  const failed = await receipt(world.who('clerk'), true).then(() => 0, (error: Error) => serialOf(error.message));
  expect(await asked(`投诉〔2026〕${failed}号`)).toBe(`投诉〔2026〕${failed}号刚刚取号，可能正在登记，请10分钟后再查`);
  later();
  for (const q of [`投诉〔2026〕${failed}号`, `2026-${failed}`, ` 投诉(2026) ${failed} 号 `]) expect(await asked(q)).toMatch(new RegExp(`^投诉〔2026〕${failed}号已取号但未登记，没有这一件：2026年11月20日取号以后登记没有办成.*不再使用$`, 'u'));
  expect(await asked('2026-9999999')).toBe('还没有编到投诉〔2026〕9999999号，请核对年份和编号');
  expect(await asked('2026-0')).toBe('还没有编到投诉〔2026〕0号，请核对年份和编号');
  expect(await asked('2001-1')).toBe('还没有编到投诉〔2001〕1号，请核对年份和编号');
  const there = serialOf(await receipt(world.who('clerk'), false));
  expect([await asked(`2026-${there}`), await asked(`2026-${there}`, 'other'), await asked('没有这句话')]).toEqual(['found', null, null]);
});

test('a refusal found before anything is stored takes no number', async () => {
  later();
  const before = await unused();
  await expect(world.register({ estateId: world.otherEstateId })).rejects.toMatchObject({ code: 'estate.not-found' });
  later();
  expect(await unused()).toEqual(before);
});

test('whatever succeeds and fails side by side in however many processes: every number up to the last is a complaint’s or listed as unused, and never both', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.record({ process: fc.nat({ max: 2 }), fails: fc.boolean() }), { minLength: 1, maxLength: 10 }), async (acts) => {
    const had = await filed();
    const done = await Promise.allSettled(acts.map(({ process, fails }) => receipt(inProcess(process), fails)));
    expect(done.map(({ status }) => status === 'rejected')).toEqual(acts.map(({ fails }) => fails));
    later();
    const [now, left] = [await filed(), await unused()];
    expect(now.length - had.length).toBe(acts.filter(({ fails }) => !fails).length);
    const told = [...now, ...left].toSorted((one, other) => one - other);
    expect(told).toEqual(Array.from({ length: told.length }, (_, at) => at + 1));
  }), { numRuns: 15 });
});
