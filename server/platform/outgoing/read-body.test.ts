import { createServer as plainServer, get, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as secureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trustingFetch } from '../identity/oidc/trusting-fetch.ts';
import { authority } from '../testing/certificates.ts';
import { post } from './post.ts';
import { readBody } from './read-body.ts';

/** Answers as many bytes as the path names, in pieces that end anywhere, and with `/…/told` says so before; `/endless` goes on until it is broken off. */
const answer: RequestListener = (request, reply) => {
  const [, asked = '', told] = (request.url ?? '').split('/');
  if (asked === 'endless') { const more = () => { while (reply.write(Buffer.alloc(4_096))); }; reply.on('drain', more).on('error', () => undefined); more(); return; }
  const bytes = Number(asked);
  if (told !== undefined) reply.setHeader('content-length', bytes);
  for (let at = 0; at < bytes; at += 9_973) reply.write(Buffer.alloc(Math.min(9_973, bytes - at), 'x'));
  reply.end();
};
const root = authority('Test Root');
const plain = plainServer(answer);
const secure = secureServer(root.issue(['127.0.0.1']), answer);
const portOf = (server: typeof plain) => (server.address() as AddressInfo).port;
beforeAll(() => Promise.all([plain, secure].map((server) => once(server.listen(0, '127.0.0.1'), 'listening'))));
afterAll(() => { for (const server of [plain, secure]) { server.closeAllConnections(); server.close(); } });

const open = (path: string) => new Promise<IncomingMessage>((resolve, reject) => { get(`http://127.0.0.1:${portOf(plain)}/${path}`, { agent: false }, resolve).once('error', reject); });
const tooLong = () => new Error('too long');

describe.each(['', '/told'])('an answer whose length is %o said before', (told) => {
  test.each([[0, 0], [1, 1], [9_973, 9_973], [50_000, 50_000], [49_999, 50_000]])('%i bytes are read when %i may be', async (bytes, most) => {
    expect((await readBody(await open(`${bytes}${told}`), most, tooLong)).equals(Buffer.alloc(bytes, 'x'))).toBe(true);
  });

  test.each([[1, 0], [50_001, 50_000], [9_974, 9_973]])('%i bytes are refused when %i may be', async (bytes, most) => {
    await expect(readBody(await open(`${bytes}${told}`), most, tooLong)).rejects.toThrow('too long');
  });
});

test('an answer without end is broken off at the limit, and the server sees it', async () => {
  const gone = new Promise<void>((resolve) => { plain.once('connection', (socket) => { socket.once('close', () => resolve()); }); });
  await expect(readBody(await open('endless'), 100_000, tooLong)).rejects.toThrow('too long');
  await gone;
});

test('a connection lost half way is no short answer', async () => {
  const half = plainServer((_request, reply) => { reply.setHeader('content-length', 100); reply.write('half', () => { reply.socket?.destroy(); }); });
  await once(half.listen(0, '127.0.0.1'), 'listening');
  const cut = await new Promise<IncomingMessage>((resolve, reject) => { get(`http://127.0.0.1:${portOf(half)}/`, { agent: false }, resolve).once('error', reject); });
  await expect(readBody(cut, 1_000, tooLong)).rejects.toThrow(/aborted/u);
  half.close();
});

test('of a pushed notice’s answer 64 KB are read and not a byte more', async () => {
  const send = (bytes: number) => post(`http://127.0.0.1:${portOf(plain)}/${bytes}`, { body: '{}', headers: {}, rules: { allow: ['127.0.0.1'] }, ownOrigin: 'http://ours.example' });
  expect((await send(65_536)).text).toHaveLength(65_536);
  await expect(send(65_537)).rejects.toThrow('对方的答复过大，没有读完');
});

test('of a provider’s answer a megabyte is read and not a byte more', async () => {
  const ask = async (bytes: number) => (await trustingFetch(root.cert)(`https://127.0.0.1:${portOf(secure)}/${bytes}`, { method: 'GET', headers: {}, body: undefined, redirect: 'manual' })).arrayBuffer();
  expect((await ask(1_048_576)).byteLength).toBe(1_048_576);
  await expect(ask(1_048_577)).rejects.toMatchObject({ message: 'fetch failed', cause: { message: 'the answer is too large' } });
});
