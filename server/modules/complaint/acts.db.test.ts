import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, addMonths, yearOf } from '#domain/kernel/local-date.ts';
import { addFacts } from './door.ts';
import { desk, given, tokenOf, type Desk } from './testing/desk.ts';
import { correctComplaint } from './use-cases/correct.ts';
import { designateHandler, objectToHandling } from './use-cases/hand-on.ts';
import { askInformation, contactComplainant, extendComplaint, takeInformation } from './use-cases/handle.ts';
import { refuseComplaint } from './use-cases/take-up.ts';

const { at } = given;
let world: Desk;
let register: Desk['register'];
let registered: Desk['registered'];
let look: Desk['look'];
let accept: Desk['accept'];
let assign: Desk['assign'];
let transfer: Desk['transfer'];
let reply: Desk['reply'];
let close: Desk['close'];
beforeAll(async () => { world = await desk(); ({ register, registered, look, accept, assign, transfer, reply, close } = world); });
afterAll(() => world.stop());

describe('from the counter to the end', () => {
  test('said at the community’s counter it is signed for at once, accepted, assigned, transferred once and no more, answered, closed', async () => {
    const slip = await register();
    expect(slip.no).toMatch(/^投诉〔2026〕\d+号$/u);
    const first = await look(slip.id);
    expect(first).toMatchObject({ status: 'signed', handler: '东一社区', holder: 'community某', firstBody: '东一社区', suggested: { leadId: null, lead: '消防救援' } });
    const accepted = await accept(first);
    const assigned = await assign(accepted, world.fire);
    expect(assigned).toMatchObject({ status: 'assigned', handler: '消防大队', holder: null, can: { transfer: expect.stringContaining('由消防大队办理'), reply: expect.stringContaining('由消防大队'), note: true } });
    const moved = await transfer(await look(slip.id, 'fireman'), world.enforcement, 'fireman');
    expect(moved).toMatchObject({ handler: '城管局', isTransferred: true });
    const there = await look(slip.id, 'enforcer');
    expect(there.can.transfer).toContain('已经转办过一次');
    await expect(transfer(there, world.police, 'enforcer')).rejects.toMatchObject({ code: 'rule.violated', message: expect.stringContaining('不能再转办') });
    const contacted = await contactComplainant(world.who('enforcer', there.version), { ...at(there), body: { note: '已电话联系投诉人' } });
    const answered = await reply(contacted, 'enforcer');
    const closed = await close(answered, 'enforcer');
    expect(closed).toMatchObject({ status: 'closed', outcome: 'resolved', hands: [{ handler: '东一社区' }, { handler: '消防大队' }, { handler: '城管局' }] });
    expect(closed.steps.map(({ title }) => title)).toEqual(['收到投诉', '受理', '交办', '转办', '首次联系', '答复', '办结']);
  });

  test('numbers of a county’s year follow each other, also over a registration that is refused', async () => {
    const before = await register();
    await expect(register({ estateId: world.otherEstateId })).rejects.toMatchObject({ code: 'estate.not-found' });
    const after = await register();
    const serial = (no: string) => Number(/〕(\d+)号/u.exec(no)?.[1]);
    expect(serial(after.no)).toBe(serial(before.no) + 1);
    const many = await Promise.all(Array.from({ length: 5 }, () => register()));
    expect(new Set(many.map(({ no }) => no)).size).toBe(5);
  });

  test('a day of receipt more than ten years back, or to come, is a slip of the pen; exactly ten years is taken', async () => {
    const { today } = world.who('community');
    await expect(register({ receivedOn: addDays(today, 1) })).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('不能晚于今天') });
    await expect(register({ receivedOn: addDays(addMonths(today, -120), -1) })).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('请核对年份') });
    expect((await register({ receivedOn: addMonths(today, -120) })).no).toContain(`〔${yearOf(today) - 10}〕`);
  });

  test('the body that has it is designated by the conference’s office; the bureau cannot, and afterwards nobody transfers it', async () => {
    const assigned = await assign(await accept(await registered()), world.fire);
    const item = await look(assigned.id, 'fireman');
    const objected = await objectToHandling(world.who('fireman', item.version), { ...at(item), body: { why: '车棚由物业管理，不属消防' } });
    await expect(designateHandler(world.who('clerk', objected.version), { ...at(item), body: { leadId: world.enforcement, why: '局务会意见' } })).rejects.toMatchObject({ code: 'rule.violated', message: expect.stringContaining('联席会议办公室') });
    const fixed = await designateHandler(world.who('conference', objected.version), { ...at(item), body: { leadId: world.enforcement, why: '第三次联席会议纪要' } });
    expect(fixed).toMatchObject({ handler: '城管局', isDesignated: true, isObjected: false });
    expect((await look(item.id, 'enforcer')).can.transfer).toContain('已指定城管局承办');
  });

  test('a body without an account: whoever sent it writes its answer afterwards, and the file says so', async () => {
    const assigned = await assign(await accept(await registered()), world.police);
    expect(assigned).toMatchObject({ handler: '公安局', isHandlerOffline: true, can: { reply: true } });
    const answered = await reply(assigned, 'community');
    expect(answered.steps.at(-1)).toMatchObject({ title: '答复', body: '东一社区', isOffline: true });
  });

  test('a township acts for its community; another township does not even see the file', async () => {
    const item = await registered();
    expect((await look(item.id, 'township')).can.accept).toBe(true);
    await expect(look(item.id, 'other')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('water cut off to collect fees is not refused for arrears, and is for a case in court', async () => {
    const item = await registered({ category: 'B03', body: '物业因欠费停了我家的水' });
    const refuse = (ground: 'arrears' | 'court') => refuseComplaint(world.who('community', item.version), { ...at(item), body: { ground, where: '', why: '业主没有交费' } });
    await expect(refuse('arrears')).rejects.toMatchObject({ code: 'rule.violated', message: expect.stringContaining('第九百四十四条') });
    expect(await refuse('court')).toMatchObject({ status: 'refused', refusal: expect.stringContaining('诉讼、仲裁、复议程序') });
  });

  test('asking for information stops once; the receipt answers it', async () => {
    const slip = await register();
    const item = await accept(await look(slip.id));
    const asked = await askInformation(world.who('community', item.version), { ...at(item), body: { note: '请说明具体楼层' } });
    expect(asked).toMatchObject({ waitsUntilOn: '2026-11-27', can: { askInformation: expect.stringContaining('正在等待') } });
    expect(await addFacts(world.who('clerk'), { token: tokenOf(slip), text: '在三楼' })).toMatchObject({ waitsUntilOn: null });
    const back = await look(slip.id);
    expect(back.can.askInformation).toContain('补充过一次');
    const longer = await extendComplaint(world.who('community', back.version), { ...at(back), body: { why: '需要会同供电部门核查' } });
    expect(longer.can.extend).toContain('不能再延');
    await expect(takeInformation(world.who('community', longer.version), { ...at(longer), body: { note: '又来补充' } })).rejects.toMatchObject({ code: 'rule.violated' });
  });

  test('mending the place or the category is no transfer, and its rows go along', async () => {
    const item = await registered();
    const mended = await correctComplaint(world.who('clerk', item.version), { ...at(item), body: { estateId: world.otherEstateId, spot: '', category: 'F05', why: '登记时选错小区' } });
    expect(mended).toMatchObject({ estate: '乙苑', place: '西街道 西一社区', category: 'F05', isTransferred: false });
    await expect(look(item.id)).rejects.toMatchObject({ code: 'not-found' });
    expect((await look(item.id, 'other')).steps).toHaveLength(2);
  });

  test('a stale page is told so, and a file moves by one version an act', async () => {
    const item = await registered();
    const after = await accept(item);
    expect(after.version).toBe(item.version + 1);
    await expect(accept(item)).rejects.toMatchObject({ code: 'state.stale' });
  });
});
