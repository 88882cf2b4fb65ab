import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { obligation } from '#modules/obligation/index.ts';
import { listEndings } from '#modules/obligation/use-cases/list-endings.ts';
import { getMyObligations } from '#modules/obligation/use-cases/list-obligations.ts';
import { getObligation } from '#modules/obligation/use-cases/get-obligation.ts';
import { waiveObligation } from '#modules/obligation/use-cases/change-obligation.ts';
import { testWorld, type World } from '#modules/registry/testing/world.ts';
import { everything } from '#platform/access/scope.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import { committee } from './index.ts';
import { archiveCommittee } from './use-cases/archive-committee.ts';
import { createCommittee, updateCommittee } from './use-cases/record-committee.ts';

let world: World;
const estateId = newId<'Estate'>();
beforeEach(async () => {
  world = await testWorld([committee, obligation]);
  await world.clerk().transact(async (tx) => {
    await tx.db.insertInto('registry.estate').values({ id: estateId, countyId: world.county, townshipId: world.east, neighbourhoodId: world.eastCommunity, name: '甲苑', matchKey: '甲苑', managementKind: 'unknown', totalUnits: 100, occupiedUnits: 50 }).execute();
    tx.auditNothing('test estate');
  });
  world.clock.set('2026-01-05T02:00:00.000Z');
});
afterEach(() => world.stop());

const blank = { params: {}, query: {}, body: {} };
const term = { name: '甲苑业主委员会', kind: 'committee' as const, status: 'established' as const, sinceOn: localDate('2022-01-01'), untilOn: localDate('2026-12-31'), filedOn: null, endedOn: null };
const made = (more: object = {}) => createCommittee(world.clerk(), { ...blank, params: { estateId }, body: { ...term, ...more } });
const edited = ({ committeeId, version }: Awaited<ReturnType<typeof made>>, more: object) => updateCommittee(world.clerk(version), { ...blank, params: { committeeId }, body: { ...term, ...more } });
const rows = () => world.kit.database.read(everything, (db) => db.selectFrom('obligation.obligation').selectAll().orderBy('createdAt').orderBy('id').execute());
const notices = () => world.kit.database.read(everything, async (db) => (await sql<{ kind: string }>`select n.kind from obligation.rung r join obligation.obligation o on o.id = r.obligation_id cross join lateral (select r.rung as kind) n order by r.climbed_at, r.planned_at`.execute(db)).rows.map(({ kind }) => kind));
const community = () => world.as({ level: 'neighbourhood', id: world.eastCommunity, countyId: world.county }, 'neighbourhood-officer');
const waiting = async () => (await getMyObligations(community())).rows.map(({ dutyTitle, dueOn, path }) => ({ dutyTitle, dueOn, path }));
const tick = async () => { for (const { run } of obligation.schedules) await run(systemContext(world.kit)); };
const night = async () => { for (const { run } of committee.schedules) await run(systemContext(world.kit)); };

test('nobody sees it before its time; ninety days before the end it stands with the community, leads to the committee, and is over on the last day', async () => {
  const { committeeId } = await made();
  expect(await rows()).toMatchObject([{ dutyId: 'committee.renew', state: 'open', openedOn: '2026-10-02', dueOn: '2026-12-31', holderKind: 'neighbourhood', holderOrgId: world.eastCommunity }]);
  world.clock.set('2026-10-01T15:59:59.000Z');
  await tick();
  expect([await waiting(), await notices()]).toEqual([[], []]);
  world.clock.set('2026-10-01T16:00:00.000Z');
  await tick();
  expect(await waiting()).toEqual([{ dutyTitle: '指导业委会换届并登记新一届', dueOn: '2026-12-31', path: `/committees/${committeeId}` }]);
  expect(await notices()).toEqual(['begins']);
  world.clock.set('2026-12-31T15:59:59.000Z');
  await tick();
  expect(await notices()).toEqual(['begins', 'warn-70']);
  world.clock.set('2026-12-31T16:00:00.000Z');
  for (let time = 0; time < 2; time += 1) await tick();
  expect(await notices()).toEqual(['begins', 'warn-70', 'overdue']);
});

test('a worker who comes late tells each thing once, and several at a time no more', async () => {
  await made();
  world.clock.set('2027-02-01T02:00:00.000Z');
  await Promise.all([tick(), tick(), tick()]);
  expect(await notices()).toEqual(['begins', 'warn-70', 'overdue']);
});

test('the same terms told again every night change nothing, after a waiver neither', async () => {
  const first = await made();
  const moved = await edited(first, { untilOn: localDate('2026-06-30') });
  for (let time = 0; time < 2; time += 1) await night();
  expect(await rows()).toMatchObject([{ dueOn: '2026-06-30', openedOn: '2026-04-01', version: 2 }]);
  const [row] = await rows();
  if (row === undefined) throw new Error('no duty');
  await waiveObligation(world.clerk(row.version), { ...blank, params: { obligationId: row.id }, body: { reason: '小区即将拆迁' } });
  await night();
  expect(await rows()).toMatchObject([{ state: 'waived' }]);
  expect(moved.version).toBeGreaterThan(first.version);
});

test('a last day that is mended moves it, with its trail and without a second notice; one moved out of its time ends it and begins in the new one', async () => {
  const first = await made();
  world.clock.set('2026-10-10T02:00:00.000Z');
  await tick();
  const second = await edited(first, { untilOn: localDate('2026-12-01') });
  await tick();
  expect(await rows()).toMatchObject([{ dueOn: '2026-12-01', state: 'open' }]);
  expect(await notices()).toEqual(['begins']);
  const [row] = await rows();
  const page = await getObligation(community(), { ...blank, params: { obligationId: row?.id ?? newId() } });
  expect(page.lines[1]).toMatchObject({ text: '登记的到期日是2026年12月1日（2026年10月10日更正登记，以更正后的为准）；按“任期届满提前提醒天数”提前90天，自2026年9月2日起办理，到期当日为止。', basis: '《业主大会和业主委员会指导规则》第四十七条' });
  expect(page.events).toMatchObject([{ kind: 'opened' }, { kind: 'restated', on: '2026-10-10' }]);
  const audited = await world.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select(['before', 'after']).where('action', '=', 'estate.committee').orderBy('entryNo', 'desc').limit(1).executeTakeFirstOrThrow());
  expect(audited).toMatchObject({ before: { untilOn: '2026-12-31' }, after: { untilOn: '2026-12-01' } });
  await edited(second, { untilOn: localDate('2027-12-31') });
  await night();
  await tick();
  expect(await rows()).toMatchObject([{ state: 'void' }, { state: 'open', openedOn: '2027-10-02', dueOn: '2027-12-31' }]);
  expect([await waiting(), await notices()]).toEqual([[], ['begins']]);
});

test('the list of what ends shows it long before it begins, to those whose area it is, by kind and by how soon', async () => {
  await made();
  const shown = async (query: object, who = community()) => { const { rows: found, total } = await listEndings(who, { ...blank, query: { limit: 50, ...query } }); return [found.map(({ title, dueOn }) => [title, dueOn]), total]; };
  const one = [[['甲苑业主委员会', '2026-12-31']], 1];
  const none = [[], 0];
  expect([await shown({}), await shown({ about: 'Committee' }), await shown({ within: '365' })]).toEqual([one, one, one]);
  expect([await shown({ about: 'Contract' }), await shown({ within: '180' }), await shown({ within: 'past' }), await shown({}, world.township(world.west)), await shown({ q: '乙苑' })]).toEqual([none, none, none, none, none]);
  world.clock.set('2026-10-02T02:00:00.000Z');
  expect([await shown({ within: '90' }), await shown({ within: '30' })]).toEqual([one, none]);
  world.clock.set('2027-01-01T02:00:00.000Z');
  expect([await shown({ within: 'past' }), await shown({ within: '365' })]).toEqual([one, none]);
});

test('a last day taken away ends it, and one given again begins anew', async () => {
  const gone = await edited(await made(), { untilOn: null });
  expect(await rows()).toMatchObject([{ state: 'void' }]);
  await edited(gone, { untilOn: localDate('2026-11-30') });
  expect(await rows()).toMatchObject([{ state: 'void' }, { state: 'open', dueOn: '2026-11-30' }]);
});

test('the next term recorded does it, on the same page or as a committee of its own, and the next begins before its own end', async () => {
  const first = await made();
  world.clock.set('2026-11-20T02:00:00.000Z');
  const next = await edited(first, { sinceOn: localDate('2026-11-18'), untilOn: localDate('2031-11-17') });
  await night();
  expect(await rows()).toMatchObject([{ state: 'discharged', endedOn: '2026-11-20', isLate: false }, { state: 'open', openedOn: '2031-08-19', dueOn: '2031-11-17' }]);
  world.clock.set('2026-11-21T02:00:00.000Z');
  await made({ name: '甲苑第三届业主委员会', sinceOn: localDate('2026-11-21'), untilOn: localDate('2031-11-20') });
  await night();
  expect((await rows()).map(({ state, dueOn }) => [state, dueOn])).toEqual([['discharged', '2026-12-31'], ['discharged', '2031-11-17'], ['open', '2031-11-20']]);
  expect(next.committeeId).toBe(first.committeeId);
});

test('one recorded by mistake, one that ended and one whose term was over before we knew of it ask nobody', async () => {
  const mistaken = await made();
  await archiveCommittee(world.clerk(mistaken.version), { ...blank, params: { committeeId: mistaken.committeeId }, body: { reason: '登记错了小区' } });
  await edited(await made(), { status: 'dissolved', endedOn: localDate('2026-01-05') });
  await made({ untilOn: localDate('2026-01-04') });
  expect((await rows()).map(({ state }) => state)).toEqual(['void', 'void']);
  await made({ untilOn: localDate('2026-01-05') });
  expect((await rows()).at(-1)).toMatchObject({ state: 'open', openedOn: '2026-01-05', dueOn: '2026-01-05' });
});
