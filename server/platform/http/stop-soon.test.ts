import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { stopSoon } from './stop-soon.ts';

const app = async (graceMs?: number): Promise<{ server: FastifyInstance; open(say?: string): Promise<Socket> }> => {
  const server = fastify({ requestTimeout: 120_000 });
  stopSoon(server, graceMs);
  server.get('/quick', async () => 'quick');
  return {
    server,
    open: async (say = '') => {
      const socket = connect({ host: '127.0.0.1', port: (server.server.address() as AddressInfo).port }).setEncoding('utf8');
      socket.on('error', () => undefined);
      await Promise.all([once(socket, 'connect'), once(server.server, 'connection')]);
      socket.write(say);
      return socket;
    },
  };
};
const closed = (socket: Socket) => new Promise<void>((resolve) => { socket.once('close', () => resolve()); });
const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n`;
const listen = (server: FastifyInstance) => server.listen({ host: '127.0.0.1', port: 0 });

// Without `stopSoon` the server waits a minute for these, and the test ends as too slow.
test('connections that were kept alive, never used or have half a request do not keep the server from stopping', async () => {
  const { server, open } = await app();
  await listen(server);
  const used = await open(ask('/quick'));
  await once(used, 'data');
  const others = [await open(), await open('GET /quick HTTP/1.1\r\nHost')];
  await setImmediate();
  const gone = Promise.all([used, ...others].map(closed));
  await server.close();
  await gone;
}, 15_000);

test('what is being answered is answered to its end', async () => {
  const { server, open } = await app();
  let finish: (words: string) => void = () => undefined;
  const begun = new Promise<void>((resolve) => { server.get('/slow', () => { resolve(); return new Promise((done) => { finish = done; }); }); });
  await listen(server);
  const socket = await open(ask('/slow'));
  await begun;
  const stopped = server.close();
  await setImmediate();
  finish('slow');
  const [said] = (await once(socket, 'data')) as [string];
  expect([said.split('\r\n', 1)[0], said.endsWith('slow')]).toEqual(['HTTP/1.1 200 OK', true]);
  await stopped;
}, 15_000);

test('what never ends is cut when its time is over', async () => {
  const { server, open } = await app(50);
  const begun = new Promise<void>((resolve) => { server.get('/never', () => { resolve(); return new Promise(() => undefined); }); });
  await listen(server);
  const socket = await open(ask('/never'));
  await begun;
  const cut = closed(socket);
  await server.close();
  await cut;
}, 15_000);
