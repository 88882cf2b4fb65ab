import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { complaintPersonalData } from './personal-data.ts';
import { desk, given, type Desk, type Person } from './testing/desk.ts';
import { revealComplainant } from './use-cases/correct.ts';
import { askCompany, giveFeedback, noteComplaint } from './use-cases/handle.ts';
import { listComplaints } from './use-cases/look.ts';

const { nobody, at } = given;
let world: Desk;
let registered: Desk['registered'];
let look: Desk['look'];
let accept: Desk['accept'];
let assign: Desk['assign'];
let reply: Desk['reply'];
let close: Desk['close'];
beforeAll(async () => { world = await desk(); ({ registered, look, accept, assign, reply, close } = world); });
afterAll(() => world.stop());

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
    expect(seen).toMatchObject({ complainants: [], identity: '投诉人的姓名、电话、邮箱不向企业提供', can: { feedback: true, reply: '您的岗位只能查看' } });
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
