import type { FastifyInstance } from 'fastify';
import { nothing } from '../access/scope.ts';
import { visitor } from '../context.ts';
import type { Kit } from '../kit.ts';
import { makeContext } from '../make-context.ts';
import { isKeptCopy, markOf } from './revalidate.ts';

/** 搜索引擎可收录什么: only what the offices made public, or nothing at all. */
export type Robots = 'public' | 'none';

/** 公开网页 of every module, and what search engines are told. What is withdrawn is gone at the next look: copies are asked about each time. */
export function servePages(app: FastifyInstance, kit: Kit, robots: Robots): void {
  for (const { path, render } of kit.modules.flatMap((module) => module.pages)) {
    app.get(path, { schema: { hide: true } }, async (request, reply) => {
      const ctx = makeContext(kit, { actor: visitor, scope: nothing, requestId: request.id, ip: request.ip });
      const { status, html } = await render(ctx, { params: textsIn(request.params), query: textsIn(request.query) });
      if (robots === 'none' || status !== 200) void reply.header('x-robots-tag', 'noindex, nofollow');
      if (isKeptCopy(request, reply, markOf(html)) && status === 200) return reply.status(304).send();
      return reply.status(status).type('text/html; charset=utf-8').send(html);
    });
  }
  const open = kit.modules.flatMap((module) => module.pages).flatMap(({ path }) => (path.includes('/:') ? [path.replace(/\/:.*$/, '/')] : [`${path}$`, `${path}?`])).toSorted();
  app.get('/robots.txt', { schema: { hide: true } }, async (_request, reply) => reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache')
    .send(['User-agent: *', ...(robots === 'public' ? open.map((path) => `Allow: ${path}`) : []), 'Disallow: /', ''].join('\n')));
}

/** Values that were given once; what is given twice or hidden in brackets is none. */
const textsIn = (given: unknown): Record<string, string> => Object.fromEntries(Object.entries(typeof given === 'object' && given !== null ? given : {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
