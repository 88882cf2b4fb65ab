import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tick } from '#modules/obligation/tick.ts';
import { everything } from '#platform/access/scope.ts';
import { systemContext } from '#platform/make-context.ts';
import { proposeWhenEscalated } from './agenda.ts';
import { desk, given, type Desk, type Opened, type Person } from './testing/desk.ts';
import { listAgenda } from './use-cases/agenda-list.ts';
import { getComplaintBoard } from './use-cases/board.ts';
import { listComplaints } from './use-cases/look.ts';

const { nobody } = given;
let world: Desk;
beforeAll(async () => { world = await desk(); });
afterAll(() => world.stop());

const agenda = async (by: Person, query: object = {}) => (await listAgenda(world.who(by), { ...nobody, query: { limit: 50, ...query } })).rows;
const board = (by: Person, query: object = {}) => getComplaintBoard(world.who(by), { ...nobody, query });
const events = (name: string) => world.kit.database.read(everything, (db) => db.selectFrom('platform.event').select(['id', 'key', 'countyId', 'payload']).where('name', '=', name).orderBy('id').execute());
/** The clock goes on and what the duties tell is delivered, as the worker does. */
async function pass(moment: string) {
  world.clock.set(moment);
  const ctx = systemContext(world.kit);
  await tick(ctx);
  for (const event of await events('obligation.escalated')) await ctx.transact((tx) => proposeWhenEscalated(ctx, tx, event));
}

describe('proposed to the joint conference', () => {
  test('an answer that is overdue a second time: not at the first expiry, once and no more, told to its office and to those involved', async () => {
    const item = await world.assign(await world.accept(await world.registered()), world.fire);
    await pass('2026-12-01T02:00:00.000Z');
    expect(await agenda('clerk')).toEqual([]);
    await pass('2026-12-10T02:00:00.000Z');
    await pass('2026-12-20T02:00:00.000Z');
    expect(await agenda('clerk')).toMatchObject([{ id: item.id, grounds: '答复第二次逾期', agendaOn: '2026-12-10', bodies: '消防大队、东一社区' }]);
    for (const by of ['conference', 'township', 'community', 'fireman'] as const) expect((await agenda(by)).map(({ id }) => id)).toEqual([item.id]);
    for (const by of ['other', 'enforcer', 'company'] as const) expect(await agenda(by)).toEqual([]);
    expect((await events('complaint.agenda-proposed')).map(({ key, payload }) => [key, payload])).toMatchObject([[`${item.id}:overdue`, { complaintId: item.id, no: item.no, ground: 'overdue' }]]);
    expect((await world.look(item.id)).agenda).toBe('答复第二次逾期');
    const told = await world.kit.database.read(everything, (db) => db.selectFrom('platform.notice').select('text').where('kind', '=', 'complaint.agenda').execute());
    expect(told).toEqual([{ text: `投诉件${item.no}答复第二次逾期，拟提请联席会议。` }]);
  });

  test('of another duty, and of a file that has ended, nothing', async () => {
    const item = await world.registered({ category: 'A02' });
    const ctx = systemContext(world.kit);
    const hear = (dutyId: string, subjectId: string) => ctx.transact((tx) => proposeWhenEscalated(ctx, tx, { id: 'e', key: 'k', countyId: world.county, payload: { dutyId, subjectKind: 'Complaint', subjectId } }));
    await hear('complaint.intervene', item.id);
    const over = await world.close(await world.reply(await world.assign(await world.accept(item), world.eastCommunity), 'community'), 'community');
    await hear('complaint.answer', over.id);
    expect((await agenda('clerk')).some(({ id }) => id === item.id)).toBe(false);
  });

  test('the ground narrows the list', async () => {
    expect(await agenda('clerk', { ground: 'relapse' })).toEqual([]);
    expect(await agenda('clerk', { ground: 'overdue' })).toHaveLength(1);
  });
});

describe('the board', () => {
  const counts = async (by: Person, query: object = {}) => Object.fromEntries((await board(by, query)).columns.map(({ stage, total }) => [stage, total]));

  test('has every open file in one column and what was closed of late in the last, within the scope, and its counts open those lists', async () => {
    const made: Opened = await world.registered({ estateId: world.otherEstateId, category: 'G05' }, 'other');
    expect(await counts('other')).toEqual({ received: 0, signed: 1, accepted: 0, working: 0, replied: 0, closed: 0 });
    await world.accept(made, 'other');
    expect(await counts('other')).toMatchObject({ signed: 0, accepted: 1 });
    const all = await counts('clerk');
    for (const stage of ['received', 'signed', 'accepted', 'working', 'replied', 'closed'] as const) expect((await listComplaints(world.who('clerk'), { ...nobody, query: { limit: 50, stage } })).total).toBe(all[stage]);
    expect(await counts('clerk', { category: 'G05' })).toMatchObject({ accepted: 1, working: 0 });
    expect(await counts('clerk', { handlerId: world.fire })).toMatchObject({ working: 1, accepted: 0 });
  });

  test('shows the soonest due first and no more than fit, however many there are', async () => {
    for (const receivedOn of ['2026-12-18', '2026-12-10', '2026-12-14'] as const) await world.registered({ receivedOn: receivedOn as never, category: 'A01' });
    const column = (await board('community', { category: 'A01' })).columns.find(({ stage }) => stage === 'signed');
    const days = (column?.rows ?? []).map(({ nextDueOn }) => nextDueOn ?? '');
    expect([days.length, days.toSorted((a, b) => (a < b ? -1 : 1))]).toEqual([3, days]);
    for (let n = 0; n < 6; n += 1) await world.registered({ category: 'A01', receivedOn: '2026-12-18' as never });
    const more = (await board('community', { category: 'A01' })).columns.find(({ stage }) => stage === 'signed');
    expect([more?.rows.length, more?.total]).toEqual([8, 9]);
  });

  test('counts at each level what has been open too long, in its own area: the day after the number of days', async () => {
    const old = await world.registered({ receivedOn: '2026-10-21' as never, category: 'E05' });
    expect((await board('township')).longOpen.total).toBe(0);
    world.clock.set('2026-12-21T02:00:00.000Z');
    expect([(await board('township')).longOpen.total, (await board('clerk')).longOpen.total, (await board('other')).longOpen.total, (await board('township')).longOpenDays]).toEqual([1, 1, 0, 60]);
    expect((await listComplaints(world.who('clerk'), { ...nobody, query: { limit: 50, age: 'long' } })).rows.map(({ id }) => id)).toEqual([old.id]);
  });
});
