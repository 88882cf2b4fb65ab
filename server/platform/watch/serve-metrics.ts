import { hash, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.ts';
import type { Metrics } from './metrics.ts';

/** Compared by digests of one length, in a time that tells nothing. */
const isToken = (given: string | undefined, token: string): boolean => timingSafeEqual(hash('sha256', given ?? '', 'buffer'), hash('sha256', `Bearer ${token}`, 'buffer'));

/** 指标 on the public port, to whoever shows the token; to anybody else the address does not exist. */
export function answerMetrics(app: FastifyInstance, metrics: Metrics, token: string): void {
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!isToken(request.headers.authorization, token)) throw new Problem('not-found', '没有这个地址');
    return reply.header('content-type', metrics.contentType).header('cache-control', 'no-store').send(await metrics.text());
  });
}

/** 指标 on a port of their own, on this machine only; asks for the token too where there is one. @throws what listening throws, when the port is taken */
export async function listenMetrics(metrics: Metrics, { port, token }: { port: number; token: string | undefined }): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, answer) => {
    if (request.url !== '/metrics' || request.method !== 'GET') { answer.writeHead(404).end(); return; }
    if (token !== undefined && !isToken(request.headers.authorization, token)) { answer.writeHead(401, { 'www-authenticate': 'Bearer' }).end(); return; }
    metrics.text().then((text) => answer.writeHead(200, { 'content-type': metrics.contentType }).end(text), () => answer.writeHead(500).end());
  });
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen({ host: '127.0.0.1', port }, resolve); });
  return { port: portOf(server), close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }) };
}

function portOf(server: Server): number {
  const at = server.address();
  return typeof at === 'object' && at !== null ? at.port : 0;
}
