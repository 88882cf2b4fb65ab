import { afterAll, beforeAll, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import { deliverEvent } from '#platform/events/deliver.ts';
import { systemContext } from '#platform/make-context.ts';
import { putHolidayNotice } from '#modules/administration/use-cases/calendar.ts';
import { testWorld, type World } from '#modules/registry/testing/world.ts';
import { obligation } from './index.ts';
import { recordFact } from './record-fact.ts';
import { giveOfficers, toldTo } from './testing/officers.ts';
import { factOf, sample } from './testing/sample.ts';

let world: World;
beforeAll(async () => { world = await testWorld([sample, obligation]); await giveOfficers(world); });
afterAll(() => world.stop());

const rows = () => world.kit.database.read(everything, (db) => db.selectFrom('obligation.obligation').select(['subjectId', 'dueOn', 'isProvisional']).orderBy('subjectId').execute());
const told = (subject: string, on: string) => systemContext(world.kit).transact(async (tx) => { tx.auditNothing('test'); await recordFact(tx, factOf(world, 'sample.accepted', on, { subject: ['Estate', subject], key: subject })); });

test('when the notice of the next year comes, what was provisional is counted again, audited, and whoever holds it hears of a changed day', async () => {
  await told('across', '2026-12-29');
  await told('inside', '2026-12-01');
  expect(await rows()).toEqual([{ subjectId: 'across', dueOn: '2027-01-05', isProvisional: true }, { subjectId: 'inside', dueOn: '2026-12-08', isProvisional: false }]);
  const clerk = world.clerk();
  await putHolidayNotice(clerk, { params: { year: 2027 }, query: {}, body: { noticeNo: '国办发明电〔2026〕9号', title: '2027年部分节假日安排', publishedOn: localDate('2026-11-05'), daysOff: [localDate('2027-01-01'), localDate('2027-01-02'), localDate('2027-01-03'), localDate('2027-01-04')], makeupDays: [] } });
  const [delivery] = await world.kit.database.read(everything, (db) => db.selectFrom('platform.eventDelivery').select(['eventId', 'subscriber']).execute());
  for (let time = 0; time < 2; time += 1) await deliverEvent(world.kit, delivery?.eventId ?? '', delivery?.subscriber ?? '');
  expect(await rows()).toEqual([{ subjectId: 'across', dueOn: '2027-01-07', isProvisional: false }, { subjectId: 'inside', dueOn: '2026-12-08', isProvisional: false }]);
  const entries = await world.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select(['before', 'after']).where('action', '=', 'obligation.recompute').execute());
  expect(entries).toEqual([{ before: { dueOn: '2027-01-05', isProvisional: true }, after: { dueOn: '2027-01-07', isProvisional: false } }]);
  expect(await toldTo(world)).toEqual(['moved east']);
});
