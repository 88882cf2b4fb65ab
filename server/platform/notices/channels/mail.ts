import { isIP } from 'node:net';
import { resolveHost } from '../../outgoing/address.ts';
import { wordsOf } from '../../outgoing/post.ts';
import { trusted } from '../../outgoing/trust.ts';
import { notSent, SENT, type Adapter, type Outcome, type Parcel } from './adapter.ts';

const TIMEOUT_MS = 10_000;

/** 邮件 by SMTP. A repeat has the same Message-ID, by which mail programs know it. */
export const mail: Adapter = {
  isRepeatable: true,
  async send(parcel, { facts, secret }, to, { rules }) {
    if (to === null) return notSent('没有收件地址', { isFinal: true, isReceivers: true });
    const { host = '', port = '25', security = 'tls', user = '', from = '' } = facts;
    try {
      // Loaded with the first letter: it is 5 MB that an office without a mail server never needs.
      const { createTransport } = await import('nodemailer');
      const { address } = await resolveHost(host, rules);
      const transport = createTransport({
        host: address, port: Number(port), secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none', tls: { ...(isIP(host) === 0 ? { servername: host } : {}), ...trusted(rules) },
        ...(user === '' ? {} : { auth: { user, pass: secret } }), connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS, disableFileAccess: true, disableUrlAccess: true,
      });
      try {
        await transport.sendMail({ from: { name: '善治', address: from }, to: { name: '', address: to }, subject: parcel.title, text: textOf(parcel), headers: { 'Message-ID': `<${parcel.id}@${from.split('@')[1] ?? 'shanzhi'}>`, 'Auto-Submitted': 'auto-generated' } });
      } finally {
        transport.close();
      }
      return SENT;
    } catch (error) {
      return failure(error instanceof Error ? error : new Error(String(error)));
    }
  },
};

const textOf = ({ lines, link, linkWords = '查看', note = '这封邮件由系统自动发出，请不要回复。不想再收，请在系统里修改“通知方式”。' }: Parcel): string => [...lines, '', `${linkWords}：${link}`, '', note].join('\n');

/** The server's own words may repeat the address: only its number is told. */
function failure(error: Error): Outcome {
  const [code, answered] = ['code' in error ? String(error.code) : '', 'responseCode' in error ? Number(error.responseCode) : 0];
  if (code === 'EAUTH') return notSent('邮件服务器不认登录名或密码，请系统管理员核对');
  if (code === 'ETLS') return notSent('邮件服务器不支持所选的加密方式，没有发送，请系统管理员核对端口和加密方式');
  if (code === 'EENVELOPE' && answered >= 500) return notSent(`邮件服务器不收这个收件地址（${answered}），请收件人核对邮箱`, { isFinal: true, isReceivers: true });
  if (answered >= 400) return notSent(`邮件服务器没有收下（${answered}）${answered >= 500 ? '，请系统管理员核对发件地址和权限' : '，稍后再试'}`);
  return notSent(wordsOf(error, '邮件服务器'));
}
