import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** What is still being answered when the server is asked to stop has so long. */
const GRACE_MS = 10_000;

/**
 * 停得下来: a server asked to stop lets go at once of every connection on which nothing is asked (kept alive, opened ahead by a browser and never
 * used, or with half a request), answers what is under way, and cuts what is not done after `graceMs`. Node itself would wait a minute for a
 * connection on which nothing was ever asked.
 */
export function stopSoon(app: FastifyInstance, graceMs: number = GRACE_MS): void {
  const asked = new Map<Socket, number>();
  let isStopping = false;
  app.server.on('connection', (socket: Socket) => { asked.set(socket, 0); socket.once('close', () => { asked.delete(socket); }); });
  app.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    asked.set(socket, (asked.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (asked.get(socket) ?? 1) - 1;
      if (asked.has(socket)) asked.set(socket, left);
      if (isStopping && left === 0) socket.destroySoon();
    });
  });
  app.addHook('preClose', async () => {
    isStopping = true;
    for (const [socket, requests] of asked) if (requests === 0) socket.destroy();
    const cut = setTimeout(() => { for (const socket of asked.keys()) socket.destroy(); }, graceMs);
    app.server.once('close', () => { clearTimeout(cut); });
  });
}
