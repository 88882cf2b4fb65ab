import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NoticeKind } from '#contract/notice.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { world as worldOn, type World } from '#modules/administration/testing/world.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import { makeContext, systemContext } from '#platform/make-context.ts';
import { gatherNotices } from '#platform/notices/gather.ts';
import { notify, settle } from '#platform/notices/notify.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { notice } from './index.ts';
import { tendNotices } from './tend.ts';
import { mailbox, receiver, type Mailbox, type Receiver } from './testing/receivers.ts';
import { getChoice, setChoice } from './use-cases/choice.ts';
import { listChannels, listDeliveries, retryDelivery, testChannel } from './use-cases/deliveries.ts';
import { addWebhook, renewSecret, setDingtalk, setMail, setSms, setWecom, switchChannel } from './use-cases/set-channel.ts';

/** Ten in the morning in the county. */
const MORNING = '2026-11-20T02:00:00.000Z';
let given: TestKit;
let world: World;
let admin: Id<'AppUser'>;
let clerk: Id<'AppUser'>;
let box: Mailbox;
let there: Receiver;
beforeEach(async () => {
  given = await testKit([notice], { at: MORNING });
  world = await worldOn(given.kit);
  [admin, clerk] = [await world.user('admin', ['system-administrator']), await world.user('clerk', ['bureau-clerk', 'bureau-leader'])];
  [box, there] = [await mailbox(), await receiver()];
});
afterEach(async () => { await given.stop(); await box.close(); await there.close(); });

const none = { params: {}, query: {}, body: {} };
const as = (person: Id<'AppUser'>, version: number | null = null): Ctx => {
  const { actor, scope } = world.as(person, 'system-administrator');
  return makeContext(given.kit, { actor, scope, requestId: 'test', ip: null, ifMatch: version });
};
const tend = () => tendNotices(systemContext(given.kit));
const pass = (minutes: number): void => { given.clock.set(instantOf(epochOf(given.kit.clock.now()) + minutes * 60_000)); };

let serial = 0;
/** Tells the clerk of something new. */
async function tell(kind: NoticeKind = 'paper.waiting', text = `第 ${serial + 1} 件文书待签发。`): Promise<string> {
  const id = `p-${serial += 1}`;
  await systemContext(given.kit).transact(async (tx) => {
    tx.auditNothing('test');
    await notify(tx, { kind, to: [{ userId: clerk }], subject: ['Paper', id], text, path: '/papers' });
  });
  return id;
}
const kinds: NoticeKind[] = ['paper.waiting', 'backup.failed'];
const turnOn = async (channel: { id: Id<'NoticeChannel'>; version: number }) => switchChannel(as(admin, channel.version), { ...none, params: { channelId: channel.id }, body: { isOn: true } });
const mailOn = async (more: { user?: string; password?: string } = {}) =>
  turnOn(await setMail(as(admin, 0), { ...none, body: { host: '127.0.0.1', port: box.port, security: 'none', user: more.user ?? null, password: more.password ?? null, from: 'shanzhi@county.example' } }));
const wantMail = (person = clerk, mail = 'clerk@county.example') => setChoice(as(person, 0), { ...none, body: { mail, mailKinds: kinds, smsKinds: [], quietFromMinute: null, quietUntilMinute: null } });
const hookOn = async () => turnOn(await addWebhook(as(admin), { ...none, body: { name: '数据局', url: `${there.origin}/hook`, kinds } }));
const deliveries = async () => (await listDeliveries(as(admin), { ...none, query: { limit: 50 } })).rows.toReversed();
const channel = async () => (await listChannels(as(admin))).rows[0];
const letters = () => box.letters.map(({ subject }) => subject);

test('nothing leaves the machine while nothing is configured or switched on', async () => {
  await wantMail();
  await tell();
  await tend();
  await setMail(as(admin, 0), { ...none, body: { host: '127.0.0.1', port: box.port, security: 'none', user: null, password: null, from: 'shanzhi@county.example' } });
  await addWebhook(as(admin), { ...none, body: { name: '数据局', url: `${there.origin}/hook`, kinds } });
  await tell();
  await tend();
  expect([box.letters, there.received, await deliveries()]).toEqual([[], [], []]);
});

test('what gathered goes as one mail, not one by one; the next waits for the interval and for the morning, an urgent one does not wait for the morning', async () => {
  await mailOn();
  await wantMail();
  await tell();
  await tell();
  await tend();
  await tend();
  expect(letters()).toEqual(['您有 2 条通知']);
  const [letter] = box.letters;
  expect(letter).toMatchObject({ to: ['clerk@county.example'], body: expect.stringMatching(/文书待签发：第 \d+ 件文书待签发。[\s\S]*文书待签发：第 \d+ 件/) });
  expect(letter?.body).toContain('http://127.0.0.1:8080/notices');
  await tell();
  await tend();
  expect(letters()).toHaveLength(1);
  pass(30);
  await tend();
  expect(letters()).toEqual(['您有 2 条通知', '文书待签发']);
  given.clock.set('2026-11-20T14:00:00.000Z');
  await tell();
  await tend();
  expect(letters()).toHaveLength(2);
  await tell('backup.failed', '备份没有做成。');
  await tend();
  expect(letters().slice(2)).toEqual(['您有 2 条通知']);
  pass(60);
  await tell();
  await tend();
  expect(letters()).toHaveLength(3);
  given.clock.set('2026-11-21T00:00:00.000Z');
  await tend();
  expect(letters().slice(3)).toEqual(['文书待签发']);
});

test('what was read or settled meanwhile, kinds not chosen and people who left are not mailed', async () => {
  await mailOn();
  await wantMail();
  const settled = await tell();
  await systemContext(given.kit).transact(async (tx) => { tx.auditNothing('test'); await settle(tx, { kind: 'paper.waiting', subject: ['Paper', settled] }); });
  await tell('job.failed');
  await tend();
  await tell();
  await given.kit.database.write(everything, (db) => db.updateTable('platform.appUser').set({ disabledAt: given.clock.now() }).where('id', '=', clerk).execute());
  await tend();
  expect(letters()).toEqual([]);
});

test('the address is sealed and masked, in the record too; a mail server that refuses it is told without it, and the channel is not to blame', async () => {
  await mailOn();
  expect(await wantMail()).toMatchObject({ mail: 'c****@county.example', hasMail: true, version: 1 });
  expect((await getChoice(as(clerk))).mail).toBe('c****@county.example');
  box.refuse.set('clerk@county.example', 550);
  await tell();
  await tend();
  expect(await deliveries()).toMatchObject([{ status: 'failed', to: 'clerk', attempts: 1, lastError: '邮件服务器不收这个收件地址（550），请收件人核对邮箱' }]);
  expect(await channel()).toMatchObject({ failingSince: null, failedCount: 1 });
  const stored = await given.kit.database.read(everything, async (db) => JSON.stringify([await db.selectFrom('platform.noticeChoice').selectAll().execute(), await db.selectFrom('platform.noticeDelivery').selectAll().execute(), await db.selectFrom('audit.entry').selectAll().execute()]));
  expect(stored).not.toContain('clerk@county');
  box.refuse.clear();
  const [{ id: deliveryId } = { id: '' as Id<'NoticeDelivery'> }] = await deliveries();
  await retryDelivery(as(admin), { ...none, params: { deliveryId } });
  await tend();
  expect(letters()).toEqual(['文书待签发']);
  expect(box.letters[0]?.mark).toBe(`<${deliveryId}@county.example>`);
});

test('a wrong password of the mail server is told in words, is retried, and the password itself is nowhere', async () => {
  await box.close();
  box = await mailbox({ user: 'robot', password: '对的密码' });
  const { id: channelId, version } = await mailOn({ user: 'robot', password: '错的密码' });
  await wantMail();
  await tell();
  await tend();
  expect(await deliveries()).toMatchObject([{ status: 'waiting', attempts: 1, lastError: '邮件服务器不认登录名或密码，请系统管理员核对', dueAt: '2026-11-20T02:01:00.000Z' }]);
  await setMail(as(admin, version), { ...none, body: { host: '127.0.0.1', port: box.port, security: 'none', user: 'robot', password: '对的密码', from: 'shanzhi@county.example' } });
  pass(1);
  await tend();
  expect(letters()).toEqual(['文书待签发']);
  const stored = await given.kit.database.read(everything, async (db) => JSON.stringify([await db.selectFrom('platform.noticeChannel').selectAll().where('id', '=', channelId).execute(), await db.selectFrom('audit.entry').selectAll().execute()]));
  expect(stored).not.toMatch(/[对错]的密码/);
});

test('a test goes to oneself at once, also while the channel is off, and asks for an address first', async () => {
  const { id: channelId } = await setMail(as(admin, 0), { ...none, body: { host: '127.0.0.1', port: box.port, security: 'none', user: null, password: null, from: 'shanzhi@county.example' } });
  await expect(testChannel(as(admin), { ...none, params: { channelId } })).rejects.toMatchObject({ code: 'state.conflict', message: expect.stringContaining('请先在“通知方式”里填写您的邮箱') });
  await wantMail(admin, 'admin@county.example');
  await testChannel(as(admin), { ...none, params: { channelId } });
  await tend();
  expect(box.letters).toMatchObject([{ subject: '测试消息', to: ['admin@county.example'] }]);
  expect(await channel()).toMatchObject({ isOn: false, lastSuccessAt: MORNING });
});

test('a webhook is signed so that its receiver can check it, each notice by itself, and a changed secret goes on beside the old one for a day', async () => {
  const { id: channelId } = await hookOn();
  const verify = (secret: string, no: number) => new Webhook(secret).verify(there.received[no]?.body ?? '', Object.fromEntries(Object.entries(there.received[no]?.headers ?? {}).map(([name, value]) => [name, String(value)])));
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(MORNING) });
  try {
    const { secret } = await renewSecret(as(admin), { ...none, params: { channelId } });
    await tell();
    await tell();
    await tend();
    expect(there.received).toHaveLength(2);
    expect(verify(secret, 0)).toMatchObject({ type: 'paper.waiting', timestamp: MORNING, data: { subject: { kind: 'Paper' }, url: 'http://127.0.0.1:8080/papers' } });
    expect(() => verify(`whsec_${Buffer.alloc(32).toString('base64')}`, 0)).toThrow();
    const { secret: next } = await renewSecret(as(admin), { ...none, params: { channelId } });
    await tell();
    await tend();
    expect([verify(secret, 2), verify(next, 2)]).toHaveLength(2);
    pass(1_441);
    vi.setSystemTime(new Date(given.kit.clock.now()));
    await tell();
    await tend();
    expect(() => verify(secret, 3)).toThrow();
    expect(verify(next, 3)).toBeTruthy();
  } finally {
    vi.useRealTimers();
  }
});

test('a receiver that fails is asked again with the same id after growing pauses, as late as it says; after the days it is switched off and its administrators are told', async () => {
  await hookOn();
  there.answers.push({ status: 500 }, { status: 503, headers: { 'retry-after': '3600' } });
  await tell();
  await tend();
  await tend();
  expect(there.received).toHaveLength(1);
  expect(await deliveries()).toMatchObject([{ status: 'waiting', attempts: 1, lastError: '对方没有收下（500）', dueAt: '2026-11-20T02:01:00.000Z' }]);
  pass(1);
  await tend();
  expect(await deliveries()).toMatchObject([{ attempts: 2, lastError: '对方请稍后再试（503）', dueAt: '2026-11-20T03:01:00.000Z' }]);
  pass(60);
  await tend();
  expect(await deliveries()).toMatchObject([{ status: 'sent', attempts: 3 }]);
  expect(new Set(there.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);

  there.usual = { status: 500 };
  for (let day = 0; day <= 5; day += 1) { await tell(); await tend(); pass(1_440); }
  expect(await channel()).toMatchObject({ isOn: false, offReason: '连续 5 天没有发通，已停用' });
  const told = await given.kit.database.read(everything, (db) => db.selectFrom('platform.notice as n').innerJoin('platform.noticeReceipt as r', 'r.noticeId', 'n.id').select(['n.text', 'r.userId']).where('n.kind', '=', 'channel.failed').orderBy('n.id').execute());
  expect(told).toEqual([{ userId: admin, text: expect.stringContaining('已有一小时以上没有发通') }, { userId: admin, text: expect.stringContaining('“数据局”连续 5 天没有发通，已停用') }]);
});

test('a redirect is not followed, and addresses of the machine, of metadata services and of this system are refused', async () => {
  await hookOn();
  there.answers.push({ status: 302, headers: { location: `${there.origin}/elsewhere` } });
  await tell();
  await tend();
  expect([there.received.map(({ path }) => path), (await deliveries())[0]?.lastError]).toEqual([['/hook'], '对方要求转到别的网址（302），没有照办，请填写最终的网址']);
  await expect(addWebhook(as(admin), { ...none, body: { name: '自己', url: 'http://127.0.0.1:8080/api/x', kinds } })).rejects.toMatchObject({ code: 'input.invalid' });
  const refusing = { ...given.kit, outgoing: { allow: [] } };
  for (const url of ['http://169.254.169.254/latest/meta-data', 'http://[::ffff:169.254.169.254]/', 'http://localhost:1/', 'http://0x7f.1:1/', 'http://2130706433:1/', 'http://[::1]:1/']) {
    const { id: channelId } = await addWebhook(as(admin), { ...none, body: { name: url, url, kinds } });
    await testChannel(as(admin), { ...none, params: { channelId } });
    await tendNotices(systemContext(refusing));
    expect([url, (await deliveries()).at(-1)?.lastError]).toEqual([url, expect.stringContaining('指向本机或保留地址')]);
  }
});

test('robots are posted to once for all who were told, DingTalk with its signature; what a robot says is understood', async () => {
  await turnOn(await setWecom(as(admin, 0), { ...none, body: { address: `${there.origin}/cgi-bin/webhook/send?key=abc`, kinds } }));
  await turnOn(await setDingtalk(as(admin, 0), { ...none, body: { address: `${there.origin}/robot/send?access_token=xyz`, sign: 'SEC123', kinds } }));
  await tell();
  await tell();
  await tend();
  expect(there.received).toHaveLength(2);
  const [wecom, dingtalk] = ['/cgi-bin', '/robot'].map((start) => there.received.find(({ path }) => path.startsWith(start)));
  expect(JSON.parse(wecom?.body ?? '')).toMatchObject({ msgtype: 'text', text: { content: expect.stringMatching(/^您有 2 条通知\n/) } });
  const query = new URL(dingtalk?.path ?? '', there.origin).searchParams;
  const timestamp = String(epochOf(given.kit.clock.now()));
  expect(Object.fromEntries(query)).toEqual({ access_token: 'xyz', timestamp, sign: createHmac('sha256', 'SEC123').update(`${timestamp}\nSEC123`).digest('base64') });
  pass(31);
  there.answers.push({ body: '{"errcode":45009,"errmsg":"freq"}' }, { body: '{"errcode":310000,"errmsg":"sign"}' });
  await tell();
  await tend();
  expect(new Set((await deliveries()).slice(2).map(({ lastError }) => lastError))).toEqual(new Set(['机器人不认地址或签名（310000），请系统管理员核对', '机器人说发得太频繁（45009），稍后再试']));
  expect(JSON.stringify(await listChannels(as(admin)))).not.toMatch(/key=abc|access_token|SEC123/);
});

test('a text message goes signed to the county’s gateway, to the person’s own number', async () => {
  const { id: channelId } = await turnOn(await setSms(as(admin, 0), { ...none, body: { url: `${there.origin}/sms` } }));
  await setChoice(as(clerk, 0), { ...none, body: { mailKinds: [], phone: '13800001234', smsKinds: ['paper.waiting'], quietFromMinute: null, quietUntilMinute: null } });
  await renewSecret(as(admin), { ...none, params: { channelId } });
  await tell('job.failed');
  await tell();
  await tend();
  expect(there.received.map(({ body }) => JSON.parse(body))).toEqual([{ id: expect.any(String), phone: '13800001234', text: '【善治】文书待签发，请登录系统查看。' }]);
  expect((await getChoice(as(clerk))).phone).toBe('*******1234');
});

test('a worker killed while sending: what carries a mark is sent again under the same one, a robot’s is left for people to decide', async () => {
  await hookOn();
  await turnOn(await setWecom(as(admin, 0), { ...none, body: { address: `${there.origin}/robot`, kinds } }));
  await tell();
  await gatherNotices(given.kit);
  there.hold = true;
  const child = spawn(process.execPath, [fileURLToPath(new URL('./testing/sender.fixture.ts', import.meta.url)), given.ownerUrl], { stdio: ['ignore', 'inherit', 'inherit'] });
  await expect.poll(() => there.received.length, { timeout: 20_000 }).toBe(2);
  child.kill('SIGKILL');
  there.hold = false;
  await tend();
  expect(there.received).toHaveLength(2);
  pass(3);
  await tend();
  await tend();
  const hooks = there.received.filter(({ path }) => path === '/hook').map(({ headers }) => headers['webhook-id']);
  expect([hooks.length, new Set(hooks).size, there.received.filter(({ path }) => path === '/robot').length]).toEqual([2, 1, 1]);
  expect(Object.fromEntries((await deliveries()).map(({ channelKind, status }) => [channelKind, status]))).toEqual({ webhook: 'sent', wecom: 'unclear' });
});

test('two workers side by side gather and send each thing once', async () => {
  await hookOn();
  await mailOn();
  await wantMail();
  for (let no = 0; no < 5; no += 1) await tell();
  await Promise.all([tend(), tend(), tend()]);
  await tend();
  expect([there.received.length, new Set(there.received.map(({ headers }) => headers['webhook-id'])).size, letters()]).toEqual([5, 5, ['您有 5 条通知']]);
});

test('switched off, what waits is dropped; switched on again, only what is told from then on is sent', async () => {
  const on = await hookOn();
  there.answers.push({ status: 500 });
  await tell();
  await tend();
  const off = await switchChannel(as(admin, on.version), { ...none, params: { channelId: on.id }, body: { isOn: false } });
  expect(await deliveries()).toMatchObject([{ status: 'dropped' }]);
  await tell();
  pass(1);
  await turnOn(off);
  await tell();
  await tend();
  expect(there.received).toHaveLength(2);
});

test('each is offered only the kinds that can reach their posts; what is not offered stays as it was until a post brings it', async () => {
  const setOf = async (person: Id<'AppUser'>) => (await getChoice(as(person))).offered;
  expect(await setOf(admin)).toEqual(['backup.failed', 'job.failed', 'channel.failed', 'handover.waiting', 'handover.ended']);
  const [manager, both] = [await world.user('manager', ['bureau-clerk']), await world.user('both')];
  expect(await setOf(manager)).not.toContain('backup.failed');
  expect(await setOf(manager)).toContain('publication.waiting');
  expect(await setOf(both)).toEqual(['handover.waiting', 'handover.ended']);
  const chosen = await setChoice(as(both, 0), { ...none, body: { mail: 'both@county.example', mailKinds: ['handover.ended', 'backup.failed'], smsKinds: ['backup.failed'], quietFromMinute: null, quietUntilMinute: null } });
  expect([chosen.mailKinds, chosen.smsKinds]).toEqual([['handover.ended'], []]);
  await given.kit.database.write(everything, (db) => db.updateTable('platform.userGrant').set({ userId: both }).where('userId', '=', manager).execute());
  const later = await getChoice(as(both));
  expect(later.mailKinds).toEqual(later.offered.filter((kind) => kind !== 'handover.waiting'));
  expect([later.mailKinds.includes('publication.waiting'), later.smsKinds]).toEqual([true, []]);
});
