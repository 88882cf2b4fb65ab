import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complaintByReceipt, confirmAnswer, disputeAnswer } from './door.ts';
import { desk, given, tokenOf, type Desk } from './testing/desk.ts';
import { mergeComplaint, reopenComplaint } from './use-cases/end.ts';
import { noteComplaint } from './use-cases/handle.ts';

const { at } = given;
let world: Desk;
let register: Desk['register'];
let look: Desk['look'];
let accept: Desk['accept'];
let assign: Desk['assign'];
let reply: Desk['reply'];
beforeAll(async () => { world = await desk(); ({ register, look, accept, assign, reply } = world); });
afterAll(() => world.stop());

describe('the complainant’s receipt', () => {
  test('follows each step without an officer’s name, disputes on a new fact at most twice, and says how content he is', async () => {
    const slip = await register();
    const token = tokenOf(slip);
    const answered = await reply(await assign(await accept(await look(slip.id)), world.eastCommunity), 'community');
    const seen = await complaintByReceipt(world.who('clerk'), { token });
    expect(seen).toMatchObject({ no: slip.no, status: 'replied', handler: '东一社区', reply: '已拆除飞线并教育当事人', can: { confirm: true, dispute: true } });
    expect(JSON.stringify(seen)).not.toContain('某');
    await expect(disputeAnswer(world.who('clerk'), { token, newFact: ' ' })).rejects.toMatchObject({ code: 'rule.violated' });
    expect(await disputeAnswer(world.who('clerk'), { token, newFact: '昨晚又拉起来了' })).toMatchObject({ status: 'handling', nextDueOn: answered.dues.find(({ dutyId }) => dutyId === 'complaint.answer')?.dueOn });
    const again = await look(slip.id);
    expect(again.reopenCount).toBe(1);
    await reply(again, 'community', { reply: '再次拆除并安装充电桩' });
    expect(await confirmAnswer(world.who('clerk'), { token, satisfaction: 'satisfied' })).toMatchObject({ status: 'closed', satisfaction: '满意' });
    const third = await reopenComplaint(world.who('community', (await look(slip.id)).version), { ...at(answered), body: { newFact: '充电桩断电，又拉飞线' } });
    // What he said of the former answer does not stand for the next one.
    expect(third).toMatchObject({ satisfaction: null, recheckResult: null });
    expect(await complaintByReceipt(world.who('clerk'), { token })).toMatchObject({ satisfaction: null, status: 'handling' });
    await reply(third, 'community');
    await expect(disputeAnswer(world.who('clerk'), { token, newFact: '又一次' })).rejects.toMatchObject({ code: 'rule.violated', message: expect.stringContaining('不再重新办理') });
    await expect(complaintByReceipt(world.who('clerk'), { token: `${token}x` })).rejects.toMatchObject({ code: 'link.unknown' });
  });

  test('of merged files each complainant keeps his receipt and follows the other file, without what its own complainant wrote', async () => {
    const [one, two] = [await register({ body: '甲说的秘密细节' }), await register({ name: '陈后来', phone: '13900006666' })];
    const second = await look(two.id);
    const merged = await mergeComplaint(world.who('community', second.version), { ...at(second), body: { intoNo: one.no, why: '同一件飞线' } });
    expect(merged).toMatchObject({ status: 'merged', mergedInto: { no: one.no } });
    expect((await look(one.id))).toMatchObject({ ownerCount: 2, mergedFrom: [{ no: two.no }] });
    await noteComplaint(world.who('community'), { ...at({ id: one.id }), body: { note: '甲补充的私密情况', isInternal: false } });
    const seen = await complaintByReceipt(world.who('clerk'), { token: tokenOf(two) });
    expect(seen).toMatchObject({ no: two.no, mergedIntoNo: one.no, status: 'signed' });
    expect(JSON.stringify(seen)).not.toMatch(/甲说|私密/u);
  });
});
