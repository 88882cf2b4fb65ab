import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input } from '#contract/define-route.ts';
import type { updateFromCollection } from '#contract/collection.ts';
import { localDate, makeId } from '#domain/kernel/brand.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import { readBlank } from '#platform/workbook/fill/read-blank.ts';
import { xlsxOf } from '#platform/workbook/workbook.fixture.ts';
import { draftFor, givenIssued, givenTownships, partOf, type Given } from './testing/given-townships.ts';
import { getBoard } from './use-cases/board.ts';
import { downloadPart, uploadReturned } from './use-cases/files.ts';
import { handInAnswer } from './use-cases/fill.ts';
import { getOneCollection, getOnePart } from './use-cases/look.ts';
import { getDifferences, updateRegistry } from './use-cases/update-registry.ts';

let given: Given;
const [oldCompany, newCompany] = [newId<'Company'>(), newId<'Company'>()];
beforeAll(async () => {
  given = await givenTownships(fileURLToPath(new URL('../../../seeds/ledgers/divisions.csv', import.meta.url)));
  await systemContext(given.kit).transact(async (tx) => {
    for (const [id, name] of [[oldCompany, '安和物业有限公司'], [newCompany, '新城物业有限公司']] as const) await tx.db.insertInto('registry.company').values({ id, countyId: given.countyId, name, matchKey: name }).execute();
    tx.auditNothing('test world');
  });
});
afterAll(() => given.stop());

const none = { params: {}, query: {}, body: {} };
const column = (key: string, title: string, kind: 'whole' | 'text' | 'flag', field: string | null, isRequired = false) => ({ key, title, kind, field, isRequired, choices: [], help: null });
const boardOf = (id: Awaited<ReturnType<typeof givenIssued>>['id'], show: 'changed' | 'conflict' | 'all', limit = 50, after?: string) => getBoard(given.clerk(), { ...none, params: { collectionId: id }, query: { show, limit, ...(after === undefined ? {} : { after }) } });
const differencesOf = async (id: Awaited<ReturnType<typeof givenIssued>>['id']) => (await getDifferences(given.clerk(), { ...none, params: { collectionId: id }, query: { limit: 50 } })).differences;

test('in a returned workbook a blank keeps what is held and （清空） empties it; a needed column is not emptied', async () => {
  const township = given.townships[0];
  if (township === undefined) throw new Error('a township');
  const sent = await givenIssued(given, { recipientIds: [township.id], columns: [column('c1', '总户数', 'whole', 'totalUnits', true), column('c2', '入住户数', 'whole', 'occupiedUnits'), column('c3', '负责人电话', 'text', 'managerPhone')] });
  const partId = await partOf(given, sent.id, township.id);
  const { content } = await downloadPart(given.officer(township.id), { ...none, params: { partId } });
  if (!(content instanceof Uint8Array)) throw new Error('no bytes');
  const [sheet] = readBlank(Buffer.from(content));
  expect(sheet?.cells.some(({ text }) => text.includes('要去掉原来的内容，请在格里写“（清空）”'))).toBe(true);
  const rows = (first: readonly (string | number | null)[]) => xlsxOf([{ name: '表', rows: [['名称', '总户数', '入住户数', '负责人电话'], [`${township.name}东苑`, ...first]] }]);
  const upload = async (name: string, first: readonly (string | number | null)[]) => (await uploadReturned(given.clerk({ uploads: await given.uploaded(name, await rows(first)) }), { ...none, params: { collectionId: sent.id } })).files[0];
  expect(await upload('空必填.xlsx', ['（清空）', 1, null])).toMatchObject({ isTaken: false, problems: [expect.stringContaining('是必填的，不能清空')] });
  expect(await upload('清空.xlsx', [null, '(清空)', '（清空）'])).toMatchObject({ isTaken: true });
  const board = await boardOf(sent.id, 'changed');
  expect(board.lines.map(({ title, cells }) => [title, cells.map(({ state, value }) => [state, value])])).toEqual([[`${township.name}东苑`, [['held', 100], ['answered', null], ['answered', null]]]]);
  const found = await differencesOf(sent.id);
  expect(found.map(({ columnTitle, shownBefore, shownAfter }) => [columnTitle, shownBefore, shownAfter])).toEqual([['入住户数', '90', '空'], ['负责人电话', '13900000001', '空']]);
  await updateRegistry(given.clerk(), { ...none, params: { collectionId: sent.id }, body: { changes: found.map(({ heldId, version, column: key, after }) => ({ heldId, version, key, after })) } });
  const held = await systemContext(given.kit).read((db) => db.selectFrom('registry.estate').select(['totalUnits', 'occupiedUnits', 'managerPhoneCipher']).where('name', '=', `${township.name}东苑`).executeTakeFirstOrThrow());
  expect(held).toEqual({ totalUnits: 100, occupiedUnits: null, managerPhoneCipher: null });
});

test('another company than the contract in force says is taken over as a new contract; an unknown name, no name and a committee say where they are changed', async () => {
  const township = given.townships[1];
  if (township === undefined) throw new Error('a township');
  const place = { countyId: given.countyId, townshipId: makeId<'OrgUnit'>(township.id) };
  const [east, west] = await systemContext(given.kit).transact(async (tx) => {
    const estates = await tx.db.selectFrom('registry.estate').select('id').where('townshipId', '=', place.townshipId).orderBy('name').execute();
    for (const { id } of estates) await tx.db.insertInto('registry.serviceContract').values({ id: newId<'ServiceContract'>(), contractId: newId(), estateId: id, companyId: oldCompany, ...place, startsOn: localDate('2024-01-01'), recordedAt: given.clock.now() }).execute();
    await tx.db.updateTable('registry.estate').set({ companyId: oldCompany }).where('townshipId', '=', place.townshipId).execute();
    tx.auditNothing('test world');
    return estates.map(({ id }) => id);
  });
  if (east === undefined || west === undefined) throw new Error('two estates');
  const sent = await givenIssued(given, { recipientIds: [township.id], columns: [column('c1', '物业服务企业', 'text', 'companyName'), column('c2', '是否成立业委会', 'flag', 'hasCommittee')] });
  const partId = await partOf(given, sent.id, township.id);
  const answer = async (values: Record<string, Record<string, string | boolean | null>>) => {
    const { version } = await getOnePart(given.officer(township.id), { ...none, params: { partId } });
    return handInAnswer(given.officer(township.id, { ifMatch: version }), { ...none, params: { partId }, body: { values, isUnchanged: false } });
  };
  await answer({ [east]: { c1: '新城物业 有限公司', c2: true }, [west]: { c1: '没有登记的物业' } });
  const found = await differencesOf(sent.id);
  expect(found.map(({ heldId, column: key, can, changeAt }) => [heldId === east ? '东' : '西', key, can === true ? true : can.slice(0, 6), changeAt])).toEqual([
    ['东', 'c1', true, `/estates/${east}`], ['东', 'c2', '业委会要写明', `/estates/${east}`], ['西', 'c1', '台账里没有（', `/estates/${west}`],
  ]);
  const take = (which: readonly (typeof found)[number][]): Promise<unknown> => { const body: Input<typeof updateFromCollection>['body'] = { changes: which.map(({ heldId, version, column: key, after }) => ({ heldId, version, key, after })) }; return updateRegistry(given.clerk(), { ...none, params: { collectionId: sent.id }, body }); };
  await expect(take(found)).rejects.toThrow(/不能从这里更新：业委会要写明/);
  await take(found.slice(0, 1));
  const contracts = await systemContext(given.kit).read((db) => db.selectFrom('registry.serviceContract').select(['companyId', 'startsOn', 'terminatedOn']).where('estateId', '=', east).where('supersededAt', 'is', null).orderBy('startsOn').execute());
  expect(contracts).toEqual([{ companyId: oldCompany, startsOn: '2024-01-01', terminatedOn: '2026-11-20' }, { companyId: newCompany, startsOn: '2026-11-20', terminatedOn: null }]);
  const estate = await systemContext(given.kit).read((db) => db.selectFrom('registry.estate').select('companyId').where('id', '=', east).executeTakeFirstOrThrow());
  expect([estate.companyId, (await differencesOf(sent.id)).map(({ heldId, column: key }) => [heldId === east, key])]).toEqual([newCompany, [[true, 'c2'], [false, 'c1']]]);
});

test('what the estates of a township add up to is compared too, and is changed at the estates', async () => {
  const township = given.townships[2];
  if (township === undefined) throw new Error('a township');
  const sent = await givenIssued(given, { recipientIds: [township.id], rowUnit: 'recipient', columns: [column('c1', '小区数', 'whole', 'estateCount')] });
  const partId = await partOf(given, sent.id, township.id);
  const { version } = await getOnePart(given.officer(township.id), { ...none, params: { partId } });
  await handInAnswer(given.officer(township.id, { ifMatch: version }), { ...none, params: { partId }, body: { values: { [township.id]: { c1: 3 } }, isUnchanged: false } });
  expect(await differencesOf(sent.id)).toMatchObject([{ shownBefore: '2', shownAfter: '3', can: expect.stringContaining('由小区台账汇总'), changeAt: '/estates' }]);
});

test('a board opens the parts of its page and no others; its sums and counts are of all', async () => {
  const sent = await givenIssued(given, { columns: [column('c1', '总户数', 'whole', 'totalUnits')] });
  for (const { id } of given.townships) {
    const partId = await partOf(given, sent.id, id);
    const { version, rows } = await getOnePart(given.officer(id), { ...none, params: { partId } });
    await handInAnswer(given.officer(id, { ifMatch: version }), { ...none, params: { partId }, body: { values: Object.fromEntries(rows.map((row) => [row.id, { c1: 7 }])), isUnchanged: false } });
  }
  const first = await boardOf(sent.id, 'changed', 4);
  expect([first.lines.length, first.rowCount, first.changedRows, first.totals]).toEqual([4, 24, 24, [{ column: 'c1', total: 168, filled: 24, open: 0 }]]);
  // Whatever is not on the page can no longer be read: nobody notices until its page is turned to.
  const shown = new Set<string>(first.lines.map(({ partId }) => partId));
  await systemContext(given.kit).transact(async (tx) => {
    const others = (await tx.db.selectFrom('collection.part').select('id').where('collectionId', '=', sent.id).execute()).map(({ id }) => id).filter((id) => !shown.has(id));
    await tx.db.updateTable('collection.answer').set({ valuesCipher: 'unreadable' }).where('partId', 'in', others).execute();
    await tx.db.updateTable('collection.part').set({ heldCipher: 'unreadable' }).where('id', 'in', others).execute();
    tx.auditNothing('test world');
  });
  expect(await boardOf(sent.id, 'changed', 4)).toEqual(first);
  expect((await getOneCollection(given.clerk(), { ...none, params: { collectionId: sent.id } })).parts).toHaveLength(12);
  expect((await boardOf(sent.id, 'conflict')).lines).toEqual([]);
  await expect(boardOf(sent.id, 'changed', 4, first.next ?? '')).rejects.toThrow();
});

test('pages of a board follow each other without loss, and parts from before summaries were kept are counted alike', async () => {
  const sent = await givenIssued(given, { columns: draftFor([]).columns.slice(1, 2) });
  for (const { id } of given.townships.slice(0, 5)) {
    const partId = await partOf(given, sent.id, id);
    const { version, rows } = await getOnePart(given.officer(id), { ...none, params: { partId } });
    await handInAnswer(given.officer(id, { ifMatch: version }), { ...none, params: { partId }, body: { values: { [rows[0]?.id ?? '']: { c2: true } }, isUnchanged: false } });
  }
  const whole = await boardOf(sent.id, 'all', 200);
  const paged: unknown[] = [];
  for (let after: string | undefined; ;) {
    const page = await boardOf(sent.id, 'all', 3, after);
    paged.push(...page.lines);
    expect([page.changedRows, page.rowCount]).toEqual([5, 24]);
    if (page.next === null) break;
    after = page.next;
  }
  expect([whole.lines.length, paged]).toEqual([24, whole.lines]);
  await systemContext(given.kit).transact(async (tx) => { await tx.db.updateTable('collection.part').set({ summary: null }).where('collectionId', '=', sent.id).execute(); tx.auditNothing('test world'); });
  expect(await boardOf(sent.id, 'all', 200)).toEqual(whole);
});
