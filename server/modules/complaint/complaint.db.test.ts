import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Input, Output } from '#contract/define-route.ts';
import type { getComplaint as oneRoute, postComplaint } from '#contract/complaint.ts';
import { addDays, addMonths, yearOf } from '#domain/kernel/local-date.ts';
import { obligation } from '#modules/obligation/index.ts';
import { everything } from '#platform/access/scope.ts';
import { systemContext } from '#platform/make-context.ts';
import { addFacts, complaintByReceipt, confirmAnswer, disputeAnswer } from './door.ts';
import { complaint as complaintModule } from './index.ts';
import { inheritFiles } from './inherit.ts';
import { complaintPersonalData } from './personal-data.ts';
import { hall, type Hall, type Person } from './testing/hall.ts';
import { correctComplaint, revealComplainant } from './use-cases/correct.ts';
import { closeComplaint, mergeComplaint, recheckComplaint, reopenComplaint, replyToComplaint } from './use-cases/end.ts';
import { assignComplaint, designateHandler, objectToHandling, transferComplaint } from './use-cases/hand-on.ts';
import { askCompany, askInformation, contactComplainant, extendComplaint, giveFeedback, noteComplaint, takeInformation } from './use-cases/handle.ts';
import { draftLetter } from './use-cases/letter.ts';
import { getComplaint, listComplaints, listLikeComplaints } from './use-cases/look.ts';
import { registerComplaint } from './use-cases/receive.ts';
import { listResponsibilities, recordResponsibility } from './use-cases/responsibilities.ts';
import { acceptComplaint, refuseComplaint } from './use-cases/take-up.ts';

type Item = Output<typeof oneRoute>;
type Draft = Input<typeof postComplaint>['body'];
let world: Hall;
beforeAll(async () => { world = await hall([complaintModule, obligation]); });
afterAll(() => world.stop());

const nobody = { params: {}, query: {}, body: {} };
const draft = (more: Partial<Draft> = {}): Draft => ({
  origin: 'counter', originNo: '', originDueOn: null, receivedOn: '2026-11-20' as never, estateId: world.estateId, spot: '3幢2单元', category: 'F04', body: '楼道里有人飞线给电动车充电，夜里冒烟', ownerCount: 1, isEmergency: false, emergencyTo: '', isAnonymous: false, isForFamily: false, name: '秦来访', phone: '13900007777', ...more,
});
const register = (more: Partial<Draft> = {}, by: Person = 'community') => registerComplaint(world.who(by), { ...nobody, body: draft(more) });
const look = (id: Item['id'], by: Person = 'community') => getComplaint(world.who(by), { ...nobody, params: { complaintId: id } });
const at = (item: Pick<Item, 'id'>) => ({ ...nobody, params: { complaintId: item.id } });
const accept = (item: Item, by: Person = 'community') => acceptComplaint(world.who(by, item.version), { ...at(item), body: { pace: 'ordinary', note: '' } });
const assign = (item: Item, leadId: Item['suggested']['leadId'], by: Person = 'community') => assignComplaint(world.who(by, item.version), { ...at(item), body: { leadId: leadId ?? world.fire, assistingId: null, why: '请依法办理' } });
const transfer = (item: Item, leadId: NonNullable<Item['suggested']['leadId']>, by: Person) => transferComplaint(world.who(by, item.version), { ...at(item), body: { leadId, why: '不属于本单位职责' } });
const reply = (item: Item, by: Person, more: object = {}) => replyToComplaint(world.who(by, item.version), { ...at(item), body: { outcome: 'resolved', agreement: '', reply: '已拆除飞线并教育当事人', ...more } });
const close = (item: Item, by: Person) => closeComplaint(world.who(by, item.version), { ...at(item), body: { note: '' } });
const registered = async (more: Partial<Draft> = {}) => look((await register(more)).id);
const tokenOf = (slip: { receiptPath: string | null }) => (slip.receiptPath ?? '').split('#')[1] ?? '';

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

  test('numbers of a county’s year run without a gap, also when one registration fails', async () => {
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

describe('who sees what', () => {
  test('a department sees only what it takes part in, in lists, counts and pages', async () => {
    const item = await assign(await accept(await registered()), world.fire);
    const list = (by: Person) => listComplaints(world.who(by), { ...nobody, query: { limit: 200 } });
    const [fire, enforcer, clerk] = [await list('fireman'), await list('enforcer'), await list('clerk')];
    expect(fire.rows.some(({ id }) => id === item.id)).toBe(true);
    expect(enforcer.rows.some(({ id }) => id === item.id)).toBe(false);
    expect([enforcer.total === enforcer.rows.length, clerk.total > enforcer.total]).toEqual([true, true]);
    await expect(look(item.id, 'enforcer')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a company reads what it was asked to deal with, never who complained; it answers, and no more', async () => {
    const item = await registered();
    await expect(look(item.id, 'company')).rejects.toMatchObject({ code: 'not-found' });
    const inside = await noteComplaint(world.who('community', item.version), { ...at(item), body: { note: '投诉人担心被报复', isInternal: true } });
    const asked = await askCompany(world.who('community', inside.version), { ...at(item), body: { note: '请拆除飞线并设充电桩' } });
    const seen = await look(item.id, 'company');
    expect(seen).toMatchObject({ complainants: [], identity: '投诉人的姓名、电话不向企业提供', can: { feedback: true, reply: '您的岗位只能查看' } });
    expect(JSON.stringify(seen)).not.toMatch(/秦|7777|报复/u);
    expect((await giveFeedback(world.who('company', asked.version), { ...at(item), body: { note: '已拆除三处飞线' } })).steps.at(-1)).toMatchObject({ title: '处理反馈', body: '甲物业有限公司' });
    const raw = await world.who('company').read((db) => sql<{ n: number }>`select count(*)::int as n from complaint.complainant`.execute(db));
    expect(raw.rows[0]?.n).toBe(0);
  });

  test('who complained is shown to the body that has the file, piece by piece, each look on record; to nobody else', async () => {
    const item = await registered();
    expect(item.complainants).toMatchObject([{ name: '秦**', hasPhone: true, isAnonymous: false }]);
    const person = item.complainants[0];
    if (!person) throw new Error('somebody complained');
    const reveal = (by: Person) => revealComplainant(world.who(by), { ...nobody, params: { complaintId: item.id, complainantId: person.id }, body: { field: 'phone', reason: '联系投诉人核实' } });
    expect(await reveal('community')).toEqual({ value: '13900007777' });
    await assign(await accept(item), world.fire);
    await expect(reveal('community')).rejects.toMatchObject({ code: 'rule.violated' });
    await expect(reveal('clerk')).rejects.toMatchObject({ code: 'rule.violated', message: '只有承办单位可以查看投诉人' });
    expect(await reveal('fireman')).toEqual({ value: '13900007777' });
    const looks = await world.kit.database.read(everything, (db) => db.selectFrom('audit.entry').select(['actorName', 'reason']).where('action', '=', 'complainant.reveal').where('subjectId', '=', item.id).orderBy('entryNo').execute());
    expect(looks).toEqual([{ actorName: 'community某', reason: '联系投诉人核实' }, { actorName: 'fireman某', reason: '联系投诉人核实' }]);
  });

  test('the community of the place intervenes and looks again also where a department has the file', async () => {
    const item = await assign(await accept(await registered({ category: 'D01', body: '业委会没有开会就续聘' })), world.fire);
    expect(item.can).toMatchObject({ intervene: true, reply: expect.stringContaining('由消防大队'), correct: true });
    const done = await close(await reply(await look((await assign(await accept(await registered({ category: 'A02', body: '楼道没有人打扫' })), world.fire)).id, 'fireman'), 'fireman'), 'fireman');
    expect((await look(done.id)).can.recheck).toBe(true);
  });

  test('nothing personal stands readable in the tables or in the audit trail', async () => {
    const item = await registered({ name: '尉迟留名', phone: '13688889999' });
    const rows = await world.kit.database.read(everything, (db) => sql<{ t: string }>`select x::text as t from complaint.complainant x union all select e::text from audit.entry e where e.subject_id = ${item.id}::text`.execute(db));
    expect(rows.rows.filter(({ t }) => /尉迟|13688889999/u.test(t))).toEqual([]);
    const clue = { countyId: world.county, today: '2026-11-20' as never, vault: world.kit.vault, name: '尉迟留名', idIndex: null, phoneIndexes: [world.kit.vault.index('phone', '13688889999')], numbers: ['13688889999'], subjects: [] };
    const found = await world.kit.database.read(everything, (db) => complaintPersonalData.find(db, clue));
    expect(found).toMatchObject([{ kind: 'complaint.complainant', match: 'sure', erases: null }]);
  });
});

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

describe('what comes back, and what looks alike', () => {
  test('closed and reported again at the same place within ninety days, it is linked and counted; after two relapses the conference is asked', async () => {
    const place = { estateId: world.otherEstateId, category: 'F02' } as const;
    const report = async () => look((await register(place, 'other')).id, 'other');
    const end = async (item: Item) => close(await reply(await assign(await accept(item, 'other'), world.west, 'other'), 'other'), 'other');
    const first = await end(await report());
    const second = await report();
    expect(second).toMatchObject({ relapseNo: 1, relapseOf: { no: first.no } });
    await end(second);
    const third = await report();
    expect(third).toMatchObject({ relapseNo: 2, relapseOf: { no: second.no } });
    const asked = await world.kit.database.read(everything, (db) => db.selectFrom('platform.event').select('key').where('name', '=', 'complaint.agenda-proposed').execute());
    expect(asked).toEqual([{ key: `${third.id}:relapse` }]);
    const rechecked = await recheckComplaint(world.who('other', (await look(first.id, 'other')).version), { ...at(first), body: { result: 'relapsed', note: '又搭起来了' } });
    expect(rechecked.recheckResult).toBe('relapsed');
  });

  test('the nearest of the same estate are suggested by their words, also closed ones; of another estate none', async () => {
    const known = await registered({ body: '顶楼住户私自搭建阳光房占用公共平台' });
    const like = (words: string, estateId = world.estateId) => listLikeComplaints(world.who('community'), { ...nobody, query: { estateId, words } });
    const [best] = (await like('顶楼私自搭建阳光房，占了公共平台')).rows;
    expect([best?.id, (best?.likeness ?? 0) > 20]).toEqual([known.id, true]);
    expect((await like('完全不相干的话题')).rows).toEqual([]);
    expect((await like('顶楼私自搭建阳光房占用公共平台', world.otherEstateId)).rows).toEqual([]);
  });
});

test('an order of the hotline is registered once: its number tells of the file that is there', async () => {
  const order = { origin: 'hotline', originNo: 'RX20261120001', originDueOn: '2026-11-24' as never } as const;
  const slip = await register(order);
  await expect(register(order)).rejects.toMatchObject({ code: 'state.duplicate', message: expect.stringContaining(slip.no) });
  await expect(register({ origin: 'hotline' })).rejects.toMatchObject({ code: 'input.invalid' });
});

test('the responsibility list: the county’s own line beats the default from its day on, and none is set for the past', async () => {
  const record = (effectiveFrom: string) => recordResponsibility(world.who('clerk'), { ...nobody, body: { category: 'F05', leadId: world.fire, assisting: '公安', basis: '县权责清单（2026年版）', effectiveFrom: effectiveFrom as never } });
  await expect(record('2026-11-19')).rejects.toMatchObject({ code: 'input.invalid' });
  await record('2026-11-20');
  await record('2026-12-01');
  const rows = (await listResponsibilities(world.who('clerk'))).rows;
  expect(rows.find(({ category }) => category === 'F05')).toMatchObject({ lead: '消防大队', isDefault: false, effectiveFrom: '2026-11-20' });
  expect(rows.filter(({ isDefault }) => !isDefault)).toHaveLength(1);
  expect((await registered({ category: 'F05', body: '消防通道被占' })).suggested).toMatchObject({ leadId: world.fire, basis: '县权责清单（2026年版）' });
});

test('a body that does not sign in gets a letter of transfer with what is known filled in, and nothing of who complained', async () => {
  const item = await assign(await accept(await registered({ name: '令狐不显', phone: '13700001111' })), world.police);
  const { paperId } = await draftLetter(world.who('community'), { ...at(item) });
  const paper = await world.kit.database.read(everything, (db) => db.selectFrom('paper.paper').selectAll().where('id', '=', paperId).executeTakeFirstOrThrow());
  expect([paper.kind, paper.status, paper.title]).toEqual(['transfer-letter', 'draft', '东一社区居民委员会关于转办甲苑飞线充电、电动车进楼问题的函']);
  expect(paper.data).toMatchObject({ addressee: '公安局', replyBy: '2026-11-27' });
  expect(JSON.stringify(paper.data)).not.toMatch(/令狐|13700001111/u);
  expect((await look(item.id)).steps.at(-1)).toMatchObject({ title: '拟转办函', isInternal: true });
});

test('when townships are merged, what lay with the one that is no more lies with the other', async () => {
  const item = await assign(await accept(await registered()), world.east);
  const ctx = systemContext(world.kit);
  await ctx.transact((tx) => inheritFiles(ctx, tx, { id: 'e', key: 'k', countyId: world.county, payload: { fromId: world.east, intoId: world.west } }));
  const [row] = await world.kit.database.read(everything, (db) => db.selectFrom('complaint.complaint').select(['handlerId']).where('id', '=', item.id).execute());
  expect(row).toEqual({ handlerId: world.west });
});

describe('time limits', () => {
  const duesOfFile = async (id: Item['id'], by: Person = 'community') => (await look(id, by)).dues.map(({ dutyId, dueOn, endedOn, holderName }) => [dutyId.replace('complaint.', ''), dueOn, endedOn === null ? 'open' : 'ended', holderName]);

  test('what is about a committee, received on 2026-02-13, shows 2026-02-25; received on 2025-09-30, 2025-10-11', async () => {
    const spring = await look((await register({ category: 'D01', body: '业委会没有开会就续聘物业', receivedOn: '2026-02-13' as never })).id);
    expect(spring).toMatchObject({ nextDueOn: '2026-02-25', lamp: 'red' });
    expect((await duesOfFile(spring.id)).filter(([duty]) => duty === 'intervene')).toEqual([['intervene', '2026-02-25', 'open', '东一社区']]);
    const autumn = await look((await register({ category: 'D01', body: '业委会印章由一人保管', receivedOn: '2025-09-30' as never })).id);
    expect(autumn.nextDueOn).toBe('2025-10-11');
  });

  test('the next day follows each act, and stays with the file when it is handed on', async () => {
    const item = await registered();
    expect([item.nextDueOn, await duesOfFile(item.id)]).toEqual(['2026-11-27', [['answer', '2026-11-27', 'open', '东一社区'], ['sign', '2026-11-23', 'ended', '东一社区']]]);
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
    const mend = (from: Item, category: 'D01' | 'A02') => correctComplaint(world.who('community', from.version), { ...at(from), body: { estateId: world.estateId, spot: '', category, why: '登记时选错类别' } });
    const now = await mend(item, 'D01');
    expect(now.dues.find(({ dutyId }) => dutyId === 'complaint.intervene')).toMatchObject({ dueOn: '2026-11-18', endedOn: null });
    const away = await mend(now, 'A02');
    expect(away.dues.find(({ dutyId }) => dutyId === 'complaint.intervene')).toMatchObject({ state: 'void' });
  });
});
