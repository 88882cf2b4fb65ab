import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeId } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { receiver, type Receiver } from '#modules/notice/testing/receivers.ts';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from '#server/main/modules.ts';
import { signedIn } from '#server/main/testing/sign-in.ts';
import { makeWorld, type World } from '#server/main/testing/world.ts';
import { callerOf, tryCode, useCode, type Tried } from './phone-code.ts';
import { ownerRetentions } from './retentions.ts';

const PHONE = '13800005678';
let kit: TestKit;
let world: World;
let there: Receiver;
let app: FastifyInstance;
let demo: FastifyInstance;
beforeAll(async () => {
  kit = await testKit(modules);
  world = await makeWorld(kit.kit);
  there = await receiver();
  app = await buildServer(kit.kit, { logLevel: 'silent' });
  demo = await buildServer({ ...kit.kit, isDemo: true }, { logLevel: 'silent' });
});
afterAll(async () => { await app.close(); await demo.close(); await there.close(); await kit.stop(); });
beforeEach(async () => { await kit.kit.database.write(everything, async (db) => { await db.deleteFrom('owner.phoneCode').execute(); }); there.received.length = 0; });

const ask = (phone = PHONE, { by = app, estateId = world.left.ids.estateId, from = '198.51.100.1' } = {}) => by.inject({ method: 'POST', url: '/api/owner/phone-codes', payload: { estateId, phone }, remoteAddress: from });
const pass = (seconds: number) => { kit.clock.set(instantOf(epochOf(kit.kit.clock.now()) + seconds * 1_000)); };
const system = () => systemContext(kit.kit);
const tried = (code: string, phone = PHONE): Promise<Tried> => system().transact(async (tx) => { tx.auditNothing('test'); return tryCode(tx, kit.kit.vault, { phoneIndex: callerOf(kit.kit.vault, phone, null).phoneIndex, code }); });
const sentCode = () => /验证码(\d{6})/.exec(String((JSON.parse(there.received.at(-1)?.body ?? '{}') as { text?: string }).text))?.[1] ?? '';
const another = (code: string) => (code === '000000' ? '000001' : '000000');

async function switchOnTexts(): Promise<void> {
  await kit.kit.database.write(everything, async (db) => {
    await db.insertInto('platform.noticeChannel').values({ id: newId<'NoticeChannel'>(), countyId: world.countyId, kind: 'sms', name: '短信', facts: JSON.stringify({ url: `${there.origin}/sms` }), secretCipher: kit.kit.vault.seal(`whsec_${Buffer.from('k'.repeat(24)).toString('base64')}`), kinds: [], isOn: true, onSince: kit.kit.clock.now(), createdAt: kit.kit.clock.now(), updatedAt: kit.kit.clock.now() }).execute();
  });
}

describe('a code for a telephone', () => {
  test('is not promised where the county sends no messages, and nobody’s number is kept', async () => {
    const answer = await ask();
    expect([answer.statusCode, answer.json().detail]).toEqual([409, expect.stringContaining('窗口登记')]);
    expect(await kit.kit.database.read(everything, (db) => db.selectFrom('owner.phoneCode').select('id').execute())).toEqual([]);
  });

  test('goes to that telephone and is kept only as a digest: neither number nor code stands in the row', async () => {
    await switchOnTexts();
    const answer = await ask(' 138-0000 5678');
    expect([answer.statusCode, answer.json()]).toEqual([200, { sentTo: '138****5678', minutes: 10, isDemo: false }]);
    expect(JSON.parse(there.received[0]?.body ?? '{}')).toMatchObject({ phone: PHONE, text: expect.stringMatching(/^【善治】验证码\d{6}，10分钟内有效/) });
    const [row] = await kit.kit.database.read(everything, (db) => db.selectFrom('owner.phoneCode').selectAll().execute());
    expect(row?.demoCipher).toBeNull();
    expect(JSON.stringify(row)).not.toMatch(new RegExp(`${PHONE}|${sentCode()}|198\\.51`));
  });

  test('fits once, for its own telephone, within ten minutes; a wrong one is counted and the sixth try is too late', async () => {
    await ask();
    const code = sentCode();
    expect(await tried(code, '13900005678')).toMatchObject({ refusal: expect.stringContaining('重新获取') });
    expect(await tried(another(code))).toEqual({ refusal: '验证码不对，请核对短信，还可以试 4 次' });
    const fits = await tried(code);
    expect('id' in fits).toBe(true);
    const id = 'id' in fits ? fits.id : makeId<'PhoneCode'>(newId());
    const use = () => system().transact(async (tx) => { tx.auditNothing('test'); await useCode(tx, id); });
    expect((await Promise.allSettled([use(), use()])).map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await tried(code)).toMatchObject({ refusal: expect.stringContaining('已用过') });

    pass(61);
    await ask();
    const second = sentCode();
    for (let no = 0; no < 5; no += 1) await tried(another(second));
    expect(await tried(second)).toEqual({ refusal: '验证码填错的次数太多，请重新获取' });

    pass(61);
    await ask();
    pass(10 * 60);
    expect(await tried(sentCode())).toMatchObject({ refusal: expect.stringContaining('过期') });
  });

  test('a new one makes the one before it void', async () => {
    await ask();
    const first = sentCode();
    pass(61);
    await ask();
    if (first !== sentCode()) expect(await tried(first)).toMatchObject({ refusal: expect.stringContaining('不对') });
    expect(await tried(sentCode())).toHaveProperty('id');
  });

  test('is asked for with pauses: of several at once to one telephone one is sent, and an hour brings four', async () => {
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 429, 429]);
    expect(there.received).toHaveLength(1);
    const told: number[] = [];
    for (let no = 0; no < 4; no += 1) { pass(61); told.push((await ask()).statusCode); }
    expect(told).toEqual([200, 200, 200, 429]);
  });

  test('one address may not have many telephones rung, and another address still may', async () => {
    for (let no = 0; no < 60; no += 1) await ask(`137${String(no).padStart(8, '0')}`, { by: demo });
    expect([(await ask('13700009999')).statusCode, (await ask('13700009999', { from: '198.51.100.2' })).statusCode]).toEqual([429, 200]);
  });

  test.each([['12345'], ['0571-88001234'], ['138000056789'], [''], ['13８00005678x']])('%s is no mobile number', async (phone) => {
    expect((await ask(phone)).statusCode).toBe(400);
  });

  test('an unknown estate is refused before anybody’s telephone rings', async () => {
    expect([(await ask(PHONE, { estateId: newId() })).statusCode, there.received.length]).toEqual([404, 0]);
  });
});

describe('in the demonstration', () => {
  test('no telephone rings: the operator of the county reads it in his outbox, with the number masked; nobody else, and elsewhere nothing', async () => {
    expect((await ask(PHONE, { by: demo })).json()).toMatchObject({ isDemo: true });
    expect(there.received).toEqual([]);
    const rows = async (login: string, by = demo) => (await by.inject({ url: '/api/demo-texts', headers: (await signedIn(by, login)).headers })).json() as { rows?: { to: string; text: string; state: string }[]; code?: string };
    expect((await rows('system')).rows).toEqual([expect.objectContaining({ to: '138****5678', text: expect.stringMatching(/验证码\d{6}/), state: 'valid' })]);
    expect((await rows('other-system')).rows).toEqual([]);
    expect((await rows('clerk')).code).toBe('access.denied');
    expect((await rows('system', app)).rows).toEqual([]);
  });
});

test('what was asked for yesterday is deleted, what was asked for today is kept', async () => {
  await ask(PHONE, { by: demo });
  const [codes] = ownerRetentions;
  const today = system().today;
  const purged = (by: typeof today) => system().transact(async (tx) => { tx.auditNothing('test'); return codes?.purge(tx, world.countyId, by, kit.kit); });
  expect(await purged(today)).toBe(0);
  pass(24 * 3_600);
  expect(await kit.kit.database.read(everything, async (db) => codes?.count(db, world.countyId, system().today))).toBe(1);
  expect(await purged(system().today)).toBe(1);
});
