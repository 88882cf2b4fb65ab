import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { CONSENT_NOW } from '#domain/owner/consent.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { addDays, epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { ensureHolidays } from '#modules/administration/index.ts';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from '#server/main/modules.ts';
import { signedIn, type Signed } from '#server/main/testing/sign-in.ts';
import { makeWorld, type World } from '#server/main/testing/world.ts';
import { inEstate, inPlace } from './context.ts';
import { endAfterTransfer, endPastOwnerships } from './ownership-ended.ts';
import { ownerPersonalData } from './personal-data.ts';
import { ownerRetentions } from './retentions.ts';

/** The telephone that the register has for the owner of the left half's only home. */
const HOLDER = '19900000002';
let kit: TestKit;
let world: World;
let app: FastifyInstance;
let officer: Signed;
let committee: Signed;
let stranger: Signed;
beforeAll(async () => {
  kit = await testKit(modules);
  world = await makeWorld(kit.kit);
  await ensureHolidays(kit.kit);
  app = await buildServer({ ...kit.kit, isDemo: true }, { logLevel: 'silent' });
  [officer, committee, stranger] = [await signedIn(app, '左侧-neighbourhood'), await signedIn(app, '左侧-committee'), await signedIn(app, '右侧-neighbourhood')];
});
afterAll(async () => { await app.close(); await kit.stop(); });
beforeEach(async () => { await kit.kit.database.write(everything, async (db) => { for (const table of ['owner.phoneCode', 'owner.phoneSession'] as const) await db.deleteFrom(table).execute(); await db.updateTable('owner.binding').set({ status: 'ended', endedOn: systemContext(kit.kit).today }).where('status', 'in', ['asked', 'bound']).execute(); }); });

const read = <T>(work: Parameters<typeof kit.kit.database.read<T>>[1]) => kit.kit.database.read(everything, work);
async function code(phone: string): Promise<string> {
  kit.clock.set(instantOf(epochOf(kit.kit.clock.now()) + 61_000));
  expect((await app.inject({ method: 'POST', url: '/api/owner/phone-codes', payload: { estateId: world.left.ids.estateId, phone } })).statusCode).toBe(200);
  const row = await read((db) => db.selectFrom('owner.phoneCode').select('demoCipher').orderBy('createdAt', 'desc').executeTakeFirstOrThrow());
  return /验证码(\d{6})/.exec(z.object({ text: z.string() }).parse(JSON.parse(kit.kit.vault.open(row.demoCipher ?? ''))).text)?.[1] ?? '';
}
type Phone = Readonly<Record<'cookie', string>>;
async function signIn(phone: string): Promise<Phone> {
  const answer = await app.inject({ method: 'POST', url: '/api/owner/sessions', payload: { estateId: world.left.ids.estateId, phone, code: await code(phone) } });
  expect(answer.statusCode).toBe(200);
  const [cookie] = answer.cookies;
  expect(cookie).toMatchObject({ name: 'shanzhi_owner', httpOnly: true, sameSite: 'Strict', path: '/api/owner', maxAge: 31 * 86_400 });
  return { cookie: `shanzhi_owner=${cookie?.value ?? ''}` };
}
const ask = (by: Phone, path: string, payload?: object) => app.inject({ method: payload === undefined ? 'GET' : 'POST', url: `/api/owner/${path}`, headers: { ...by }, ...(payload === undefined ? {} : { payload }) });
const home = (more: object = {}) => ({ estateId: world.left.ids.estateId, buildingId: world.left.ids.buildingId, entrance: '1', room: '101', name: '左侧业主', consent: CONSENT_NOW, ...more });
const list = async (by: Signed) => (await app.inject({ url: '/api/owner-bindings?status=asked', headers: by.headers })).json() as { rows: { id: string; name: string; phone: string; place: string; unit: string | null; version: number; due: { dueOn: string } | null }[] };
const decide = (by: Signed, id: string, what: string, payload: object, version = 1) => app.inject({ method: 'PUT', url: `/api/owner-bindings/${id}/${what}`, headers: { ...by.headers, 'if-match': `"${version}"`, 'idempotency-key': newId() }, payload });
const bindings = () => read((db) => db.selectFrom('owner.binding').selectAll().where('status', 'in', ['asked', 'bound']).orderBy('id').execute());

test('the telephone and the name that the register has for a home bind at once; nothing is kept in the clear, and what was agreed to is kept with its time', async () => {
  const phone = await signIn(HOLDER);
  const answer = await ask(phone, 'bindings', home({ room: '101室' }));
  expect(answer.json()).toMatchObject({ phone: '199****0002', homes: [{ status: 'bound', place: '左侧1幢1单元101室', consentVersion: CONSENT_NOW }] });
  const [row] = await bindings();
  expect(row).toMatchObject({ how: 'register', unitId: world.left.ids.unitId, ownerId: world.left.ids.ownerId, consentVersion: CONSENT_NOW, consentedAt: kit.kit.clock.now(), withdrawnAt: null });
  expect(JSON.stringify([row, await read((db) => db.selectFrom('owner.phoneSession').selectAll().execute())])).not.toMatch(/19900000002|左侧业主/u);
  expect((await ask(phone, 'bindings', home())).json()).toMatchObject({ code: 'state.duplicate' });
  // The audit entry names nobody.
  const entries = await read((db) => db.selectFrom('audit.entry').selectAll().where('action', '=', 'binding.bound').execute());
  expect([entries.length, JSON.stringify(entries).includes('左侧业主')]).toEqual([1, false]);
});

test('without a session, with a wrong code, with words that are not those of now, nobody is bound', async () => {
  const none = { cookie: 'shanzhi_owner=x' };
  for (const [path, payload] of [['mine', undefined], ['bindings', home()], ['bindings/end', { bindingId: newId() }], ['mine/receipts', { complainantId: newId() }]] as const) expect([path, (await ask(none, path, payload)).statusCode]).toEqual([path, 401]);
  await code(HOLDER);
  expect((await app.inject({ method: 'POST', url: '/api/owner/sessions', payload: { estateId: world.left.ids.estateId, phone: HOLDER, code: '000000' } })).json()).toMatchObject({ code: 'owner.wrong-code' });
  const phone = await signIn(HOLDER);
  expect((await ask(phone, 'bindings', home({ consent: '2025-1' }))).statusCode).toBe(400);
  expect((await ask(phone, 'bindings', home({ buildingId: world.right.ids.buildingId }))).statusCode).toBe(400);
  expect(await bindings()).toEqual([]);
});

test('another name or telephone is asked about, told by no other answer than a home that is not on record; the community compares, by the day that is due', async () => {
  const phone = await signIn('13700001111');
  const first = await ask(phone, 'bindings', home({ name: '王家人' }));
  const second = await ask(phone, 'bindings', home({ room: '909', name: '王家人' }));
  expect([first.json().homes[0].status, second.json().homes[0].status]).toEqual(['asked', 'asked']);
  const { rows } = await list(officer);
  expect(rows.map(({ place, unit, name, phone: shown, due }) => [place, unit, name, shown, due !== null])).toEqual([['左侧1幢1单元909', null, '王**', '137****1111', true], ['左侧1幢1单元101', '左侧1幢1单元101室', '王**', '137****1111', true]]);
  expect((await list(stranger)).rows).toEqual([]);
  expect((await list(committee)).rows).toHaveLength(2);
  const [other, known] = rows;
  expect((await decide(stranger, known?.id ?? '', 'confirmation', { reason: '看过房产证原件' })).statusCode).toBe(404);
  expect((await decide(officer, other?.id ?? '', 'confirmation', { reason: '看过房产证原件' })).json()).toMatchObject({ code: 'rule.violated' });
  expect((await decide(officer, other?.id ?? '', 'refusal', { reason: '登记里没有这套房屋' })).json()).toMatchObject({ status: 'refused', name: '王**' });
  expect((await decide(committee, known?.id ?? '', 'confirmation', { reason: '业委会认识，是业主的女儿' })).json()).toMatchObject({ status: 'bound', how: 'confirmed', decidedBy: expect.any(String) });
  expect((await decide(officer, known?.id ?? '', 'refusal', { reason: '再办一次试试' }, 2)).json()).toMatchObject({ code: 'rule.violated' });
  const mine = (await ask(phone, 'mine')).json() as { homes: { status: string; reason: string | null }[] };
  expect(mine.homes.map(({ status, reason }) => [status, reason])).toEqual([['refused', '登记里没有这套房屋'], ['bound', '业委会认识，是业主的女儿']]);
  const open = await read((db) => db.selectFrom('obligation.obligation').select('state').where('subjectKind', '=', 'Binding').where('state', '=', 'open').execute());
  expect(open).toEqual([]);
  const exported = await app.inject({ url: '/api/owner-bindings/export', headers: officer.headers });
  expect([exported.statusCode, exported.headers['content-type']]).toEqual([200, expect.stringContaining('spreadsheet')]);
});

test('a name is masked until somebody who must compare it says why; the look is on record, and over once it is decided', async () => {
  const phone = await signIn('13700005555');
  await ask(phone, 'bindings', home({ name: '欧阳家人' }));
  const id = (await list(officer)).rows[0]?.id ?? '';
  const look = (by: Signed, reason: string) => app.inject({ method: 'POST', url: `/api/owner-bindings/${id}/reveals`, headers: { ...by.headers, 'idempotency-key': newId() }, payload: { reason } });
  expect((await app.inject({ url: '/api/owner-bindings', headers: officer.headers })).body).not.toContain('欧阳家人');
  expect([(await look(stranger, '与房产证核对')).statusCode, (await look(officer, '看')).statusCode]).toEqual([404, 400]);
  expect((await look(officer, '与房产证核对')).json()).toEqual({ value: '欧阳家人' });
  expect((await look(committee, '问过同楼栋的邻居')).json()).toEqual({ value: '欧阳家人' });
  const entries = await read((db) => db.selectFrom('audit.entry').select(['actorName', 'reason', 'after']).where('action', '=', 'binding.reveal').orderBy('entryNo').execute());
  expect([entries.map(({ reason }) => reason), JSON.stringify(entries).includes('欧阳')]).toEqual([['与房产证核对', '问过同楼栋的邻居'], false]);
  expect((await decide(officer, id, 'refusal', { reason: '不是这套房屋的业主' })).statusCode).toBe(200);
  expect((await look(officer, '再看一次姓名')).json()).toMatchObject({ code: 'rule.violated' });
});

test('a code is good in the estate it was asked for, tried there and nowhere else; limits count across estates all the same', async () => {
  const [left, right] = [world.left.ids.estateId ?? '', world.right.ids.estateId ?? ''];
  const asker = { ...systemContext(kit.kit), uploads: [] };
  const under = (estateId: string) => inEstate(asker, { estateId: makeId<'Estate'>(estateId), countyId: makeId<'OrgUnit'>(world.countyId) });
  const drawn = await code('13700006666');
  const seen = async (estateId: string) => (await under(estateId).read((db) => db.selectFrom('owner.phoneCode').select('estateId').execute())).map((row) => row.estateId);
  expect([await seen(left), await seen(right)]).toEqual([[left], []]);
  const signInAt = (estateId: string) => app.inject({ method: 'POST', url: '/api/owner/sessions', payload: { estateId, phone: '13700006666', code: drawn } });
  expect((await signInAt(right)).json()).toMatchObject({ code: 'owner.wrong-code' });
  // A minute has not passed: another estate's page is no way round the pause.
  expect((await app.inject({ method: 'POST', url: '/api/owner/phone-codes', payload: { estateId: right, phone: '13700006666' } })).json()).toMatchObject({ code: 'rate.limited' });
  expect((await signInAt(left)).statusCode).toBe(200);
  // A session is the county's: neither estate's context sees whose telephones are signed in.
  expect(await under(left).read((db) => db.selectFrom('owner.phoneSession').select('id').execute())).toEqual([]);
});

test('several owners are bound to one home; who takes his consent back is no longer, and may ask again; another’s binding he cannot end', async () => {
  const [holder, relative] = [await signIn(HOLDER), await signIn('13700002222')];
  await ask(holder, 'bindings', home());
  await ask(relative, 'bindings', home({ name: '李家人' }));
  const [own, others] = await bindings();
  expect((await ask(relative, 'bindings/end', { bindingId: own?.id })).statusCode).toBe(404);
  expect((await ask(holder, 'bindings/end', { bindingId: own?.id })).json().homes[0]).toMatchObject({ status: 'ended' });
  expect(await read((db) => db.selectFrom('owner.binding').select(['status', 'withdrawnAt']).where('id', '=', own?.id ?? makeId<'Binding'>(newId())).executeTakeFirstOrThrow())).toEqual({ status: 'ended', withdrawnAt: kit.kit.clock.now() });
  expect((await bindings()).map(({ id }) => id)).toEqual([others?.id]);
  expect((await ask(holder, 'bindings', home())).json().homes[0]).toMatchObject({ status: 'bound' });
});

test('ownership that ends, told or come by its day, ends what was bound by it', async () => {
  const holder = await signIn(HOLDER);
  await ask(holder, 'bindings', home());
  const ctx = systemContext(kit.kit);
  const unitId = makeId<'Unit'>(world.left.ids.unitId ?? '');
  const transferred = () => ctx.transact((tx) => endAfterTransfer(ctx, tx, { name: 'registry.ownership-changed', key: 'x', payload: { unitId } } as never));
  await transferred();
  await endPastOwnerships(ctx);
  expect((await bindings()).length).toBe(1);
  await kit.kit.database.write(everything, (db) => db.updateTable('registry.ownership').set({ validTo: ctx.today }).where('unitId', '=', unitId).execute());
  await endPastOwnerships(systemContext(kit.kit));
  expect((await ask(holder, 'mine')).json().homes[0]).toMatchObject({ status: 'ended', reason: '登记的产权已转移' });
  await kit.kit.database.write(everything, (db) => db.updateTable('registry.ownership').set({ validTo: null }).where('unitId', '=', unitId).execute());
  await ask(holder, 'bindings', home());
  await kit.kit.database.write(everything, (db) => db.updateTable('registry.ownership').set({ validTo: ctx.today }).where('unitId', '=', unitId).execute());
  await transferred();
  expect(await bindings()).toEqual([]);
  await kit.kit.database.write(everything, (db) => db.updateTable('registry.ownership').set({ validTo: null }).where('unitId', '=', unitId).execute());
});

test('signed out, or after its days, the session is over; his own complaints are listed by the telephone, and nobody else’s can be opened', async () => {
  const holder = await signIn(HOLDER);
  const filed = (await app.inject({ method: 'POST', url: '/api/owner/complaints', payload: { estateId: world.left.ids.estateId, category: 'F04', body: '楼道里飞线充电', phone: HOLDER, code: await code(HOLDER), intent: newId().replaceAll('-', '') } })).json() as { no: string };
  const { complaints } = (await ask(holder, 'mine')).json() as { complaints: { no: string; complainantId: string }[] };
  expect(complaints.map(({ no }) => no)).toEqual([filed.no]);
  const { token } = (await ask(holder, 'mine/receipts', { complainantId: complaints[0]?.complainantId })).json() as { token: string };
  expect((await app.inject({ method: 'POST', url: '/api/owner/receipts', payload: { token } })).json()).toMatchObject({ no: filed.no });
  const other = await signIn('13700003333');
  expect([(await ask(other, 'mine')).json().complaints, (await ask(other, 'mine/receipts', { complainantId: complaints[0]?.complainantId })).statusCode]).toEqual([[], 404]);
  await ask(other, 'sessions/end', {});
  expect((await ask(other, 'mine')).statusCode).toBe(401);
  kit.clock.set(`${addDays(systemContext(kit.kit).today, 31)}T16:00:00.000Z`);
  expect((await ask(holder, 'mine')).statusCode).toBe(401);
});

test('what ended loses name and telephone after its days; whoever asks to be erased is found and gone at once', async () => {
  const holder = await signIn('13700004444');
  await ask(holder, 'bindings', home({ name: '赵家人' }));
  const countyId = world.countyId;
  const ctx = systemContext(kit.kit);
  const index = kit.kit.vault.index('phone', '13700004444');
  const clue = { countyId, today: ctx.today, vault: kit.kit.vault, phoneIndexes: [index], idIndexes: [], names: ['赵家人'], name: '赵家人' } as never;
  const records = await ctx.read((db) => ownerPersonalData.find(db, clue));
  expect(records.filter(({ kind }) => kind === 'owner.binding').length).toBe(1);
  await ctx.transact(async (tx) => { await ownerPersonalData.erase?.(tx, records, { countyId } as never); tx.auditNothing('test'); });
  expect(await bindings()).toEqual([]);
  expect(await read((db) => db.selectFrom('owner.binding').select('id').where('phoneIndex', '=', index).execute())).toEqual([]);
  const retention = ownerRetentions.find(({ kind }) => kind === 'owner.bindings');
  const later = addDays(ctx.today, 400);
  const due = await ctx.read((db) => retention?.count(db, countyId, later) ?? Promise.resolve(0));
  expect(due).toBeGreaterThan(0);
  expect(await ctx.transact(async (tx) => { tx.auditNothing('test'); return retention?.purge(tx, countyId, later, kit.kit); })).toBe(due);
  expect(await read((db) => db.selectFrom('owner.binding').select('id').where('countyId', '=', makeId<'OrgUnit'>(countyId)).where('nameCipher', 'is not', null).where('status', 'in', ['ended', 'refused']).execute())).toEqual([]);
});

test('the notice tells the periods that the county has set', async () => {
  const periods = async () => (await app.inject({ url: `/api/owner/privacy-periods?estateId=${world.left.ids.estateId ?? ''}` })).json() as object;
  expect(await periods()).toEqual({ complainantYears: 2, endedBindingDays: 180, phoneSessionDays: 30 });
  await kit.kit.database.write(everything, async (db) => { const { id } = await db.selectFrom('platform.appUser').select('id').orderBy('id').executeTakeFirstOrThrow(); await db.insertInto('platform.parameterOverride').values({ id: newId<'ParameterOverride'>(), countyId: makeId<'OrgUnit'>(world.countyId), parameterId: 'complaint.complainant-years', effectiveFrom: systemContext(kit.kit).today, value: '3', basis: '县档案保管办法', setBy: id }).execute(); });
  expect(await periods()).toMatchObject({ complainantYears: 3 });
});

test('under the estate an owner acts in, no other estate’s homes, owners or bindings can be seen, whatever is asked', async () => {
  const asker = { ...systemContext(kit.kit), uploads: [] };
  const own = inEstate(asker, { estateId: makeId<'Estate'>(world.left.ids.estateId ?? ''), countyId: makeId<'OrgUnit'>(world.countyId) });
  const seen = await own.read(async (db) => {
    const estates = async (table: 'registry.unit' | 'registry.owner' | 'registry.ownership' | 'owner.binding') => new Set((await db.selectFrom(table).select('estateId').execute()).map(({ estateId }) => estateId));
    return [await estates('registry.unit'), await estates('registry.owner'), await estates('registry.ownership'), await estates('owner.binding')].map((set) => [...set]);
  });
  expect(seen).toEqual([[world.left.ids.estateId], [world.left.ids.estateId], [world.left.ids.estateId], [world.left.ids.estateId]]);
  // What is filed is received in the community of the estate: no other community's files are seen, nor can one be written there.
  const place = inPlace(asker, { countyId: world.countyId, townshipId: world.left.ids.townshipId ?? null, neighbourhoodId: world.left.ids.neighbourhoodId ?? null });
  const files = await place.read(async (db) => [...await db.selectFrom('complaint.complaint').select('neighbourhoodId').execute(), ...await db.selectFrom('complaint.complainant').select('neighbourhoodId').execute(), ...await db.selectFrom('complaint.step').select('neighbourhoodId').execute()]);
  expect([files.length > 0, new Set(files.map(({ neighbourhoodId }) => neighbourhoodId))]).toEqual([true, new Set([world.left.ids.neighbourhoodId])]);
  expect(await place.read((db) => db.selectFrom('owner.phoneCode').select('id').execute())).toEqual([]);
  await expect(place.transact(async (tx) => { tx.auditNothing('test'); await tx.db.updateTable('complaint.complaint').set({ neighbourhoodId: makeId<'OrgUnit'>(world.right.ids.neighbourhoodId ?? '') }).execute(); })).rejects.toThrow(/row-level security/u);
  await expect(own.transact(async (tx) => { tx.auditNothing('test'); await tx.db.updateTable('owner.binding').set({ estateId: makeId<'Estate'>(world.right.ids.estateId ?? '') }).execute(); })).rejects.toThrow(/row-level security/u);
});
