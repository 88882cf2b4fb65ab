import { afterEach, expect, test } from 'vitest';
import { instant } from '#domain/kernel/brand.ts';
import { mailbox, type Mailbox } from '#modules/notice/testing/receivers.ts';
import { isAuthority } from '../../outgoing/trust.ts';
import { authority } from '../../testing/certificates.ts';
import type { Outcome } from './adapter.ts';
import { mail } from './mail.ts';

const office = authority('Office Root');
const good = office.issue(['127.0.0.1', 'mail.county.example']);
let box: Mailbox;
afterEach(() => box.close());

const parcel = { id: 'one', title: '文书待签发', lines: ['有一件文书待签发。'], link: 'http://127.0.0.1:8080/notices', data: {}, now: instant('2026-11-20T02:00:00.000Z') };
/** Sends to the box, with a login, so that what must not be said in the clear would be heard. */
const send = (security: 'tls' | 'starttls' | 'none', root?: string): Promise<Outcome> =>
  mail.send(parcel, { facts: { host: '127.0.0.1', port: String(box.port), security, user: 'robot', from: 'shanzhi@county.example' }, secret: '口令', formerSecret: null }, 'clerk@county.example',
    { rules: { allow: ['127.0.0.1'], ...(root === undefined ? {} : { authority: root }) }, ownOrigin: 'http://127.0.0.1:8080' });
const login = { user: 'robot', password: '口令' };

test.each(['tls', 'starttls'] as const)('by %s a letter goes to a server whose certificate the office’s own authority gave, and not before that one is named', async (security) => {
  box = await mailbox({ ...login, [security]: good });
  expect(await send(security)).toMatchObject({ isSent: false, error: '邮件服务器的证书不是可信的机构签发的，没有发送；单位自己签发的，请技术人员把根证书文件设到 SHANZHI_CA_FILE' });
  expect(await send(security, authority('Another').cert)).toMatchObject({ isSent: false });
  expect([box.letters, box.heard]).toEqual([[], []]);
  expect(await send(security, office.cert)).toEqual({ isSent: true });
  expect(box.letters).toMatchObject([{ isSecure: true, subject: '文书待签发' }]);
});

test.each(['tls', 'starttls'] as const)('by %s a certificate for another name, and one that is over, are refused in words', async (security) => {
  box = await mailbox({ ...login, [security]: office.issue(['elsewhere.example']) });
  expect(await send(security, office.cert)).toMatchObject({ isSent: false, error: '邮件服务器的证书与所填的主机名不符，没有发送，请核对主机名' });
  expect(box.heard).toEqual([]);
  await box.close();
  box = await mailbox({ ...login, [security]: office.issue(['127.0.0.1'], { from: -9, until: -1 }) });
  expect(await send(security, office.cert)).toMatchObject({ isSent: false, error: '邮件服务器的证书不在有效期内，没有发送，请对方更换证书，并核对本机的时间' });
  expect([box.letters, box.heard]).toEqual([[], []]);
});

test('where encryption was asked for and the server has none, nothing is said in the clear: no login, no recipient, no letter', async () => {
  box = await mailbox(login);
  expect(await send('starttls', office.cert)).toMatchObject({ isSent: false, error: expect.stringMatching(/^邮件服务器不支持所选的加密方式，没有发送/) });
  expect(await send('tls', office.cert)).toMatchObject({ isSent: false, error: expect.stringMatching(/^邮件服务器不支持所选的加密方式，没有发送/) });
  expect([box.letters, box.heard]).toEqual([[], []]);
  expect(await send('none')).toEqual({ isSent: true });
  expect(box.letters).toMatchObject([{ isSecure: false }]);
});

test('a file of roots is one only if each certificate in it is an authority’s', async () => {
  box = await mailbox();
  expect([office.cert, office.cert + authority().cert, good.cert, office.cert + good.cert, '', 'x', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'].map(isAuthority)).toEqual([true, true, false, false, false, false, false]);
});
