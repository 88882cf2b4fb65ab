import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { desk, given, type Desk, type Opened, type Person } from './testing/desk.ts';
import { mergeComplaint } from './use-cases/end.ts';
import { listLikeComplaints, listLikenesses, tellApart } from './use-cases/likenesses.ts';

const { nobody, at } = given;
let world: Desk;
let [old, known, fresh]: Opened[] = [];
beforeAll(async () => {
  world = await desk();
  const first = await world.registered({ body: '顶楼住户私自搭建阳光房占用公共平台', spot: '5幢顶楼', category: 'F02' });
  old = await world.close(await world.reply(await world.assign(await world.accept(first), world.eastCommunity), 'community'), 'community');
  known = await world.registered({ body: '顶楼有人私自搭建阳光房，占了公共平台', spot: '5幢顶楼', category: 'F02' });
  fresh = await world.registered({ body: '5幢顶楼住户搭建阳光房，占用公共平台', spot: '5幢顶楼', category: 'F02' });
});
afterAll(() => world.stop());

const suggested = async (item: Opened | undefined, by: Person = 'community') => (await listLikenesses(world.who(by), at(item ?? { id: '' as never }))).rows;
const apart = (item: Opened | undefined, other: Opened | undefined, by: Person = 'community') => tellApart(world.who(by), { ...at(item ?? { id: '' as never }), body: { otherId: other?.id ?? ('' as never) } });

describe('before it is accepted', () => {
  test('the likest files of the estate are shown, closed ones too, never the file itself, nor another estate’s', async () => {
    await world.registered({ body: '顶楼住户私自搭建阳光房占用公共平台', estateId: world.otherEstateId, category: 'F02' }, 'other');
    const rows = await suggested(fresh);
    expect(rows.map(({ id }) => id).toSorted()).toEqual([old?.id ?? '', known?.id ?? ''].toSorted());
    expect(rows.map(({ id, isOpen }) => [id === old?.id, isOpen])).toEqual(expect.arrayContaining([[true, false], [false, true]]));
    expect(rows.every(({ likeness }, n) => n === 0 || (rows[n - 1]?.likeness ?? 0) >= likeness)).toBe(true);
  });

  test('of the same words the one at the same spot comes first', async () => {
    const place = { estateId: world.estateId, words: '顶楼住户私自搭建阳光房占用公共平台' };
    const here = (await listLikeComplaints(world.who('community'), { ...nobody, query: { ...place, spot: '5幢顶楼', category: 'F02' } })).rows;
    const nowhere = (await listLikeComplaints(world.who('community'), { ...nobody, query: { ...place, spot: '' } })).rows;
    expect(here[0]?.likeness).toBeGreaterThan(nowhere[0]?.likeness ?? 100);
  });

  test('told apart, neither is suggested beside the other again; it is on record who said so', async () => {
    const rows = (await apart(fresh, old)).rows;
    expect(rows.map(({ id }) => id)).toEqual([known?.id]);
    await apart(fresh, old);
    expect((await suggested(fresh)).map(({ id }) => id)).toEqual([known?.id]);
    expect((await suggested(old)).map(({ id }) => id)).toEqual([known?.id]);
    const [row] = await world.kit.database.read(everything, (db) => db.selectFrom('complaint.complaint').select('unlikeIds').where('id', '=', fresh?.id ?? ('' as never)).execute());
    expect(row?.unlikeIds).toEqual([old?.id]);
    const told = await world.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select('actorName').where('action', '=', 'complaint.tell-apart').execute());
    expect(told[0]).toEqual({ actorName: 'community某' });
  });

  test('what is merged is gone from the suggestions', async () => {
    const item = await world.look(fresh?.id ?? ('' as never));
    await mergeComplaint(world.who('community', item.version), { ...at(item), body: { intoNo: known?.no ?? '', why: '核对为同一件事' } });
    expect((await suggested(known)).map(({ id }) => id)).toEqual([old?.id]);
  });

  test('who does not see the other, or neither handles nor oversees, tells nothing apart', async () => {
    await expect(apart(known, old, 'other')).rejects.toMatchObject({ code: 'not-found' });
    await expect(apart(known, known)).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(apart(known, old, 'conference')).rejects.toMatchObject({ code: 'rule.violated' });
  });
});
