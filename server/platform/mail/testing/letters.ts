interface Part { readonly name: string; readonly type?: string; readonly bytes: Buffer }
interface Given { readonly id?: string | null; readonly text?: string; readonly type?: string; readonly charset?: string; readonly subject?: string; readonly from?: string; readonly replyTo?: readonly string[]; readonly files?: readonly Part[] }
const word = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

/** 试验用的来信, as a mail program saves it. */
export function letter({ id = '<1@mail.example>', text = '电梯停了三天，老人下不来。\n\n请尽快修。', type = 'text/plain', charset = 'utf-8', subject = '三号楼电梯', from = `${word('秦来访')} <Qin@mail.example>`, replyTo = [], files = [] }: Given = {}): Buffer {
  const head = ['Received: from mx.mail.example by mail.county.example; Thu, 19 Nov 2026 09:30:00 +0800 (CST)', 'Received: from pc by mx.mail.example; Wed, 18 Nov 2026 10:00:05 +0800', `From: ${from}`, 'To: bureau@county.example', `Subject: ${word(subject)}`, 'Date: Wed, 18 Nov 2026 10:00:00 +0800', ...(id === null ? [] : [`Message-ID: ${id}`]), ...(replyTo.length === 0 ? [] : [`In-Reply-To: ${replyTo[0] ?? ''}`, `References: ${replyTo.join('\r\n ')}`]), 'MIME-Version: 1.0'];
  const body = [`Content-Type: ${type}; charset=${charset}`, 'Content-Transfer-Encoding: base64', '', Buffer.from(text).toString('base64')];
  if (files.length === 0) return Buffer.from([...head, ...body, ''].join('\r\n'));
  const parts = files.flatMap((file) => ['--b', `Content-Type: ${file.type ?? 'application/octet-stream'}`, 'Content-Transfer-Encoding: base64', `Content-Disposition: attachment; filename="${word(file.name)}"`, '', file.bytes.toString('base64')]);
  return Buffer.from([...head, 'Content-Type: multipart/mixed; boundary=b', '', '--b', ...body, ...parts, '--b--', ''].join('\r\n'));
}

const GBK = { name: 'c7d8c0b4b7c3', subject: 'b3b5bfe2bbfdcbae', text: 'd0a1c7f8b3b5bfe2b3a4c6dabbfdcbaea3acceefd2b5d2bbd6b1b2bbb9dca1a3' };
/** 国标编码的来信, head and text in plain bytes; `charset`: what it says of itself, null when it says nothing. */
export const gbk = (charset: string | null): Buffer => Buffer.concat([
  Buffer.from('From: "'), Buffer.from(GBK.name, 'hex'), Buffer.from('" <qin@mail.example>\r\nSubject: '), Buffer.from(GBK.subject, 'hex'), Buffer.from(`\r\nDate: Wed, 18 Nov 2026 10:00:00 +0800\r\n${charset === null ? '' : `Content-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: 8bit\r\n`}\r\n`), Buffer.from(GBK.text, 'hex'), Buffer.from('\r\n'),
]);

/** 套娃邮件. */
export const nested = (depth: number): Buffer => Buffer.from(`From: a@b.example\r\n${Array.from({ length: depth }, (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`).join('')}\r\n`);
/** 撑大的邮件. */
export const bomb = {
  head: (): Buffer => Buffer.from(`From: a@b.example\r\n${'X-Long: x\r\n'.repeat(60_000)}\r\n`),
  parts: (count: number): Buffer => letter({ files: Array.from({ length: count }, (_, at) => ({ name: `${at}.bin`, bytes: Buffer.from('x') })) }),
};
/** 转发的信: a letter within letters, `depth` of them, as a mail program forwards one as an attachment. */
export const forwarded = (depth: number): Buffer => Array.from({ length: depth }).reduce<Buffer>((inner, _, at) => Buffer.concat([Buffer.from(`From: a@b.example\r\nMessage-ID: <fw${at}@b.example>\r\nSubject: Fw ${at}\r\nContent-Type: multipart/mixed; boundary=f${at}\r\n\r\n--f${at}\r\nContent-Type: text/plain\r\n\r\nforwarded\r\n--f${at}\r\nContent-Type: message/rfc822\r\n\r\n`), inner, Buffer.from(`\r\n--f${at}--\r\n`)]), letter());
