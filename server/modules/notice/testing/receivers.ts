import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { Certified } from '#platform/testing/certificates.ts';

/** A letter as a real mail server took it in. */
export interface Letter { readonly to: readonly string[]; readonly raw: string; readonly subject: string; readonly body: string; readonly mark: string; readonly isSecure: boolean }
/** 邮箱: a real SMTP server; `refuse` answers an address with that number; `heard` are the logins and recipients it was told, sent or not. */
export interface Mailbox { readonly port: number; readonly letters: Letter[]; readonly heard: string[]; readonly refuse: Map<string, number>; close(): Promise<void> }

const decoded = (subject: string): string => subject.replaceAll(/=\?UTF-8\?([BQ])\?(.*?)\?=\s*/giu, (_, way: string, inner: string) => (way.toUpperCase() === 'B' ? Buffer.from(inner, 'base64').toString() : quoted(inner.replaceAll('_', ' '))));
const quoted = (line: string): string => Buffer.from(line.replaceAll(/=([0-9A-F]{2})/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString('utf8');

function letterOf(raw: string, to: readonly string[], isSecure: boolean): Letter {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const header = (name: string) => new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'mi').exec(head)?.[1]?.replaceAll(/\r\n[ \t]/gu, ' ') ?? '';
  const body = rest.join('\r\n\r\n');
  const plain = /base64/iu.test(header('Content-Transfer-Encoding')) ? Buffer.from(body, 'base64').toString() : quoted(body.replaceAll('=\r\n', ''));
  return { to, raw, subject: decoded(header('Subject')), body: plain, mark: header('Message-ID'), isSecure };
}

/** `tls` from the first byte, `starttls` on the way; without either there is no encryption. */
export async function mailbox({ user, password, tls, starttls }: { user?: string; password?: string; tls?: Certified; starttls?: Certified } = {}): Promise<Mailbox> {
  const letters: Letter[] = [];
  const refuse = new Map<string, number>();
  const heard: string[] = [];
  const server = new SMTPServer({
    authOptional: user === undefined, allowInsecureAuth: true, logger: false, secure: tls !== undefined, ...(tls ?? starttls), disabledCommands: starttls === undefined ? ['STARTTLS'] : [],
    onAuth: (auth, _session, done) => { heard.push(auth.username ?? ''); if (auth.username === user && auth.password === password) done(null, { user: auth.username }); else done(new Error('no')); },
    onRcptTo: ({ address }, _session, done) => { heard.push(address); const code = refuse.get(address); done(code === undefined ? null : Object.assign(new Error(`mailbox ${address} unavailable`), { responseCode: code })); },
    onData: (stream, session, done) => { text(stream).then((raw) => { letters.push(letterOf(raw, session.envelope.rcptTo.map(({ address }) => address), session.secure)); done(null); }, done); },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return { port: (server.server.address() as AddressInfo).port, letters, heard, refuse, close: () => new Promise((resolve) => { server.close(() => resolve()); }) };
}

export interface Received { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }
export interface Answering { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string }
/** 接收方: a real HTTP server; `answers` are given one after the other, then the usual one; `hold` keeps whoever asks waiting. */
export interface Receiver { readonly origin: string; readonly received: Received[]; readonly answers: Answering[]; usual: Answering; hold: boolean; close(): Promise<void> }

export async function receiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: Answering[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ path: request.url ?? '', headers: request.headers, body });
      if (here.hold) return;
      const { status = 200, headers = {}, body: said = '{"errcode":0,"errmsg":"ok"}' } = answers.shift() ?? here.usual;
      response.writeHead(status, headers).end(said);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const here: Receiver = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, answers, usual: {}, hold: false,
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
  return here;
}
