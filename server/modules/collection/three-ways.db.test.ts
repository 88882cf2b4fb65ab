import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nothing } from '#platform/access/scope.ts';
import { newId } from '#platform/ids.ts';
import { makeContext } from '#platform/make-context.ts';
import { xlsxOf } from '#platform/workbook/workbook.fixture.ts';
import { readBlank } from '#platform/workbook/fill/read-blank.ts';
import { draftFor, givenIssued, givenTownships, partOf, type Given } from './testing/given-townships.ts';
import { decide, getBoard, sendBack } from './use-cases/board.ts';
import { downloadPart, uploadPart, uploadReturned } from './use-cases/files.ts';
import { handInAnswer, takeBackAnswer } from './use-cases/fill.ts';
import { answerLink, makePartLink, openPartLink } from './use-cases/links.ts';
import { getOneCollection, getOnePart } from './use-cases/look.ts';
import { closeCollection, withdrawCollection } from './use-cases/send-down.ts';

let given: Given;
beforeAll(async () => { given = await givenTownships(fileURLToPath(new URL('../../../seeds/ledgers/divisions.csv', import.meta.url))); });
afterAll(() => given.stop());

const none = { params: {}, query: {}, body: {} };
const columns = draftFor([]).columns.slice(0, 2).map((column) => ({ ...column, isRequired: false }));
const visitor = () => makeContext(given.kit, { actor: { userId: null, name: '访客', grantId: null, role: null, sessionId: null }, scope: nothing, requestId: newId(), ip: null });
const town = (at: number) => given.townships[at]?.id ?? '';

async function issued(title: string) {
  const sent = await givenIssued(given, { title, columns, isByLink: true });
  const partId = await partOf(given, sent.id, town(0));
  const part = () => getOnePart(given.officer(town(0)), { ...none, params: { partId } });
  const rows = (await part()).rows;
  const [east = '', west = ''] = rows.map(({ id }) => id);
  const task = { ...none, params: { collectionId: sent.id } };
  return {
    sent, partId, part, east, west, task, names: rows.map((row) => row.title),
    online: async (values: Record<string, Record<string, number | boolean | null>>, isUnchanged = false) => handInAnswer(given.officer(town(0), { ifMatch: (await part()).version }), { ...none, params: { partId }, body: { values, isUnchanged } }),
    link: async () => { const { path } = await makePartLink(given.clerk(), { ...none, params: { collectionId: sent.id, partId } }); return path.slice(path.indexOf('#') + 1); },
    table: (...cells: (string | number | null)[][]) => xlsxOf([{ name: '表', rows: [['小区名称', '总户数', '是否有消防隐患'], ...cells] }]),
    board: () => getBoard(given.clerk(), { ...task, query: { limit: 200, show: 'all' } }),
  };
}
type Issued = Awaited<ReturnType<typeof issued>>;
const byLink = async ({ part }: Issued, token: string, values: Record<string, Record<string, number | boolean | null>>, act: 'hand-in' | 'take-back' = 'hand-in') => answerLink(visitor(), { ...none, body: { token, version: (await part()).version, byName: '王五', isUnchanged: false, act, values } });
const cellsOf = async ({ board, east }: Issued) => (await board()).lines.find(({ row }) => row === east)?.cells ?? [];

test('the same part answered online, by link and by workbook: what all say is settled, what differs is told by way and settled by choice, and an answer of later opens it again', async () => {
  const one = await issued('三路');
  const token = await one.link();
  await one.online({ [one.east]: { c1: 110, c2: true } });
  await byLink(one, token, { [one.east]: { c1: 111, c2: true } });
  const file = await one.table([one.names[0] ?? '', 112, '是']);
  expect((await uploadReturned(given.clerk({ uploads: await given.uploaded('交回.xlsx', file) }), one.task)).files).toMatchObject([{ isTaken: true, recipients: [given.townships[0]?.name] }]);
  const [units, hazard] = await cellsOf(one);
  const { answers } = await one.board();
  const wayOf = (answerId: string) => answers.find(({ id }) => id === answerId)?.source;
  expect([units?.state, units?.claims.map(({ answerId, value }) => [wayOf(answerId), value]), hazard?.state, hazard?.value]).toEqual(['conflict', [['online', 110], ['link', 111], ['workbook', 112]], 'answered', true]);
  expect((await getOneCollection(given.clerk(), one.task)).parts.find(({ id }) => id === one.partId)).toMatchObject({ openConflicts: 1, state: 'answered' });
  const choose = async (value: number) => decide(given.clerk({ ifMatch: (await one.part()).version }), { ...none, params: { collectionId: one.sent.id, partId: one.partId }, body: { answerId: (await cellsOf(one))[0]?.claims.find((claim) => claim.value === value)?.answerId ?? newId<'Answer'>(), cells: null } });
  await choose(111);
  expect((await cellsOf(one))[0]).toMatchObject({ state: 'decided', value: 111 });
  // The link takes its answer back: what was chosen is no longer said, so the rest stands against each other again.
  await byLink(one, token, {}, 'take-back');
  expect((await cellsOf(one))[0]).toMatchObject({ state: 'conflict', claims: [{ value: 110 }, { value: 112 }] });
  await choose(112);
  given.clock.set('2026-11-20T03:00:00.000Z');
  await byLink(one, token, { [one.east]: { c1: 113, c2: true } });
  expect((await cellsOf(one))[0]?.state).toBe('conflict');
  // Sent back, all three are open to be changed, and the workbook counts no more.
  await sendBack(given.clerk({ ifMatch: (await one.part()).version }), { ...none, params: { collectionId: one.sent.id, partId: one.partId }, body: { reason: '三份不一致，请核对' } });
  expect(await cellsOf(one)).toMatchObject([{ state: 'held', value: 100 }, { state: 'held', value: null }]);
  await one.online({}, true);
  expect((await cellsOf(one))[0]).toMatchObject({ state: 'answered', value: 100 });
});

test('past the due day an answer is still taken, and told as late until then; past the last day, closed or withdrawn, by no way of the recipient’s; paper that comes late is taken in by who asked', async () => {
  const one = await issued('期限');
  const token = await one.link();
  const file = await one.table([one.names[0] ?? '', 120, null]);
  const upload = async () => uploadPart(given.officer(town(0), { uploads: await given.uploaded('迟交.xlsx', file) }), { ...none, params: { partId: one.partId } });
  given.clock.set('2026-11-28T02:00:00.000Z');
  expect([(await one.part()).state, (await getOneCollection(given.clerk(), one.task)).overdueCount]).toEqual(['overdue', 12]);
  await one.online({ [one.east]: { c1: 101 } });
  expect((await one.part()).state).toBe('answered');
  given.clock.set('2026-12-05T02:00:00.000Z');
  for (const late of [() => one.online({}), () => takeBackAnswer(given.officer(town(0)), { ...none, params: { partId: one.partId } }), upload]) await expect(late()).rejects.toThrow(/^已到期结束，不能再填报$/);
  await expect(openPartLink(visitor(), { ...none, body: { token } })).rejects.toMatchObject({ code: 'link.over' });
  expect((await uploadReturned(given.clerk({ uploads: await given.uploaded('迟交.xlsx', file) }), one.task)).files).toMatchObject([{ isTaken: true }]);
  given.clock.set('2026-11-20T02:00:00.000Z');

  const closed = await issued('提前结束');
  const open = await closed.link();
  await closeCollection(given.clerk({ ifMatch: closed.sent.version }), closed.task);
  await expect(closed.online({})).rejects.toThrow(/^已结束，不能再填报$/);
  await expect(byLink(closed, open, {})).rejects.toThrow(/采集任务已结束/);
  expect((await uploadReturned(given.clerk({ uploads: await given.uploaded('迟交.xlsx', file) }), closed.task)).files).toMatchObject([{ isTaken: true }]);

  const gone = await issued('撤回');
  const dead = await gone.link();
  await withdrawCollection(given.clerk({ ifMatch: gone.sent.version }), { ...gone.task, body: { reason: '文件依据有误' } });
  await expect(gone.online({})).rejects.toThrow(/^已撤回，不能再填报$/);
  await expect(byLink(gone, dead, {})).rejects.toThrow(/采集任务已撤回/);
  await expect(uploadReturned(given.clerk({ uploads: await given.uploaded('迟交.xlsx', file) }), gone.task)).rejects.toThrow(/已撤回/);
});

test('a downloaded table handed in elsewhere, or with its headings changed, is refused whole with what is wrong', async () => {
  const [one, other] = [await issued('甲任务'), await issued('乙任务')];
  const tableOf = async (part: string, at: number, change: (cell: string) => string = (cell) => cell) => {
    const { content } = await downloadPart(given.officer(town(at)), { ...none, params: { partId: await partOf(given, (part === '甲' ? one : other).sent.id, town(at)) } });
    const [sheet] = readBlank(content instanceof Uint8Array ? content : Buffer.alloc(0));
    const rows: (string | number | null)[][] = [];
    for (const cell of sheet?.cells ?? []) (rows[cell.row - 1] ??= [])[cell.column] = cell.number ?? change(cell.text);
    return xlsxOf([{ name: '填报', rows: Array.from(rows, (row) => Array.from(row ?? [], (cell) => cell ?? null)) }]);
  };
  const own = async (bytes: Uint8Array) => (await uploadPart(given.officer(town(0), { uploads: await given.uploaded('填报.xlsx', bytes) }), { ...none, params: { partId: one.partId } })).files[0];
  const alien = { isTaken: false, problems: ['工作表“填报”是别的采集任务或别的单位的表，没有读取；请核对后交到对应的任务'] };
  expect([await own(await tableOf('甲', 1)), await own(await tableOf('乙', 0))]).toMatchObject([alien, alien]);
  expect(await own(await tableOf('甲', 0, (cell) => (cell === '是否有消防隐患' ? '隐患' : cell)))).toMatchObject({ isTaken: false, problems: [expect.stringMatching(/^工作表“填报”第 \d+ 行的表头被改过：不认识“隐患”，缺少“是否有消防隐患”，没有读取/)] });
  expect(await own(await tableOf('甲', 0))).toMatchObject({ isTaken: true, problems: [] });
  expect((await getOneCollection(given.clerk(), one.task)).answeredCount).toBe(1);
});
