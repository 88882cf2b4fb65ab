import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localDate, type Id } from '#domain/kernel/brand.ts';
import { defineDuty, eachPeriod } from '#domain/kernel/duty.ts';
import { houseConvention } from '#domain/kernel/rule.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { systemContext } from '#platform/make-context.ts';
import { defineModule } from '#platform/module.ts';
import { setOverride } from '#platform/parameters/change.ts';
import { testWorld, type World } from '#modules/registry/testing/world.ts';
import { duesOf } from './dues-of.ts';
import { obligationHoldings } from './holdings.ts';
import { obligation } from './index.ts';
import { recordFact } from './record-fact.ts';
import { giveOfficers } from './testing/officers.ts';
import { answerDays, factOf, sample } from './testing/sample.ts';
import { tick } from './tick.ts';
import { extendObligation, waiveObligation } from './use-cases/change-obligation.ts';
import { getParameterEffect } from './use-cases/parameter-effect.ts';
import { getObligation } from './use-cases/get-obligation.ts';
import { getMyObligations, getObligationOutlook, listObligations } from './use-cases/list-obligations.ts';
import type { Fact } from './fact.ts';

const monthly = defineDuty<unknown>({ id: 'period.report', title: '每月报告', source: houseConvention('数据质量'), subject: 'Committee', holder: 'township', opensOn: 'period.begun', appliesTo: () => true, due: eachPeriod('month', 5), dischargedBy: ['period.reported'], voidedBy: ['period.over'] });
let world: World;
beforeAll(async () => { world = await testWorld([sample, defineModule({ name: 'period', routes: [], duties: [monthly] }), obligation]); await giveOfficers(world); world.clock.set('2026-03-04T02:00:00.000Z'); });
afterAll(() => world.stop());

const told = (event: string, on: string, subject: string, more: Partial<Fact> = {}) => systemContext(world.kit).transact(async (tx) => { tx.auditNothing('test'); return recordFact(tx, factOf(world, event, on, { subject: ['Estate', subject], key: `${subject}-${on}`, title: `测试件${subject}`, ...more })); });
const township = (ifMatch: number | null = null) => world.township(world.east, ifMatch);
const neighbourhood = () => world.as({ level: 'neighbourhood', id: world.eastCommunity, countyId: world.county }, 'neighbourhood-officer');
const list = async (ctx: Ctx, query: Partial<Parameters<typeof listObligations>[1]['query']> = {}) => listObligations(ctx, { params: {}, query: { limit: 50, ...query }, body: {} });
const titles = async (ctx: Ctx, query: Partial<Parameters<typeof listObligations>[1]['query']> = {}) => (await list(ctx, query)).rows.map(({ title }) => title);
const idOf = async (subject: string): Promise<Id<'Obligation'>> => (await world.kit.database.read(everything, (db) => db.selectFrom('obligation.obligation').select('id').where('subjectId', '=', subject).where('dutyId', '=', 'sample.answer').executeTakeFirstOrThrow())).id;
const one = async (ctx: Ctx, subject: string) => getObligation(ctx, { params: { obligationId: await idOf(subject) }, query: {}, body: {} });

describe('who sees what', () => {
  beforeAll(async () => {
    await told('sample.received', '2026-03-02', 'a');
    await told('sample.accepted', '2026-02-13', 'b');
    await told('sample.accepted', '2026-03-03', 'c', { holders: { handler: { orgUnitId: world.west } } });
  });

  test('what my body holds comes first, the soonest due first, and what it waits for is apart', async () => {
    await told('sample.accepted', '2026-03-03', 'a', { holders: { handler: { orgUnitId: world.west } } });
    const mine = await getMyObligations(township());
    expect([mine.rows.map(({ title }) => title), mine.counts]).toEqual([['测试件b'], { overdue: 1, today: 0, week: 0, later: 0, suspended: 0, others: 0 }]);
    const asked = await getMyObligations(neighbourhood());
    expect([asked.rows, asked.others.map(({ title, holderName }) => `${title} ${holderName}`)]).toEqual([[], ['测试件a 西街道']]);
    const west = await getMyObligations(world.township(world.west));
    expect(west.rows.map(({ title, isMine, lamp }) => [title, isMine, lamp])).toEqual([['测试件c', true, 'green'], ['测试件a', true, 'green']]);
  });

  test('a list is counted and paged within the scope, and what one holds elsewhere is in it', async () => {
    expect(await titles(township())).toEqual(['测试件b', '测试件c', '测试件a']);
    expect((await titles(world.township(world.west))).toSorted()).toEqual(['测试件a', '测试件c']);
    expect(await titles(township(), { group: 'overdue' })).toEqual(['测试件b']);
    expect(await titles(township(), { group: 'ended' })).toEqual(['测试件a']);
    expect((await titles(world.clerk(), { holderOrgId: world.west })).toSorted()).toEqual(['测试件a', '测试件c']);
    const first = await list(township(), { limit: 2 });
    const rest = await list(township(), { limit: 2, after: first.next ?? '' });
    expect([first.rows.length, rest.rows.length, rest.next, new Set([...first.rows, ...rest.rows].map(({ id }) => id)).size, first.total]).toEqual([2, 1, null, 3, 3]);
  });

  test('leaders see numbers by area and by holding body, and no person', async () => {
    expect(await getObligationOutlook(world.clerk())).toEqual({
      areas: [{ townshipId: world.east, name: '东街道', open: 3, yellow: 0, red: 1 }],
      holders: [{ holderOrgId: world.east, holderKind: 'handler', name: '东街道', open: 1, yellow: 0, red: 1 }, { holderOrgId: world.west, holderKind: 'handler', name: '西街道', open: 2, yellow: 0, red: 0 }],
    });
  });

  test('the duties over one subject: the next open one first', async () => {
    const dues = await world.clerk().read((db) => duesOf(db, world.clerk(), ['Estate', 'a']));
    expect(dues.map(({ dutyTitle, state }) => `${dutyTitle} ${state}`)).toEqual(['答复 open', '受理 discharged']);
  });
});

describe('为什么是这一天', () => {
  test('says the county’s own number and who set it', async () => {
    const clerk = world.clerk();
    await clerk.transact((tx) => setOverride(clerk, tx, answerDays, { value: 3, effectiveFrom: localDate('2026-03-10'), basis: '云住建〔2026〕9号' }));
    await told('sample.accepted', '2026-03-11', 'd');
    const { lines, dueOn } = await one(township(), 'd');
    expect(dueOn).toBe('2026-03-16');
    expect(lines[1]).toEqual({ text: '按“样品办理天数”计3个工作日，本县自2026年3月10日起设定。', basis: '云住建〔2026〕9号', setBy: '测试员' });
    expect(lines[0]?.basis).toBe('《中华人民共和国民法典》第二百零一条');
  });
});

describe('what a number would have changed', () => {
  const effect = (value: number, parameterId: string = answerDays.id) => getParameterEffect(world.clerk(), { params: { parameterId }, query: { value }, body: {} });

  test('is told before it is set: how many rest on it, how many were and would be late; asking changes nothing', async () => {
    const found = await effect(60);
    expect(found).toMatchObject({ total: 4, isAll: true, late: 1, lateThen: 0, changed: 4, since: '2025-03-04' });
    expect(found.rows.find(({ title }) => title === '测试件b')).toMatchObject({ dueOn: '2026-02-27', isLate: true, isLateThen: false });
    expect(await effect(60, 'sample.nothing')).toMatchObject({ total: 0, rows: [] });
    expect((await one(township(), 'a')).dueOn).toBe('2026-03-10');
  });
});

describe('extension and waiver', () => {
  const input = async (subject: string) => ({ params: { obligationId: await idOf(subject) }, query: {}, body: { reason: '需要现场检测' } });

  test('is given once, by somebody above, with its reason in the explanation; the version must be the one that was read', async () => {
    await told('sample.accepted', '2026-03-03', 'e', { holders: { handler: { orgUnitId: world.eastCommunity } } });
    await expect(extendObligation(township(9), await input('e'))).rejects.toMatchObject({ code: 'state.stale' });
    const after = await extendObligation(township(1), await input('e'));
    expect([after.dueOn, after.isExtended, after.can.extend]).toEqual(['2026-03-13', true, '已经延期过一次，不能再延期']);
    expect(after.lines.map(({ text }) => text)).toContain('2026年3月4日测试员批准延期3个工作日，理由：需要现场检测。');
    await expect(extendObligation(township(2), await input('e'))).rejects.toMatchObject({ code: 'rule.violated' });
  });

  test('nobody extends or waives the duty of the own body, but for the county', async () => {
    await told('sample.accepted', '2026-03-03', 'f');
    await expect(extendObligation(township(1), await input('f'))).rejects.toMatchObject({ message: '延期由上级批准，责任单位不能给自己延期' });
    const after = await waiveObligation(world.clerk(1), await input('f'));
    expect([after.state, after.endedOn, after.lines.at(-1)?.text]).toEqual(['waived', '2026-03-04', '2026年3月4日测试员免除，理由：需要现场检测。']);
    await expect(waiveObligation(world.clerk(2), await input('f'))).rejects.toMatchObject({ code: 'rule.violated' });
  });
});

describe('a hand-over', () => {
  test('lists what is in the person’s own hands and moves it to the successor; the day stays, and the log says so', async () => {
    const [from, to] = await world.kit.database.read(everything, (db) => db.selectFrom('platform.appUser').select('id').where('login', 'in', ['east', 'county']).orderBy('login', 'desc').execute());
    if (from === undefined || to === undefined) throw new Error('the fixture has two officers');
    await told('sample.accepted', '2026-03-03', 'h', { holders: { handler: { orgUnitId: world.east, userId: from.id } } });
    const list = (userId: typeof from.id) => world.kit.database.read(everything, (db) => obligationHoldings.list(db, userId));
    expect((await list(from.id)).map(({ title, detail, scopeId }) => [title, detail, scopeId])).toEqual([['时限义务：测试件h', '2026年3月10日到期', null]]);
    await systemContext(world.kit).transact(async (tx) => { tx.auditNothing('test'); await obligationHoldings.move(tx, { fromId: from.id, toId: to.id, things: await obligationHoldings.list(tx.db, from.id) }); });
    expect([(await list(from.id)).length, (await list(to.id)).length]).toEqual([0, 1]);
    const shown = await one(world.clerk(), 'h');
    expect([shown.dueOn, shown.events.map(({ kind }) => kind)]).toEqual(['2026-03-10', ['opened', 'reassigned']]);
  });
});

describe('a duty of every month', () => {
  const months = () => world.kit.database.read(everything, (db) => db.selectFrom('obligation.obligation').select(['openedOn', 'dueOn', 'state']).where('dutyId', '=', 'period.report').orderBy('openedOn').execute());
  const about = (event: string, on: string) => told(event, on, 'm', { subject: ['Committee', 'm'] });

  test('opens anew when its period is over, done or not, also for a worker that comes months late, and ends when the subject does', async () => {
    await about('period.begun', '2026-01-10');
    await about('period.reported', '2026-02-03');
    world.clock.set('2026-04-02T00:00:00.000Z');
    await tick(systemContext(world.kit));
    await tick(systemContext(world.kit));
    expect(await months()).toEqual([
      { openedOn: '2026-01-10', dueOn: '2026-02-05', state: 'discharged' }, { openedOn: '2026-02-01', dueOn: '2026-03-05', state: 'open' }, { openedOn: '2026-03-01', dueOn: '2026-04-05', state: 'open' }, { openedOn: '2026-04-01', dueOn: '2026-05-05', state: 'open' },
    ]);
    await about('period.over', '2026-04-03');
    world.clock.set('2026-09-01T00:00:00.000Z');
    await tick(systemContext(world.kit));
    expect((await months()).map(({ state }) => state)).toEqual(['discharged', 'void', 'void', 'void']);
  });
});
