import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { systemContext } from '#platform/make-context.ts';
import { inheritFiles } from './inherit.ts';
import { desk, given, type Desk, type Opened } from './testing/desk.ts';
import { recheckComplaint } from './use-cases/end.ts';
import { draftLetter } from './use-cases/letter.ts';
import { listLikeComplaints } from './use-cases/likenesses.ts';
import { listResponsibilities, recordResponsibility } from './use-cases/responsibilities.ts';

const { nobody, at } = given;
let world: Desk;
let register: Desk['register'];
let registered: Desk['registered'];
let look: Desk['look'];
let accept: Desk['accept'];
let assign: Desk['assign'];
let reply: Desk['reply'];
let close: Desk['close'];
beforeAll(async () => { world = await desk(); ({ register, registered, look, accept, assign, reply, close } = world); });
afterAll(() => world.stop());

describe('what comes back, and what looks alike', () => {
  test('closed and reported again at the same place within ninety days, it is linked and counted; after two relapses the conference is asked', async () => {
    const place = { estateId: world.otherEstateId, category: 'F02' } as const;
    const report = async () => look((await register(place, 'other')).id, 'other');
    const end = async (item: Opened) => close(await reply(await assign(await accept(item, 'other'), world.west, 'other'), 'other'), 'other');
    const first = await end(await report());
    const second = await report();
    expect(second).toMatchObject({ relapseNo: 1, relapseOf: { no: first.no } });
    await end(second);
    const third = await report();
    expect(third).toMatchObject({ relapseNo: 2, relapseOf: { no: second.no } });
    const asked = await world.kit.database.read(everything, (db) => db.selectFrom('platform.event').select('key').where('name', '=', 'complaint.agenda-proposed').execute());
    expect(asked).toEqual([{ key: `${third.id}:relapse` }]);
    const rechecked = await recheckComplaint(world.who('other', (await look(first.id, 'other')).version), { ...at(first), body: { result: 'relapsed', note: '又搭起来了' } });
    expect(rechecked.recheckResult).toBe('relapsed');
  });

  test('the nearest of the same estate are suggested by their words, also closed ones; of another estate none', async () => {
    const known = await registered({ body: '顶楼住户私自搭建阳光房占用公共平台' });
    const like = (words: string, estateId = world.estateId) => listLikeComplaints(world.who('community'), { ...nobody, query: { estateId, words, spot: '' } });
    const [best] = (await like('顶楼私自搭建阳光房，占了公共平台')).rows;
    expect([best?.id, (best?.likeness ?? 0) > 20]).toEqual([known.id, true]);
    expect((await like('完全不相干的话题')).rows).toEqual([]);
    expect((await like('顶楼私自搭建阳光房占用公共平台', world.otherEstateId)).rows).toEqual([]);
  });
});

test('an order of the hotline is registered once: its number tells of the file that is there', async () => {
  const order = { origin: 'hotline', originNo: 'RX20261120001', originDueOn: '2026-11-24' as never } as const;
  const slip = await register(order);
  await expect(register(order)).rejects.toMatchObject({ code: 'state.duplicate', message: expect.stringContaining(slip.no) });
  await expect(register({ origin: 'hotline' })).rejects.toMatchObject({ code: 'input.invalid' });
});

test('the responsibility list: the county’s own line beats the default from its day on, and none is set for the past', async () => {
  const record = (effectiveFrom: string) => recordResponsibility(world.who('clerk'), { ...nobody, body: { category: 'F05', leadId: world.fire, assisting: '公安', basis: '县权责清单（2026年版）', effectiveFrom: effectiveFrom as never } });
  await expect(record('2026-11-19')).rejects.toMatchObject({ code: 'input.invalid' });
  await record('2026-11-20');
  await record('2026-12-01');
  const rows = (await listResponsibilities(world.who('clerk'))).rows;
  expect(rows.find(({ category }) => category === 'F05')).toMatchObject({ lead: '消防大队', isDefault: false, effectiveFrom: '2026-11-20' });
  expect(rows.filter(({ isDefault }) => !isDefault)).toHaveLength(1);
  expect((await registered({ category: 'F05', body: '消防通道被占' })).suggested).toMatchObject({ leadId: world.fire, basis: '县权责清单（2026年版）' });
});

test('a body that does not sign in gets a letter of transfer with what is known filled in, and nothing of who complained', async () => {
  const item = await assign(await accept(await registered({ name: '令狐不显', phone: '13700001111' })), world.police);
  const { paperId } = await draftLetter(world.who('community'), { ...at(item) });
  const paper = await world.kit.database.read(everything, (db) => db.selectFrom('paper.paper').selectAll().where('id', '=', paperId).executeTakeFirstOrThrow());
  expect([paper.kind, paper.status, paper.title]).toEqual(['transfer-letter', 'draft', '东一社区居民委员会关于转办甲苑飞线充电、电动车进楼问题的函']);
  expect(paper.data).toMatchObject({ addressee: '公安局', replyBy: '2026-11-27' });
  expect(JSON.stringify(paper.data)).not.toMatch(/令狐|13700001111/u);
  expect((await look(item.id)).steps.at(-1)).toMatchObject({ title: '拟转办函', isInternal: true });
});

test('when townships are merged, what lay with the one that is no more lies with the other', async () => {
  const item = await assign(await accept(await registered()), world.east);
  const ctx = systemContext(world.kit);
  await ctx.transact((tx) => inheritFiles(ctx, tx, { id: 'e', key: 'k', countyId: world.county, payload: { fromId: world.east, intoId: world.west } }));
  const [row] = await world.kit.database.read(everything, (db) => db.selectFrom('complaint.complaint').select(['handlerId']).where('id', '=', item.id).execute());
  expect(row).toEqual({ handlerId: world.west });
});
