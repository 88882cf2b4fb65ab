import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Input, Output } from '#contract/define-route.ts';
import type { getComplaint as oneRoute, postComplaint } from '#contract/complaint.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { obligation } from '#modules/obligation/index.ts';
import { everything } from '#platform/access/scope.ts';
import { systemContext } from '#platform/make-context.ts';
import { complaint as complaintModule } from './index.ts';
import { inheritFiles } from './inherit.ts';
import { hall, type Hall, type Person } from './testing/hall.ts';
import { askInformation, extendComplaint, takeInformation } from './use-cases/handle.ts';
import { assignComplaint } from './use-cases/hand-on.ts';
import { getComplaint, listComplaints } from './use-cases/look.ts';
import { registerComplaint } from './use-cases/receive.ts';
import { acceptComplaint } from './use-cases/take-up.ts';

type Item = Output<typeof oneRoute>;
type Draft = Input<typeof postComplaint>['body'];
let world: Hall;
beforeAll(async () => { world = await hall([complaintModule, obligation]); });
afterAll(() => world.stop());

const nobody = { params: {}, query: {}, body: {} };
const at = (item: Pick<Item, 'id'>) => ({ ...nobody, params: { complaintId: item.id } });
const look = (id: Item['id'], by: Person = 'clerk') => getComplaint(world.who(by), { ...nobody, params: { complaintId: id } });
async function registered(more: Partial<Draft>, by: Person = 'clerk'): Promise<Item> {
  const { id } = await registerComplaint(world.who(by), { ...nobody, body: {
    origin: 'petition', originNo: '', originDueOn: null, receivedOn: '2026-11-20' as never, estateId: world.estateId, spot: '', category: 'A02', body: '反映小区物业长期不清扫', ownerCount: 1, isEmergency: false, emergencyTo: '', isAnonymous: true, isForFamily: false, name: '', phone: '', mail: '', letter: null, ...more,
  } });
  return look(id, by);
}
const accept = (item: Item, pace: 'ordinary' | 'complex' = 'ordinary') => acceptComplaint(world.who('clerk', item.version), { ...at(item), body: { pace, note: '' } });
const open = (item: Item) => item.dues.filter(({ endedOn }) => endedOn === null).map(({ dutyId, dueOn }) => [dutyId.replace('complaint.', ''), dueOn]);

describe('days of each source', () => {
  test('a petition is told of within fifteen days and answered within sixty from acceptance; one extension gives thirty', async () => {
    const item = await registered({ originNo: '安信〔2026〕88号' });
    expect([item.nextDueOn, open(item)]).toEqual(['2026-12-07', [['petition-accept', '2026-12-07']]]);
    const accepted = await accept(item);
    expect(open(accepted)).toEqual([['contact', '2026-11-23'], ['answer-petition', addDays('2026-11-20' as never, 60)]]);
    const longer = await extendComplaint(world.who('clerk', accepted.version), { ...at(accepted), body: { why: '情况复杂，需要委托评估' } });
    expect(longer.dues.find(({ dutyId }) => dutyId === 'complaint.answer-petition')).toMatchObject({ isExtended: true, dueOn: '2027-02-18' });
    expect(longer.can.extend).toContain('不能再延');
  });

  test('a proposal has three months, six once it is accepted as a hard one, and is not extended', async () => {
    const item = await registered({ origin: 'proposal', originNo: '县十八届人大五次会议第12号建议', category: 'J02', estateId: null });
    expect([item.estate, item.pace, open(item)]).toEqual([null, 'ordinary', [['answer-proposal', '2027-02-22']]]);
    const hard = await accept(item, 'complex');
    expect(open(hard).find(([duty]) => duty === 'answer-proposal')).toEqual(['answer-proposal', '2027-05-20']);
    expect(hard.can.extend).toContain('不能再延期');
  });

  test('an application for information that had to be mended is answered within the whole period from then', async () => {
    const item = await accept(await registered({ origin: 'disclosure', originNo: '依申请公开〔2026〕7号', receivedOn: '2026-11-12' as never, category: 'C02' }));
    expect(open(item).find(([duty]) => duty === 'answer-disclosure')).toEqual(['answer-disclosure', '2026-12-10']);
    const asked = await askInformation(world.who('clerk', item.version), { ...at(item), body: { note: '请写明需要哪一年的账目' } });
    const mended = await takeInformation(world.who('clerk', asked.version), { ...at(asked), body: { note: '已补正为2025年度' } });
    expect(open(mended).find(([duty]) => duty === 'answer-disclosure')).toEqual(['answer-disclosure', '2026-12-18']);
    expect(mended.nextDueOn).not.toBeNull();
  });

  test('after seven working days nobody is asked to mend an application any more; before, and of other sources, he is', async () => {
    const of = async (receivedOn: string, origin: 'disclosure' | 'mailbox', no: string) => (await accept(await registered({ origin, originNo: no, receivedOn: receivedOn as never, category: 'C02' }))).can.askInformation;
    expect(await of('2026-11-11', 'disclosure', '依申请公开〔2026〕21号')).toBe(true);
    expect(await of('2026-11-10', 'disclosure', '依申请公开〔2026〕22号')).toContain('要求补正应在2026年11月19日以前告知申请人');
    expect(await of('2026-11-10', 'mailbox', 'XZXX-2026-0921')).toBe(true);
    const late = await accept(await registered({ origin: 'disclosure', originNo: '依申请公开〔2026〕23号', receivedOn: '2026-11-02' as never, category: 'C02' }));
    await expect(askInformation(world.who('clerk', late.version), { ...at(late), body: { note: '请写明需要哪一年的账目' } })).rejects.toMatchObject({ code: 'rule.violated' });
  });

  test('an instruction by the day it states, whoever has it in hand', async () => {
    const item = await accept(await registered({ origin: 'instruction', originNo: '安政批〔2026〕15号', originDueOn: '2026-11-27' as never }));
    const assigned = await assignComplaint(world.who('clerk', item.version), { ...at(item), body: { leadId: world.fire, assistingId: null, why: '请按批示办理' } });
    expect(open(assigned).find(([duty]) => duty === 'answer')).toEqual(['answer', '2026-11-27']);
    expect(open(await accept(await registered({ origin: 'instruction', originNo: '安政批〔2026〕16号' }))).find(([duty]) => duty === 'answer')).toEqual(['answer', '2026-12-04']);
    expect(open(await registered({ origin: 'mailbox', originNo: 'XZXX-2026-0312' }))).toEqual([['accept', '2026-11-23'], ['answer', '2026-11-27']]);
  });
});

test('the number of a source is one file however it is typed, another source may have the same, and it is found by any spelling', async () => {
  const item = await registered({ origin: 'mailbox', originNo: '安信[2026] 90号' });
  await expect(registered({ origin: 'mailbox', originNo: '安信（２０２６）90号' })).rejects.toMatchObject({ code: 'state.duplicate', message: expect.stringContaining(item.no) });
  await registered({ originNo: '安信〔2026〕90号' });
  const { rows } = await listComplaints(world.who('clerk'), { ...nobody, query: { q: '安信【2026】90号', limit: 20 } });
  expect(rows.map(({ origin, originNo }) => [origin, originNo])).toEqual([['petition', '安信〔2026〕90号'], ['mailbox', '安信〔2026〕90号']]);
});

test('what concerns no estate lies in the place of the body that took it in, and moves with it when townships are merged', async () => {
  const item = await registered({ origin: 'proposal', originNo: '政协第9号', estateId: null }, 'township');
  expect((await listComplaints(world.who('township'), { ...nobody, query: { limit: 20 } })).rows.map(({ id }) => id)).toContain(item.id);
  await expect(look(item.id, 'other')).rejects.toMatchObject({ code: 'not-found' });
  await expect(registered({ origin: 'counter', estateId: null })).rejects.toMatchObject({ code: 'input.invalid', message: '请选择小区' });
  const ctx = systemContext(world.kit);
  await ctx.transact((tx) => inheritFiles(ctx, tx, { id: 'e', key: 'k', countyId: world.county, payload: { fromId: world.east, intoId: world.west } }));
  const [row] = await world.kit.database.read(everything, (db) => db.selectFrom('complaint.complaint').select(['handlerId', 'townshipId']).where('id', '=', item.id).execute());
  expect(row).toEqual({ handlerId: world.west, townshipId: world.west });
});
