import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeId } from '#domain/kernel/brand.ts';
import { systemContext } from '#platform/make-context.ts';
import { settle } from '#platform/notices/notify.ts';
import { readBlank } from '#platform/workbook/fill/read-blank.ts';
import { xlsxOf } from '#platform/workbook/workbook.fixture.ts';
import { draftFor, givenIssued, givenTownships, partOf, type Given } from './testing/given-townships.ts';
import { decide, exportBoard, getBoard, sendBack } from './use-cases/board.ts';
import { copyCollection, draftCollection, editCollection } from './use-cases/draft.ts';
import { downloadPart, uploadPart, uploadReturned } from './use-cases/files.ts';
import { handInAnswer, saveAnswer, takeBackAnswer } from './use-cases/fill.ts';
import { getKnowledge, getOneCollection, getOnePart, listCollections, listParts } from './use-cases/look.ts';
import { chaseCollection, closeCollection, issueCollection, withdrawCollection } from './use-cases/send-down.ts';
import { getDifferences, updateRegistry } from './use-cases/update-registry.ts';

let given: Given;
beforeAll(async () => { given = await givenTownships(fileURLToPath(new URL('../../../seeds/ledgers/divisions.csv', import.meta.url))); });
afterAll(() => given.stop());

const none = { params: {}, query: {}, body: {} };
const open = (id: string, partId: Awaited<ReturnType<typeof partOf>>) => getOnePart(given.officer(id), { ...none, params: { partId } });
const bytesOf = (content: unknown): Buffer => { if (!(content instanceof Uint8Array)) throw new Error('no bytes'); return Buffer.from(content); };
/** The sheet as a table of texts and numbers, the hidden column first. */
const tableOf = (bytes: Buffer): (string | number | null)[][] => {
  const [sheet] = readBlank(bytes);
  const rows: (string | number | null)[][] = [];
  for (const cell of sheet?.cells ?? []) (rows[cell.row - 1] ??= [])[cell.column] = cell.number ?? (cell.text === '' ? null : cell.text);
  return Array.from(rows, (row) => Array.from(row ?? [], (cell) => cell ?? null));
};

test('twelve townships are asked, answer online, by workbook and 无变化, and are merged; a conflict waits for a decision, which a later answer opens again', async () => {
  expect(given.townships).toHaveLength(12);
  const sent = await givenIssued(given);
  expect([sent.partCount, sent.state, sent.parts.every(({ state, rowCount }) => state === 'waiting' && rowCount === 2)]).toEqual([12, 'issued', true]);
  const [a, b, c, ...others] = given.townships.map(({ id }) => id);
  if (a === undefined || b === undefined || c === undefined) throw new Error('twelve townships');

  const partA = await partOf(given, sent.id, a);
  const seen = await open(a, partA);
  const [east, west] = seen.rows.map(({ id }) => id);
  if (east === undefined || west === undefined) throw new Error('two estates');
  expect(seen.values).toEqual({ [east]: { c1: 100, c2: null, c3: '13900000001' }, [west]: { c1: null, c2: null, c3: null } });
  await expect(handInAnswer(given.officer(a, { ifMatch: seen.version }), { ...none, params: { partId: partA }, body: { values: {}, isUnchanged: true } })).rejects.toThrow(/不能直接按“无变化”提交.*西苑的“总户数”还没有填/);
  const saved = await saveAnswer(given.officer(a, { ifMatch: seen.version }), { ...none, params: { partId: partA }, body: { values: { [west]: { c1: 60 } } } });
  await expect(saveAnswer(given.officer(a, { ifMatch: seen.version }), { ...none, params: { partId: partA }, body: { values: {} } })).rejects.toMatchObject({ code: 'state.stale' });
  const handed = await handInAnswer(given.officer(a, { ifMatch: saved.version }), { ...none, params: { partId: partA }, body: { values: { [east]: { c1: 120, c2: true }, [west]: { c1: 60 } }, isUnchanged: false } });
  expect([handed.state, handed.isHandedIn, handed.values[east]?.['c3']]).toEqual(['answered', true, '13900000001']);

  // The same township also returns a workbook that says otherwise in one cell, and agrees in the rest.
  const blank = bytesOf((await downloadPart(given.officer(a), { ...none, params: { partId: partA } })).content);
  const table = tableOf(blank);
  const row = table.findIndex((line) => line[0] === east);
  expect([table.flat().some((cell) => String(cell).includes('依据：《物业管理条例》第五条')), table[row]?.slice(1)]).toEqual([true, [`${given.townships[0]?.name ?? ''}东苑`, 120, '是', '13900000001']]);
  const changed = table.map((line, at) => (at === row ? line.map((cell, column) => (column === 2 ? '130户' : cell)) : line));
  const returned = await xlsxOf([{ name: '核对', rows: changed }]);
  const taken = await uploadReturned(given.clerk({ uploads: await given.uploaded('甲.xlsx', returned) }), { ...none, params: { collectionId: sent.id } });
  expect(taken.files).toMatchObject([{ isTaken: true, problems: [], recipients: [given.townships[0]?.name] }]);
  expect((await uploadReturned(given.clerk({ uploads: await given.uploaded('甲.xlsx', returned) }), { ...none, params: { collectionId: sent.id } })).files).toMatchObject([{ isTaken: false, problems: ['这个文件已经收过，没有重复读取'] }]);

  // Another comes back by name only, from a sheet of the township's own; the rest say 无变化 once nothing needed is blank.
  const partB = await partOf(given, sent.id, b);
  const own = await xlsxOf([{ name: '表', rows: [['小区名称', '总户数', '是否有消防隐患'], [`${given.townships[1]?.name ?? ''}东苑`, 200, '否'], [`${given.townships[1]?.name ?? ''}西苑`, 50, null]] }]);
  expect((await uploadPart(given.officer(b, { uploads: await given.uploaded('乙.xlsx', own) }), { ...none, params: { partId: partB } })).files).toMatchObject([{ isTaken: true }]);
  for (const id of others) {
    const partId = await partOf(given, sent.id, id);
    const { version, rows } = await open(id, partId);
    await handInAnswer(given.officer(id, { ifMatch: version }), { ...none, params: { partId }, body: { values: Object.fromEntries(rows.map((line) => [line.id, { c1: 10 }])), isUnchanged: false } });
  }
  const board = await getBoard(given.clerk(), { ...none, params: { collectionId: sent.id }, query: { limit: 200, show: 'all' } });
  expect(board.openConflicts).toBe(1);
  const conflict = board.lines.flatMap(({ partId, partVersion, row: line, cells }) => cells.filter(({ state }) => state === 'conflict').map((cell) => ({ partId, partVersion, line, ...cell })))[0];
  expect(conflict).toMatchObject({ line: east, column: 'c1', base: 100, claims: [{ value: 120 }, { value: 130 }] });
  // 西苑 60 + (200 + 50) + 9 townships × 2 × 10; the open conflict and the township that did not answer are left out.
  expect(board.totals).toEqual([{ column: 'c1', total: 490, filled: 21, open: 1 }]);
  if (conflict === undefined) throw new Error('a conflict');
  const [, paper] = conflict.claims;
  await decide(given.clerk({ ifMatch: conflict.partVersion }), { ...none, params: { collectionId: sent.id, partId: conflict.partId }, body: { answerId: paper?.answerId ?? makeId('00000000-0000-7000-8000-000000000000'), cells: null } });
  await expect(decide(given.clerk({ ifMatch: conflict.partVersion }), { ...none, params: { collectionId: sent.id, partId: conflict.partId }, body: { answerId: conflict.claims[0]?.answerId ?? makeId('00000000-0000-7000-8000-000000000000'), cells: null } })).rejects.toMatchObject({ code: 'state.stale' });
  expect((await getBoard(given.clerk(), { ...none, params: { collectionId: sent.id }, query: { limit: 200, show: 'all' } })).totals).toEqual([{ column: 'c1', total: 620, filled: 22, open: 0 }]);

  // The answers update the books only where ticked, under the record's version, with the task as the reason.
  const { differences } = await getDifferences(given.clerk(), { ...none, params: { collectionId: sent.id }, query: { limit: 50 } });
  const one = differences.find(({ heldId, column }) => heldId === east && column === 'c1');
  expect([one?.shownBefore, one?.shownAfter, differences.some(({ column }) => column === 'c2')]).toEqual(['100', '130', false]);
  if (one === undefined) throw new Error('a difference');
  const change = { heldId: one.heldId, version: one.version, key: one.column, after: one.after };
  await expect(updateRegistry(given.clerk(), { ...none, params: { collectionId: sent.id }, body: { changes: [{ ...change, after: 131 }] } })).rejects.toMatchObject({ code: 'state.stale' });
  await expect(updateRegistry(given.clerk(), { ...none, params: { collectionId: sent.id }, body: { changes: [{ ...change, version: 99 }] } })).rejects.toMatchObject({ code: 'state.stale' });
  expect(await updateRegistry(given.clerk(), { ...none, params: { collectionId: sent.id }, body: { changes: [change] } })).toEqual({ records: 1, cells: 1 });
  const after = await systemContext(given.kit).read(async (db) => ({
    estate: await db.selectFrom('registry.estate').select(['totalUnits', 'occupiedUnits', 'version']).where('id', '=', makeId<'Estate'>(east)).executeTakeFirstOrThrow(),
    entry: await db.selectFrom('audit.entry').select(['reason', 'before', 'after']).where('action', '=', 'estate.update').where('subjectId', '=', east).executeTakeFirstOrThrow(),
  }));
  expect(after).toEqual({ estate: { totalUnits: 130, occupiedUnits: 90, version: 2 }, entry: { reason: '采集任务“小区基本情况核对”的填报', before: { totalUnits: 100 }, after: { totalUnits: 130 } } });
  expect((await getDifferences(given.clerk(), { ...none, params: { collectionId: sent.id }, query: { limit: 50 } })).differences.some(({ heldId, column }) => heldId === east && column === 'c1')).toBe(false);

  // Sent once more, last time's answers stand in it, the unbound ones too.
  const again = await copyCollection(given.clerk(), { ...none, params: { collectionId: sent.id } });
  await issueCollection(given.clerk({ ifMatch: again.version }), { ...none, params: { collectionId: again.id } });
  const next = await open(a, await partOf(given, again.id, a));
  expect(next.values[east]).toEqual({ c1: 130, c2: true, c3: '13900000001' });
  const workbook = await exportBoard(given.clerk(), { ...none, params: { collectionId: sent.id } });
  expect(workbook.fileName).toContain('合并表');
});

test('only who has not answered is chased, by the inbox, once a day; who answered, and nobody twice', async () => {
  const sent = await givenIssued(given, { title: '催办' });
  const [a, b] = given.townships.map(({ id }) => id);
  const partA = await partOf(given, sent.id, a ?? '');
  const { version, rows } = await open(a ?? '', partA);
  await handInAnswer(given.officer(a ?? '', { ifMatch: version }), { ...none, params: { partId: partA }, body: { values: Object.fromEntries(rows.map((line) => [line.id, { c1: 1 }])), isUnchanged: false } });
  const { chased } = await chaseCollection(given.clerk(), { ...none, params: { collectionId: sent.id }, body: { partIds: null } });
  expect([chased.length, chased.includes(given.townships[0]?.name ?? '')]).toEqual([11, false]);
  expect((await chaseCollection(given.clerk(), { ...none, params: { collectionId: sent.id }, body: { partIds: null } })).chased).toEqual([]);
  await expect(chaseCollection(given.clerk(), { ...none, params: { collectionId: sent.id }, body: { partIds: [await partOf(given, sent.id, b ?? '')] } })).rejects.toMatchObject({ code: 'rule.violated' });
  const told = await systemContext(given.kit).read((db) => db.selectFrom('platform.notice').select(['subjectId', 'path']).where('kind', '=', 'collection.chased').execute());
  expect([told.length, told.some(({ subjectId }) => subjectId === partA), told.every(({ subjectId, path }) => path === `/collection-parts/${subjectId}`)]).toEqual([11, false, true]);
});

test('who sent it down is told of answers in one notice that goes on, how many of how many, until it is read; of his own uploads he is not', async () => {
  const sent = await givenIssued(given, { title: '告知', columns: draftFor([]).columns.slice(1, 2) });
  const told = () => systemContext(given.kit).read((db) => db.selectFrom('platform.notice as n').innerJoin('platform.noticeReceipt as r', 'r.noticeId', 'n.id').select(['n.text', 'n.path', 'r.readAt']).where('n.kind', '=', 'collection.answered').where('n.subjectId', '=', sent.id).orderBy('n.id').execute());
  const hand = async (which: number) => {
    const id = given.townships[which]?.id ?? '';
    const partId = await partOf(given, sent.id, id);
    const officer = given.officer(id, { ifMatch: (await open(id, partId)).version });
    // Somebody else than who sent it down: the officers of this world share an account with the clerk.
    await handInAnswer({ ...officer, actor: { ...officer.actor, userId: null } }, { ...none, params: { partId }, body: { values: {}, isUnchanged: true } });
  };
  await hand(0);
  await hand(1);
  expect(await told()).toEqual([{ text: '采集任务“告知”有新的填报，已提交 2/12', path: `/collections/${sent.id}`, readAt: null }]);
  await systemContext(given.kit).transact(async (tx) => { await settle(tx, { kind: 'collection.answered', subject: ['Collection', sent.id] }); tx.auditNothing('test world'); });
  for (const which of [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) await hand(which);
  expect((await told()).map(({ text, readAt }) => [text, readAt === null])).toEqual([['采集任务“告知”有新的填报，已提交 2/12', false], ['采集任务“告知”已全部提交，共 12 份', true]]);
  const own = await givenIssued(given, { title: '自己收', columns: draftFor([]).columns.slice(1, 2) });
  const table = await xlsxOf([{ name: '表', rows: [['名称', '是否有消防隐患'], [`${given.townships[0]?.name ?? ''}东苑`, '否']] }]);
  expect((await uploadReturned(given.clerk({ uploads: await given.uploaded('自己.xlsx', table) }), { ...none, params: { collectionId: own.id } })).files).toMatchObject([{ isTaken: true }]);
  expect(await systemContext(given.kit).read((db) => db.selectFrom('platform.notice').select('id').where('kind', '=', 'collection.answered').where('subjectId', '=', own.id).execute())).toEqual([]);
});

test('taken back until the end, sent back with its reason, closed by itself after the last day, and nothing after a withdrawal', async () => {
  const sent = await givenIssued(given, { title: '退回', columns: draftFor([]).columns.slice(1, 2) });
  const a = given.townships[0]?.id ?? '';
  const partId = await partOf(given, sent.id, a);
  const hand = async (more: { isUnchanged?: boolean } = {}) => handInAnswer(given.officer(a, { ifMatch: (await open(a, partId)).version }), { ...none, params: { partId }, body: { values: {}, isUnchanged: true, ...more } });
  await hand();
  await expect(hand()).rejects.toMatchObject({ code: 'state.conflict' });
  expect((await takeBackAnswer(given.officer(a, { ifMatch: (await open(a, partId)).version }), { ...none, params: { partId } })).state).toBe('waiting');
  await hand();
  const back = await sendBack(given.clerk({ ifMatch: (await open(a, partId)).version }), { ...none, params: { collectionId: sent.id, partId }, body: { reason: '请补充隐患情况' } });
  expect(back.parts.find(({ id }) => id === partId)).toMatchObject({ state: 'returned', returnedReason: '请补充隐患情况' });
  await hand();
  given.clock.set('2026-12-05T02:00:00.000Z');
  await expect(takeBackAnswer(given.officer(a), { ...none, params: { partId } })).rejects.toThrow(/已到期结束/);
  expect((await getOneCollection(given.clerk(), { ...none, params: { collectionId: sent.id } })).state).toBe('ended');
  given.clock.set('2026-11-20T02:00:00.000Z');
  await withdrawCollection(given.clerk({ ifMatch: sent.version }), { ...none, params: { collectionId: sent.id }, body: { reason: '文件依据有误' } });
  await expect(takeBackAnswer(given.officer(a), { ...none, params: { partId } })).rejects.toThrow(/已撤回/);
  expect((await listParts(given.officer(a), { ...none, query: { limit: 50 } })).rows.some(({ id }) => id === partId)).toBe(false);
});

describe('before it is sent', () => {
  test('the books say what is known already of each column, and for how many', async () => {
    const { fields, rowCount } = await getKnowledge(given.clerk(), { ...none, query: { recipientKind: 'township', rowUnit: 'estate' } });
    expect([rowCount, fields.find(({ field }) => field === 'occupiedUnits'), fields.find(({ field }) => field === 'liftCount')?.known]).toEqual([24, { field: 'occupiedUnits', title: '入住户数', known: 12, total: 24 }, 0]);
  });
  test('without a ground it is not drafted, with personal columns it is not open to links, and a township asks no township', async () => {
    const post = (body: ReturnType<typeof draftFor>, ctx = given.clerk()) => draftCollection(ctx, { ...none, body });
    const all = given.townships.map(({ id }) => id);
    await expect(post(draftFor(all, { ground: '要求' }))).rejects.toMatchObject({ violations: [{ rule: 'collection.ground-stated' }] });
    await expect(post(draftFor(all, { isByLink: true }))).rejects.toMatchObject({ violations: [{ rule: 'collection.link-without-personal' }] });
    await expect(post(draftFor(all), given.officer(all[0] ?? ''))).rejects.toMatchObject({ code: 'access.denied' });
    await expect(post(draftFor(all, { columns: [...draftFor([]).columns, ...draftFor([]).columns] }))).rejects.toMatchObject({ code: 'input.invalid' });
    const draft = await post(draftFor(all.slice(0, 2)));
    expect((await editCollection(given.clerk({ ifMatch: draft.version }), { ...none, params: { collectionId: draft.id }, body: draftFor(all.slice(0, 3), { title: '改名' }) })).title).toBe('改名');
    await expect(closeCollection(given.clerk(), { ...none, params: { collectionId: draft.id } })).rejects.toMatchObject({ code: 'state.conflict' });
    expect((await listCollections(given.officer(all[0] ?? ''), { ...none, query: { limit: 50 } })).rows).toEqual([]);
  });
});

test('a returned workbook with wrong contents writes nothing at all, and each fault is named with its sheet and cell', async () => {
  const sent = await givenIssued(given, { title: '读表' });
  const name = given.townships[0]?.name ?? '';
  const file = await xlsxOf([{ name: '填报', rows: [['名称', '总户数', '是否有消防隐患'], [`${name}东苑`, '约一百', '否'], [`${name}西苑`, 5, '也许'], ['不认识的小区', 3, null]] }]);
  const { files } = await uploadReturned(given.clerk({ uploads: await given.uploaded('错.xlsx', file) }), { ...none, params: { collectionId: sent.id } });
  expect(files[0]?.isTaken).toBe(false);
  expect(files[0]?.problems).toEqual([
    expect.stringMatching(/^工作表“填报”B2（.*东苑的“总户数”）：/), expect.stringMatching(/^工作表“填报”C3（.*“是否有消防隐患”）：请填“是”或“否”/), '工作表“填报”第 4 行“不认识的小区”不在这个任务要填的名单里，请删去或改正名称',
  ]);
  const other = await givenIssued(given, { title: '别的' });
  const a = given.townships[0]?.id ?? '';
  const blank = bytesOf((await downloadPart(given.officer(a), { ...none, params: { partId: await partOf(given, other.id, a) } })).content);
  expect((await uploadReturned(given.clerk({ uploads: await given.uploaded('别.xlsx', blank) }), { ...none, params: { collectionId: sent.id } })).files[0]?.problems[0]).toContain('别的采集任务');
  expect((await uploadReturned(given.clerk({ uploads: await given.uploaded('图.xlsx', Buffer.from('%PDF-1.7')) }), { ...none, params: { collectionId: sent.id } })).files[0]?.problems[0]).toContain('PDF');
  expect((await getOneCollection(given.clerk(), { ...none, params: { collectionId: sent.id } })).answeredCount).toBe(0);
});

test('a township sees its own part and no other', async () => {
  const sent = await givenIssued(given, { title: '各看各的' });
  const [a, b] = given.townships.map(({ id }) => id);
  await expect(open(b ?? '', await partOf(given, sent.id, a ?? ''))).rejects.toMatchObject({ code: 'not-found' });
  const mine = (await listParts(given.officer(a ?? ''), { ...none, query: { limit: 50 } })).rows.filter(({ title }) => title === '各看各的');
  expect(mine.map(({ recipientName }) => recipientName)).toEqual([given.townships[0]?.name]);
  await expect(getOneCollection(given.officer(a ?? ''), { ...none, params: { collectionId: sent.id } })).rejects.toMatchObject({ code: 'not-found' });
});
