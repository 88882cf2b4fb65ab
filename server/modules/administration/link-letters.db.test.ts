import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Id } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { notice } from '#modules/notice/index.ts';
import { tendNotices } from '#modules/notice/tend.ts';
import { mailbox, type Mailbox } from '#modules/notice/testing/receivers.ts';
import { listDeliveries, retryDelivery } from '#modules/notice/use-cases/deliveries.ts';
import { setMail, switchChannel } from '#modules/notice/use-cases/set-channel.ts';
import { everything } from '#platform/access/scope.ts';
import { makeContext, systemContext } from '#platform/make-context.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { world as worldOn, type World } from './testing/world.ts';
import { inviteUser, revokeAccountLinks, sendResetLink } from './use-cases/account-links.ts';
import { listAccountLinks } from './use-cases/list-account-links.ts';
import { mailAccountLink } from './use-cases/mail-account-link.ts';
import { setPasswordByLink } from './use-cases/open-account-link.ts';

const ADDRESS = 'wang.min@county.example';
const none = { params: {}, query: {}, body: {} };
let kit: TestKit;
let given: World;
let box: Mailbox;
let security: Id<'AppUser'>;
let system: Id<'AppUser'>;
beforeEach(async () => {
  kit = await testKit([notice], { at: '2026-11-20T14:00:00.000Z' });
  [given, box] = [await worldOn(kit.kit), await mailbox()];
  [security, system] = [await given.user('anquan', ['security-administrator']), await given.user('xitong', ['system-administrator'])];
});
afterEach(async () => { await kit.stop(); await box.close(); });

const an = () => given.as(security, 'security-administrator');
const xi = (ifMatch: number | null = null) => { const { actor, scope } = given.as(system, 'system-administrator'); return makeContext(kit.kit, { actor, scope, requestId: 'test', ip: null, ifMatch }); };
const invite = () => inviteUser(an(), { ...none, body: { login: 'wang', name: '王敏' } });
const shownBy = (path: string) => { const [, purpose, token = ''] = /^\/l\/(invitation|password-reset)#(.+)$/u.exec(path) ?? []; return { purpose: purpose === 'invitation' ? purpose : 'password-reset', token } as const; };
const mailIt = (path: string, ctx = an(), mail = ADDRESS) => mailAccountLink(ctx, { ...none, body: { ...shownBy(path), mail } });
const mailOn = async () => {
  const { id: channelId, version } = await setMail(xi(0), { ...none, body: { host: '127.0.0.1', port: box.port, security: 'none', user: null, password: null, from: 'shanzhi@county.example' } });
  return switchChannel(xi(version), { ...none, params: { channelId }, body: { isOn: true } });
};
const tend = () => tendNotices(systemContext(kit.kit));
const stored = () => kit.kit.database.read(everything, (db) => db.selectFrom('platform.noticeDelivery').select(['status', 'letterCipher']).execute());
const sent = async () => (await listDeliveries(xi(), { ...none, query: { limit: 50 } })).rows;
const links = async () => (await listAccountLinks(an(), { ...none, query: { limit: 50 } })).rows.map(({ letter, letterError }) => [letter, letterError]);

test('where the county has no mail a link is shown once as ever, and cannot be mailed', async () => {
  const { path, can } = await invite();
  expect(can).toEqual({ mail: '本县没有启用邮件，请用别的办法把链接交给本人' });
  await expect(mailIt(path)).rejects.toMatchObject({ code: 'state.conflict', message: expect.stringContaining('没有启用邮件') });
  await tend();
  expect([box.letters, await links()]).toEqual([[], [[null, null]]]);
});

test('a mailed invitation opens the account, at night too; address and link are sealed until it is out, and then nowhere', async () => {
  await mailOn();
  const { path, can, user } = await invite();
  expect(can).toEqual({ mail: true });
  expect(await mailIt(path)).toEqual({ to: 'w****@county.example' });
  const [waiting] = await stored();
  expect([waiting?.status, waiting?.letterCipher?.includes(ADDRESS), waiting?.letterCipher === null]).toEqual(['waiting', false, false]);
  await tend();
  expect(box.letters).toMatchObject([{ to: [ADDRESS], subject: '邀请您使用善治平台' }]);
  const [letter] = box.letters;
  expect(letter?.body).toContain(`设置密码：http://127.0.0.1:8080${path}`);
  expect(letter?.body).toMatch(/账号：wang[\s\S]*并告诉本单位的安全管理员。/u);
  expect(await stored()).toEqual([{ status: 'sent', letterCipher: null }]);
  expect(await sent()).toMatchObject([{ content: '邀请链接', to: '王敏', status: 'sent', can: { retry: '已经发出，不用重发' } }]);
  expect(await links()).toEqual([['sent', null]]);
  const everywhere = await kit.kit.database.read(everything, async (db) => JSON.stringify([await db.selectFrom('audit.entry').selectAll().execute(), await db.selectFrom('platform.noticeDelivery').selectAll().execute(), await db.selectFrom('platform.link').selectAll().execute()]));
  for (const secret of [ADDRESS, shownBy(path).token]) expect(everywhere).not.toContain(secret);
  await setPasswordByLink(systemContext(kit.kit), { ...none, body: { ...shownBy(path), password: 'seven-herons-wade-9' } });
  const reset = await sendResetLink(an(), { ...none, params: { userId: user.id }, body: { reason: '忘记密码，已当面核实' } });
  await mailIt(reset.path);
  await tend();
  expect(box.letters.map(({ subject }) => subject)).toEqual(['邀请您使用善治平台', '重新设置善治平台的密码']);
});

test('a link is mailed once; taken back before it went, it does not go', async () => {
  await mailOn();
  const { path, user } = await invite();
  await mailIt(path);
  await expect(mailIt(path, an(), 'other@county.example')).rejects.toMatchObject({ code: 'state.conflict', message: expect.stringContaining('已经发过邮件') });
  await revokeAccountLinks(an(), { ...none, params: { userId: user.id }, body: { reason: '地址填错了' } });
  await tend();
  expect([box.letters, await stored()]).toEqual([[], [{ status: 'dropped', letterCipher: null }]]);
  await expect(mailIt(path)).rejects.toMatchObject({ code: 'link.over' });
});

test('an address that is refused is told to the security administrator, and nothing is left that could be sent again; a server that is away is tried again while the link holds', async () => {
  await mailOn();
  box.refuse.set(ADDRESS, 550);
  await mailIt((await invite()).path);
  await tend();
  expect(await links()).toEqual([['failed', '邮件服务器不收这个收件地址（550），请收件人核对邮箱']]);
  expect(await stored()).toEqual([{ status: 'failed', letterCipher: null }]);
  const [delivery] = await sent();
  expect(delivery?.can).toEqual({ retry: '链接和地址已经清除，请安全管理员重新生成链接再发' });
  await expect(retryDelivery(xi(), { ...none, params: { deliveryId: delivery?.id ?? ('' as Id<'NoticeDelivery'>) } })).rejects.toMatchObject({ code: 'state.conflict' });

  box.refuse.set(ADDRESS, 451);
  await mailIt((await inviteUser(an(), { ...none, body: { login: 'li', name: '李青' } })).path);
  await tend();
  expect((await sent())[0]).toMatchObject({ status: 'waiting', attempts: 1 });
  box.refuse.clear();
  kit.clock.set(instantOf(epochOf(kit.kit.clock.now()) + 60_000));
  await tend();
  expect(box.letters).toHaveLength(1);
  await mailIt((await inviteUser(an(), { ...none, body: { login: 'zhao', name: '赵平' } })).path);
  kit.clock.set(instantOf(epochOf(kit.kit.clock.now()) + 8 * 86_400_000));
  await tend();
  expect([box.letters.length, (await sent())[0]?.status]).toEqual([1, 'dropped']);
});

test('switched off, what waits is gone with its address; a link of another county is unknown', async () => {
  const { id: channelId, version } = await mailOn();
  const { path } = await invite();
  await mailIt(path);
  const { actor } = an();
  const elsewhere = makeContext(kit.kit, { actor, scope: { level: 'county', id: '01939a00-0000-7000-8000-000000000001', countyId: '01939a00-0000-7000-8000-000000000001' }, requestId: 'x', ip: null });
  await expect(mailIt(path, elsewhere)).rejects.toMatchObject({ code: 'link.unknown' });
  await switchChannel(xi(version), { ...none, params: { channelId }, body: { isOn: false } });
  expect(await stored()).toEqual([{ status: 'dropped', letterCipher: null }]);
});
