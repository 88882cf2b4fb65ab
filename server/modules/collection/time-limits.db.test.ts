import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { duesOf, obligation } from '#modules/obligation/index.ts';
import { systemContext } from '#platform/make-context.ts';
import { collection } from './index.ts';
import { draftFor, givenIssued, givenTownships, partOf, type Given } from './testing/given-townships.ts';
import { sendBack } from './use-cases/board.ts';
import { handInAnswer, takeBackAnswer } from './use-cases/fill.ts';
import { getOnePart } from './use-cases/look.ts';
import { closeCollection } from './use-cases/send-down.ts';

let given: Given;
beforeAll(async () => { given = await givenTownships(fileURLToPath(new URL('../../../seeds/ledgers/divisions.csv', import.meta.url))); });
afterAll(() => given.stop());

const none = { params: {}, query: {}, body: {} };
const columns = draftFor([]).columns.slice(0, 2).map((column) => ({ ...column, isRequired: false }));
const town = (at: number) => given.townships[at]?.id ?? '';
const sent = async (title: string) => { const one = await givenIssued(given, { title, columns }); return { one, partId: await partOf(given, one.id, town(0)) }; };
const due = async (partId: string) => { const ctx = given.officer(town(0)); const [first] = await ctx.read((db) => duesOf(db, ctx, ['Part', partId])); return first; };
const part = (partId: Awaited<ReturnType<typeof sent>>['partId']) => getOnePart(given.officer(town(0)), { ...none, params: { partId } });
const handIn = async (partId: Parameters<typeof part>[0]) => handInAnswer(given.officer(town(0), { ifMatch: (await part(partId)).version }), { ...none, params: { partId }, body: { values: {}, isUnchanged: true } });
const told = (kind: string, partId: string) => systemContext(given.kit).read((db) => db.selectFrom('platform.notice as n').innerJoin('platform.noticeReceipt as r', 'r.noticeId', 'n.id').innerJoin('obligation.obligation as o', (join) => join.on(sql<boolean>`n.subject_id = o.id::text`)).select('n.text').where('n.kind', '=', kind).where('o.subjectId', '=', partId).execute());
const everyNight = async () => { for (const { run } of collection.schedules) await run(systemContext(given.kit)); };
const tick = async () => { for (const { run } of obligation.schedules) await run(systemContext(given.kit)); };

/** As if it had been sent before parts had time limits. */
async function forget(partId: string): Promise<void> {
  const owner = new Client({ connectionString: given.ownerUrl });
  await owner.connect();
  await owner.query('delete from obligation.entry where obligation_id in (select id from obligation.obligation where subject_id = $1)', [partId]);
  await owner.query('delete from obligation.obligation where subject_id = $1', [partId]);
  await owner.end();
}

test('what is sent down is a duty of whom it was sent to, due on the day the task names, and leads to where it is filled in; handed in it is done', async () => {
  const { partId } = await sent('一次填报');
  expect(await due(partId)).toMatchObject({ dutyId: 'collection.answer', state: 'open', dueOn: '2026-11-27', holderKind: 'township', holderName: given.townships[0]?.name });
  const row = await systemContext(given.kit).read((db) => db.selectFrom('obligation.obligation').select(['path', 'title', 'holderOrgId']).where('subjectId', '=', partId).executeTakeFirstOrThrow());
  expect(row).toEqual({ path: `/collection-parts/${partId}`, title: '采集任务“一次填报”', holderOrgId: town(0) });
  await handIn(partId);
  expect(await due(partId)).toMatchObject({ state: 'discharged', endedOn: '2026-11-20', isLate: false });
});

test('taken back or sent back it is to be handed in still, and the day stays', async () => {
  const { one, partId } = await sent('退回重填');
  await handIn(partId);
  await takeBackAnswer(given.officer(town(0), { ifMatch: (await part(partId)).version }), { ...none, params: { partId } });
  expect(await due(partId)).toMatchObject({ state: 'open', dueOn: '2026-11-27' });
  await handIn(partId);
  await sendBack(given.clerk({ ifMatch: (await part(partId)).version }), { ...none, params: { collectionId: one.id, partId }, body: { reason: '第二行的数不对' } });
  expect(await due(partId)).toMatchObject({ state: 'open', dueOn: '2026-11-27' });
});

test('closed by its issuer it asks nobody any more, and what was handed in stays done', async () => {
  const { one, partId } = await sent('提前结束');
  await handIn(partId);
  const other = await partOf(given, one.id, town(1));
  await closeCollection(given.clerk({ ifMatch: one.version }), { ...none, params: { collectionId: one.id } });
  const states = await systemContext(given.kit).read((db) => db.selectFrom('obligation.obligation').select(['subjectId', 'state']).where('subjectId', 'in', [String(partId), String(other)]).execute());
  expect(new Map(states.map(({ subjectId, state }) => [subjectId, state]))).toEqual(new Map([[String(partId), 'discharged'], [String(other), 'void']]));
});

test('it warns and says once that it is overdue; past the end of the task the night makes an end of it; a task from before time limits gets them the next night', async () => {
  const { partId } = await sent('到期自动结束');
  const older = await sent('从前下发的');
  await forget(older.partId);
  const at = given.clock.now();
  for (const moment of ['2026-11-26T00:00:00.000Z', '2026-11-28T00:00:00.000Z', '2026-11-29T00:00:00.000Z']) { given.clock.set(moment); await everyNight(); await tick(); }
  expect([(await told('obligation.due', partId)).length, (await told('obligation.overdue', partId)).map(({ text }) => text)]).toEqual([1, ['“采集任务“到期自动结束””的“填报采集任务”到2026年11月27日还没有完成，已经逾期，责任单位：' + (given.townships[0]?.name ?? '') + '。']]);
  expect(await due(older.partId)).toMatchObject({ state: 'open', openedOn: '2026-11-20', dueOn: '2026-11-27' });
  given.clock.set('2026-12-05T00:00:00.000Z');
  await everyNight();
  expect([await due(partId), await due(older.partId)]).toMatchObject([{ state: 'void', endedOn: localDate('2026-12-05') }, { state: 'void' }]);
  await everyNight();
  given.clock.set(at);
});
