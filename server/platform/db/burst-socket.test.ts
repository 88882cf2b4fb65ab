import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { BurstSocket } from './burst-socket.ts';

test('what is written in one turn, over promises and corks, is held until the turn ends, and leaves in order', async () => {
  const received: Buffer[] = [];
  const server = createServer((socket) => socket.on('data', (data) => received.push(data))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const socket = new BurstSocket();
  await once(socket.connect(address.port, '127.0.0.1'), 'connect');
  for (const part of ['一', '二', '三']) {
    socket.cork();
    socket.write(Buffer.from(part));
    socket.write(Buffer.from('、'));
    socket.uncork();
    await Promise.resolve();
  }
  expect([socket.writableLength, socket.bytesWritten]).toEqual([18, 18]);
  await new Promise(setImmediate);
  expect(socket.writableLength).toBe(0);
  socket.end();
  socket.resume();
  await once(socket, 'close');
  server.close();
  expect(Buffer.concat(received).toString()).toBe('一、二、三、');
});
