import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { desk, given, type Desk, type Opened, type Person } from './testing/desk.ts';
import { correctComplaint } from './use-cases/correct.ts';
import { getMyObligations } from '#modules/obligation/use-cases/list-obligations.ts';
import { designateHandler, objectToHandling } from './use-cases/hand-on.ts';
import { askCompany, extendComplaint, giveFeedback } from './use-cases/handle.ts';
import { acceptComplaint } from './use-cases/take-up.ts';

const { at } = given;
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

describe('time limits', () => {
  const duesOfFile = async (id: Opened['id'], by: Person = 'community') => (await look(id, by)).dues.map(({ dutyId, dueOn, endedOn, holderName }) => [dutyId.replace('complaint.', ''), dueOn, endedOn === null ? 'open' : 'ended', holderName]);

  test('what is about a committee, received on 2026-02-13, shows 2026-02-25; received on 2025-09-30, 2025-10-11', async () => {
    const spring = await look((await register({ category: 'D01', body: '业委会没有开会就续聘物业', receivedOn: '2026-02-13' as never })).id);
    expect(spring).toMatchObject({ nextDueOn: '2026-02-25', lamp: 'red' });
    expect((await duesOfFile(spring.id)).filter(([duty]) => duty === 'intervene')).toEqual([['intervene', '2026-02-25', 'open', '东一社区']]);
    const autumn = await look((await register({ category: 'D01', body: '业委会印章由一人保管', receivedOn: '2025-09-30' as never })).id);
    expect(autumn.nextDueOn).toBe('2025-10-11');
  });

  test('the next day follows each act, and stays with the file when it is handed on', async () => {
    const item = await registered();
    expect([item.nextDueOn, await duesOfFile(item.id)]).toEqual(['2026-11-23', [['accept', '2026-11-23', 'open', '东一社区'], ['answer', '2026-11-27', 'open', '东一社区'], ['sign', '2026-11-23', 'ended', '东一社区']]]);
    const accepted = await accept(item);
    expect(accepted.nextDueOn).toBe('2026-11-23');
    const assigned = await assign(accepted, world.fire);
    expect((await duesOfFile(item.id)).filter(([, , state]) => state === 'open')).toEqual([['contact', '2026-11-23', 'open', '消防大队'], ['answer', '2026-11-27', 'open', '消防大队']]);
    const there = await look(assigned.id, 'fireman');
    const longer = await extendComplaint(world.who('fireman', there.version), { ...at(there), body: { why: '需要会同供电部门核查' } });
    expect((longer.dues.find(({ dutyId }) => dutyId === 'complaint.answer'))).toMatchObject({ dueOn: '2026-12-11', isExtended: true });
    const done = await close(await reply(longer, 'fireman'), 'fireman');
    expect(done.dues.filter(({ endedOn }) => endedOn === null).map(({ dutyId, dueOn }) => [dutyId, dueOn])).toEqual([['complaint.follow-up', '2026-11-25'], ['complaint.recheck', '2026-12-21']]);
  });

  test('a pace that is chosen at acceptance counts from the day of receipt', async () => {
    const item = await registered();
    const slow = await acceptComplaint(world.who('community', item.version), { ...at(item), body: { pace: 'investigated', note: '' } });
    expect(slow.dues.find(({ dutyId, endedOn }) => dutyId === 'complaint.answer' && endedOn === null)?.dueOn).toBe('2026-12-11');
  });

  test('the deadline of the hotline beats ours, and nobody is called back twice', async () => {
    const item = await look((await register({ origin: 'hotline', originNo: 'RX-9', originDueOn: '2026-12-30' as never })).id);
    expect(item.dues.find(({ dutyId }) => dutyId === 'complaint.answer')?.dueOn).toBe('2026-12-30');
    const done = await close(await reply(await assign(await accept(item), world.eastCommunity), 'community'), 'community');
    expect(done.dues.filter(({ endedOn }) => endedOn === null).map(({ dutyId }) => dutyId)).toEqual(['complaint.recheck']);
  });

  test('a category mended into a committee’s opens the intervention from the day of receipt; mended away, it is void', async () => {
    const item = await look((await register({ receivedOn: '2026-11-13' as never })).id);
    const mend = (from: Opened, category: 'D01' | 'A02') => correctComplaint(world.who('community', from.version), { ...at(from), body: { estateId: world.estateId, spot: '', category, why: '登记时选错类别' } });
    const now = await mend(item, 'D01');
    expect(now.dues.find(({ dutyId }) => dutyId === 'complaint.intervene')).toMatchObject({ dueOn: '2026-11-18', endedOn: null });
    const away = await mend(now, 'A02');
    expect(away.dues.find(({ dutyId }) => dutyId === 'complaint.intervene')).toMatchObject({ state: 'void' });
  });

  test('a company that is asked holds the feedback for three working days from then on; given, it is done, asked again, it begins anew; closed without it, it is void', async () => {
    const item = await registered({ category: 'A02' });
    const feedback = async () => (await look(item.id)).dues.filter(({ dutyId }) => dutyId === 'complaint.feedback').map(({ state, dueOn, holderName, holderKind }) => [state, dueOn, holderKind, holderName]);
    expect(await feedback()).toEqual([]);
    const asked = await askCompany(world.who('community', item.version), { ...at(item), body: { note: '请打扫楼道' } });
    expect(await feedback()).toEqual([['open', '2026-11-25', 'company', '甲物业有限公司']]);
    const mine = (await getMyObligations(world.who('company'))).rows;
    expect(mine).toMatchObject([{ dutyTitle: '处理并反馈情况', path: `/complaints/${item.id}` }]);
    const given = await giveFeedback(world.who('company', asked.version), { ...at(item), body: { note: '已打扫' } });
    expect(await feedback()).toEqual([['discharged', '2026-11-25', 'company', '甲物业有限公司']]);
    const again = await askCompany(world.who('community', given.version), { ...at(item), body: { note: '三单元还没有打扫' } });
    expect(new Set((await feedback()).map(([state]) => state))).toEqual(new Set(['discharged', 'open']));
    const there = await assign(await accept(again), world.eastCommunity);
    await close(await reply(there, 'community'), 'community');
    expect(new Set((await feedback()).map(([state]) => state))).toEqual(new Set(['discharged', 'void']));
  });

  test('an objection is decided by the conference’s office within three working days, on whose home it stands and on nobody else’s', async () => {
    const item = await assign(await accept(await registered()), world.fire);
    const there = await look(item.id, 'fireman');
    await objectToHandling(world.who('fireman', there.version), { ...at(item), body: { why: '不属于消防职责' } });
    const waiting = async (by: Person) => (await getMyObligations(world.who(by))).rows.filter(({ dutyTitle }) => dutyTitle === '指定承办单位').map(({ path, dueOn, holderName }) => [path, dueOn, holderName]);
    expect(await waiting('conference')).toEqual([[`/complaints/${item.id}`, '2026-11-25', '联席会议办公室']]);
    expect([await waiting('clerk'), await waiting('fireman'), await waiting('enforcer')]).toEqual([[], [], []]);
    const asked = await look(item.id, 'conference');
    await designateHandler(world.who('conference', asked.version), { ...at(item), body: { leadId: world.enforcement, why: '由城管局承办' } });
    expect(await waiting('conference')).toEqual([]);
  });

  test('a category mended away from a committee’s asks again whether the file is taken up, from the day of receipt; not of one that was taken up', async () => {
    const mend = (from: Opened) => correctComplaint(world.who('community', from.version), { ...at(from), body: { estateId: world.estateId, spot: '', category: 'A02', why: '登记时选错类别' } });
    const open = ({ dues }: Opened) => dues.filter(({ dutyId, endedOn }) => dutyId === 'complaint.accept' && endedOn === null).map(({ dueOn }) => dueOn);
    const about = await look((await register({ category: 'D01', receivedOn: '2026-11-13' as never })).id);
    expect(open(about)).toEqual([]);
    const away = await mend(about);
    expect([open(away), away.nextDueOn]).toEqual([['2026-11-16'], '2026-11-16']);
    expect(open(await accept(away))).toEqual([]);
    expect(open(await mend(await accept(await look((await register({ category: 'D01', receivedOn: '2026-11-13' as never })).id))))).toEqual([]);
  });
});
