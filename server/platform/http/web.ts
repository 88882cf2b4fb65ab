import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.ts';

/** 控制台页面: the built files; any other address outside /api answers the page, which knows its own addresses. */
export async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(staticFiles, {
    root: folder, index: ['index.html'],
    setHeaders: (reply, path) => { void reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'); },
  });
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !request.url.startsWith('/api') && !request.url.startsWith('/assets/');
    if (!isPage) throw new Problem('not-found', '没有这个地址');
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
