import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { estatePath } from '#contract/owner-paths.ts';
import { everything } from '#platform/access/scope.ts';
import { posterOps } from '#platform/document/pdf/poster.ts';
import { readPdfText } from '#platform/document/read/read-pdf.ts';
import { buildServer } from '#platform/http/serve.ts';
import { newId } from '#platform/ids.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from '#server/main/modules.ts';
import { signedIn, type Signed } from '#server/main/testing/sign-in.ts';
import { makeWorld, type World } from '#server/main/testing/world.ts';
import { giveEstateFacts, giveOverdueCounts } from './testing/estate-facts.ts';

let kit: TestKit;
let app: FastifyInstance;
let world: World;
let township: Signed;
beforeAll(async () => {
  kit = await testKit(modules);
  world = await makeWorld(kit.kit);
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  township = await signedIn(app, '左侧-township');
});
afterAll(async () => { await app.close(); await kit.stop(); });

const estateId = () => world.left.ids.estateId ?? '';
const find = async (q: string) => (await app.inject({ url: `/api/owner/estates?${new URLSearchParams({ q }).toString()}` })).json() as { rows: Record<string, unknown>[]; hasMore: boolean; isNear: boolean };
const look = (id: string) => app.inject({ url: `/api/owner/estates/${id}` });

describe('anybody, without an account', () => {
  test('finds an estate by a part of its name or its initials, and learns only what stands on its gate', async () => {
    const { rows, hasMore } = await find('左侧');
    expect([rows, hasMore]).toEqual([[{ id: estateId(), name: '左侧小区', phase: null, county: '本县', township: '镇左街道', neighbourhood: '社左社区' }], false]);
    expect((await find('左侧小区 左')).rows).toHaveLength(1);
    for (const nothing of ['右边', '199', '%', '_', "'; drop", '业主']) expect([nothing, (await find(nothing)).rows]).toEqual([nothing, []]);
  });

  test.each([
    ['in traditional characters', '左側小區', true], ['with a character that sounds alike', '左侧小去', true], ['with the building and the room behind it', '左侧小区1幢1单元101', true], ['with a mark of the keyboard', '左侧小区。', false], ['in quotes', '“左侧”', false],
  ])('finds an estate whose name is written %s, and says so where it is not the name itself', async (_how, words, isNear) => {
    const found = await find(words);
    expect([found.rows.map(({ name }) => name), found.isNear]).toEqual([['左侧小区'], isNear]);
  });

  test('a name that is there is never set aside for one that sounds like it; what sounds like none finds none', async () => {
    expect(await find('左侧小区')).toMatchObject({ isNear: false });
    for (const nothing of ['花園', '左', '“”', '一号楼']) expect([nothing, (await find(nothing)).isNear]).toEqual([nothing, false]);
    const bare = await app.inject({ url: '/api/owner/estates' });
    expect([bare.statusCode, bare.json().errors?.[0]?.message ?? bare.json().detail]).toEqual([400, expect.stringContaining('请填写小区名称')]);
  });

  test('an estate of which nothing was published shows its name, its doors and what its offices published to everybody there, and nothing of the register', async () => {
    const answer = await look(estateId());
    expect([answer.statusCode, answer.headers['cache-control'], answer.headers['set-cookie']]).toEqual([200, 'public, no-cache', undefined]);
    expect(answer.json()).toMatchObject({ name: '左侧小区', facts: null, entrances: [{ building: '左侧1幢', entrance: '1' }] });
    expect(answer.json().items.map(({ title }: { title: string }) => title)).toEqual(['左侧通知']);
    expect(answer.body).not.toMatch(/物业有限公司|经理|业委会|业主|totalUnits|199/);
  });

  test('what was published of the estate itself stands there until it is withdrawn; of another estate never', async () => {
    const id = await giveEstateFacts(kit.kit, world.left, '企左侧物业有限公司');
    const other = await giveEstateFacts(kit.kit, world.right, '企右侧物业有限公司');
    const shown = (await look(estateId())).json() as { facts: { item: { title: string }; blocks: unknown[] }; items: { title: string }[] };
    expect([shown.facts.item.title, shown.facts.blocks, shown.items.length]).toEqual(['左侧小区物业服务信息', [{ kind: 'facts', facts: [{ label: '物业服务企业', value: '企左侧物业有限公司' }] }], 1]);
    await kit.kit.database.write(everything, async (db) => { await db.updateTable('publication.publication').set({ status: 'withdrawn', endedOn: '2026-11-21' as never, endedAt: kit.kit.clock.now(), withdrawReason: '内容有误' }).where('id', 'in', [id, other]).execute(); });
    expect((await look(estateId())).json()).toMatchObject({ facts: null });
  });

  test('counts that the county decided to publish stand there with their number, the latest of each way of counting, until they are withdrawn', async () => {
    expect((await look(estateId())).json()).toMatchObject({ counters: [] });
    const ids = [await giveOverdueCounts(kit.kit, world.left, '测试/1'), await giveOverdueCounts(kit.kit, world.left, '测试/2')];
    const shown = (await look(estateId())).json() as { counters: { item: { indexNo: string }; blocks: unknown[] }[]; items: { indexNo: string }[] };
    expect([shown.counters.map(({ item }) => item.indexNo), shown.counters[0]?.blocks, shown.items.some(({ indexNo }) => indexNo === '测试/1')]).toEqual([['测试/2'], [{ kind: 'table', columns: ['类别', '逾期（件）'], rows: [['物业服务', '5']] }], true]);
    await kit.kit.database.write(everything, async (db) => { await db.updateTable('publication.publication').set({ status: 'withdrawn', endedOn: '2026-11-21' as never, endedAt: kit.kit.clock.now(), withdrawReason: '内容有误' }).where('id', 'in', ids).execute(); });
    expect((await look(estateId())).json()).toMatchObject({ counters: [] });
  });

  test('an unknown estate is told so; one that was archived is gone; one that was merged leads to the other', async () => {
    for (const [id, status] of [[newId(), 404], ['x', 400]] as const) expect([id, (await look(id)).statusCode]).toEqual([id, status]);
    const gone = newId<'Estate'>();
    await kit.kit.database.write(everything, async (db) => {
      const { id: _id, ...like } = await db.selectFrom('registry.estate').selectAll().where('id', '=', estateId() as never).executeTakeFirstOrThrow();
      await db.insertInto('registry.estate').values({ ...like, id: gone, name: '左侧旧小区', matchKey: '左侧旧', archivedAt: kit.kit.clock.now(), mergedIntoId: null }).execute();
    });
    expect((await look(gone)).statusCode).toBe(404);
    await kit.kit.database.write(everything, async (db) => { await db.updateTable('registry.estate').set({ mergedIntoId: estateId() as never }).where('id', '=', gone).execute(); });
    expect((await look(gone)).json()).toMatchObject({ id: estateId(), name: '左侧小区' });
  });
});

describe('posters', () => {
  const pages = async (query = '') => {
    const answer = await app.inject({ url: `/api/estates/${estateId()}/posters${query}`, headers: township.headers });
    if (answer.statusCode !== 200) return answer.statusCode;
    const folder = await mkdtemp(join(tmpdir(), 'shanzhi-poster-'));
    await writeFile(join(folder, 'p.pdf'), answer.rawPayload);
    const text = await readPdfText(join(folder, 'p.pdf'));
    await rm(folder, { recursive: true });
    return typeof text === 'string' ? text : text.pages.map((page) => page.replaceAll(/\s/g, ''));
  };

  test('are one page for each door, with its name and the address a false code would not have', async () => {
    await kit.kit.database.write(everything, async (db) => {
      const unit = await db.selectFrom('registry.unit').selectAll().where('estateId', '=', estateId() as never).executeTakeFirstOrThrow();
      await db.insertInto('registry.unit').values({ ...unit, id: newId<'Unit'>(), entrance: '10', matchKey: '1-10-101' }).execute();
      await db.insertInto('registry.unit').values({ ...unit, id: newId<'Unit'>(), entrance: '2', matchKey: '1-2-101' }).execute();
    });
    const printed = await pages();
    expect(Array.isArray(printed) && printed.map((page) => /左侧1幢\d+单元/.exec(page)?.[0])).toEqual(['左侧1幢1单元', '左侧1幢2单元', '左侧1幢10单元']);
    expect(Array.isArray(printed) && printed.every((page) => page.includes('左侧小区') && page.includes(`${kit.kit.origin}/o`) && page.includes('社左社区窗口'))).toBe(true);
    expect(await pages(`?buildingId=${world.left.ids.buildingId}`)).toHaveLength(3);
    expect(await pages(`?buildingId=${world.right.ids.buildingId}`)).toBe(404);
  });

  test('hold a code that names the estate and the door, and words that stay on the sheet however long the name is', () => {
    const url = `https://wuye.example.gov.cn${estatePath('0199a000-0000-7000-8000-000000000000', { buildingId: '0199a000-0000-7000-8000-000000000001', entrance: '甲' })}`;
    const ops = posterOps({ heading: '小区的事，扫码办', name: '很'.repeat(60), place: '3幢甲单元'.repeat(12), url, lines: ['一'], small: ['二'] });
    expect(ops.flatMap((op) => (op.kind === 'qr' ? [op.text] : []))).toEqual(['https://wuye.example.gov.cn/o/e/0199a000-0000-7000-8000-000000000000?b=0199a000-0000-7000-8000-000000000001&u=%E7%94%B2']);
    expect(ops.flatMap((op) => (op.kind === 'text' ? [op.x] : [])).every((x) => x >= 15)).toBe(true);
    expect(ops.every((op) => !('y' in op) || op.y < 297) && ops.every((op) => op.kind !== 'text' || op.baseline < 290)).toBe(true);
  });
});
