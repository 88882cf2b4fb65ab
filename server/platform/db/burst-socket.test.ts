import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { BurstSocket } from './burst-socket.ts';

/** Counts what really goes to the system. */
class CountedSocket extends BurstSocket {
  calls = 0;
  override _writev(chunks: { chunk: unknown; encoding: BufferEncoding }[], done: (error?: Error | null) => void): void {
    this.calls += 1;
    // oxlint-disable-next-line typescript/no-non-null-assertion -- a socket always has it
    super._writev!(chunks, done);
  }
}

test('what is written in one turn, over promises and corks, leaves in order and in one call', async () => {
  const received: Buffer[] = [];
  const server = createServer((socket) => socket.on('data', (data) => received.push(data))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const socket = new CountedSocket();
  await once(socket.connect(address.port, '127.0.0.1'), 'connect');
  for (const part of ['一', '二', '三']) {
    socket.cork();
    socket.write(part);
    socket.write('、');
    socket.uncork();
    await Promise.resolve();
  }
  expect(socket.calls).toBe(0);
  socket.end();
  socket.resume();
  await once(socket, 'close');
  server.close();
  expect([socket.calls, Buffer.concat(received).toString()]).toEqual([1, '一、二、三、']);
});
