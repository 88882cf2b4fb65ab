import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Input } from '#contract/define-route.ts';
import type { exportComplaints, listComplaints as listRoute } from '#contract/complaint.ts';
import { everything } from '#platform/access/scope.ts';
import { complaint } from './index.ts';
import { desk, given, type Desk, type Opened, type Person } from './testing/desk.ts';
import { listComplaints } from './use-cases/look.ts';

let world: Desk;
let [wire, lift, stove, west]: Opened[] = [];
beforeAll(async () => {
  world = await desk();
  await world.kit.database.write(everything, (db) => sql`
    insert into registry.search_entry (kind, subject_id, county_id, township_id, neighbourhood_id, estate_id, title, detail, haystack, grams)
    select 'estate', id, county_id, township_id, neighbourhood_id, id, name, '', name || case name when '乙苑' then ' yy yiyuan' else ' jy jiayuan' end, array[name] from registry.estate`.execute(db));
  wire = await world.registered({ body: '三号楼楼道飞线充电，夜里冒烟', spot: '3幢1203室', phone: '13900001203', name: '秦来访' });
  lift = await world.registered({ category: 'E01', body: '电梯ＡＢ门反复开关', spot: '', origin: 'hotline', originNo: 'RX2026112077', phone: '13900007777', receivedOn: '2026-09-01' as never });
  stove = await world.reply(await world.assign(await world.accept(await world.registered({ category: 'G02', body: '烧烤店 100% 油烟扰民', spot: '东门' })), world.eastCommunity), 'community', { reply: '已责令加装净化器' });
  west = await world.registered({ estateId: world.otherEstateId, body: '楼道飞线充电', category: 'F04' }, 'other');
});
afterAll(() => world.stop());

type Query = Partial<Input<typeof listRoute>['query']>;
const found = async (query: Query, by: Person = 'clerk') => (await listComplaints(world.who(by), { ...given.nobody, query: { limit: 50, ...query } })).rows.map(({ id }) => id);
const ids = (...items: (Opened | undefined)[]): string[] => items.map((item) => item?.id ?? '').toSorted((a, b) => (a < b ? 1 : -1));

describe('the list is searched', () => {
  test('by words of two characters and more, all of which must stand in text, spot or answer, in any width and case', async () => {
    expect(await found({ q: '飞线' })).toEqual(ids(wire, west));
    expect(await found({ q: '飞线 冒烟' })).toEqual(ids(wire));
    expect(await found({ q: 'ab门' })).toEqual(ids(lift));
    expect(await found({ q: '1203' })).toEqual(ids(wire));
    expect(await found({ q: '净化器' })).toEqual(ids(stove));
    expect(await found({ q: '线飞' })).toEqual([]);
  });

  test('signs of patterns are looked for as they are written', async () => {
    expect(await found({ q: '100%' })).toEqual(ids(stove));
    expect(await found({ q: '1_0%' })).toEqual([]);
    expect(await found({ q: String.raw`10\%` })).toEqual([]);
  });

  test('by the estate’s name and its spelling, by our number and by the outside number', async () => {
    expect(await found({ q: '乙苑' })).toEqual(ids(west));
    expect(await found({ q: 'yiyuan' })).toEqual(ids(west));
    expect(await found({ q: wire?.no ?? '' })).toEqual(ids(wire));
    expect(await found({ q: 'rx2026112077' })).toEqual(ids(lift));
    expect(await found({ q: '甲苑 飞线' })).toEqual(ids(wire));
  });

  test('a single character is refused in words', async () => {
    for (const q of ['线', '水 电']) await expect(found({ q })).rejects.toMatchObject({ code: 'input.invalid', message: '关键字太短，请输入连在一起的两个字以上，如“水电”' });
  });

  test('within the scope only, and of a department within what it takes part in', async () => {
    expect(await found({ q: '飞线' }, 'community')).toEqual(ids(wire));
    expect(await found({ q: '飞线' }, 'other')).toEqual(ids(west));
    expect(await found({ q: '飞线' }, 'fireman')).toEqual([]);
    expect(await found({ q: '飞线' }, 'company')).toEqual([]);
    const raw = await world.who('company').read((db) => sql<{ id: string }>`select complaint.search(array['飞线'], '[]', null, 10) as id`.execute(db));
    expect(raw.rows).toEqual([]);
  });

  test('together with every other condition, which page, count and export share', async () => {
    expect(await found({ q: '扰民', group: 'G', category: 'G02', status: 'replied', state: 'open', handlerId: world.eastCommunity, townshipId: world.east, neighbourhoodId: world.eastCommunity })).toEqual(ids(stove));
    expect(await found({ q: '扰民', group: 'F' })).toEqual([]);
    expect(await found({ q: '电梯', lamp: 'red' })).toEqual(ids(lift));
    expect(await found({ q: '飞线', lamp: 'green' })).toEqual(ids(wire, west));
    expect(await found({ q: '电梯', age: 'long' })).toEqual(ids(lift));
    expect(await found({ q: '电梯', age: 'week' })).toEqual([]);
    const page = await listComplaints(world.who('clerk'), { ...given.nobody, query: { q: '飞线', limit: 1 } });
    expect([page.rows.map(({ id }) => id), page.total, page.totalIsExact]).toEqual([ids(wire, west).slice(0, 1), 2, true]);
    expect(await found({ q: '飞线', limit: 1, after: page.next ?? '' })).toEqual(ids(wire, west).slice(1));
    const sheet = complaint.routes.find(({ route }) => route.path === '/complaints/export');
    const query: Input<typeof exportComplaints>['query'] = { q: '飞线', lamp: 'green', age: 'week', handlerId: world.eastCommunity };
    expect(sheet?.route.query.safeParse(query).success).toBe(true);
  });
});

describe('who complained is not searched for', () => {
  test('by name never; by telephone or its last four figures only in what one’s own body has in hand', async () => {
    expect(await found({ q: '秦来访' }, 'community')).toEqual([]);
    expect(await found({ q: '13900001203' }, 'community')).toEqual(ids(wire));
    expect(await found({ q: '7777' }, 'community')).toContain(lift?.id);
    expect(await found({ q: '13900001203' })).toEqual([]);
    expect(await found({ q: '13900001203' }, 'company')).toEqual([]);
  });

  test('a long row of figures is nobody’s word: what was written into a text is not found by it', async () => {
    await world.registered({ body: '占道的摊主电话13711112222', category: 'F01' });
    expect(await found({ q: '13711112222' }, 'community')).toEqual([]);
    expect(await found({ q: '占道的摊主' }, 'community')).toHaveLength(1);
  });
});

describe('lists are narrowed', () => {
  test('by how many days a file has been open: a day more than the number is over it', async () => {
    const day = await world.registered({ receivedOn: '2026-11-12' as never, body: '电梯停运八天' });
    expect(await found({ age: 'over7' })).toContain(day.id);
    const edge = await world.registered({ receivedOn: '2026-11-13' as never, body: '电梯停运七天' });
    expect(await found({ age: 'over7' })).not.toContain(edge.id);
    expect(await found({ age: 'week' })).toContain(edge.id);
    expect(await found({ age: 'over30' })).toEqual(ids(lift));
  });
});
