import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { OWNER_HOME } from '#contract/owner-paths.ts';
import { Problem } from '../problem.ts';
import { ownerHeaders } from './owner-headers.ts';

/** What answers of the API name, so that a page of an older version learns that it is one. */
export const BUILD_HEADER = 'x-shanzhi-web';

/** 页面的版本: the name of its first script, which holds its hash; null for pages that are not built. */
export function buildOf(folder: string): string | null {
  const file = join(folder, 'index.html');
  return existsSync(file) ? /\/assets\/([\w.-]+\.js)/.exec(readFileSync(file, 'utf8'))?.[1] ?? null : null;
}

/** Whatever stands below the owners' home; `/org-units` is the console's. */
const OWNERS = new RegExp(`^${OWNER_HOME}(?:[/?]|$)`);

/** 网页: the built files; any other address outside /api answers the console's page or the owners', which know their own addresses. */
export async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(staticFiles, {
    root: folder, index: ['index.html'],
    setHeaders: (reply, path) => { void reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'); },
  });
  app.setNotFoundHandler(async (request, reply) => {
    const isPage = request.method === 'GET' && !request.url.startsWith('/api/') && !request.url.startsWith('/assets/');
    if (!isPage) throw new Problem('not-found', '没有这个地址');
    const isOwners = OWNERS.test(request.url);
    if (isOwners) void reply.headers(ownerHeaders);
    // Read, not streamed: through both plugins a stream of this kilobyte hangs more listeners on the answer than Node keeps quiet about.
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(await readFile(join(folder, ...(isOwners ? ['owner'] : []), 'index.html')));
  });
}
