import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';
import type { Kit } from '../kit.ts';
import { permissionsBut } from './owner-headers.ts';
import { BUILD_HEADER } from './web.ts';

/** Nothing from elsewhere, no inline script; antd writes its styles inline. */
const POLICY = {
  'default-src': ["'self'"], 'script-src': ["'self'"], 'style-src': ["'self'", "'unsafe-inline'"], 'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'", 'data:'], 'connect-src': ["'self'"], 'frame-ancestors': ["'none'"], 'form-action': ["'self'"], 'upgrade-insecure-requests': null,
};

/**
 * 回答的防护头 on every answer: not framed, not sniffed, no referrer, nothing asked of the device; https for good where the origin is https.
 * What `/api` says is personal unless a route says otherwise: no cache keeps it, not even the browser's own.
 */
export function guardAnswers(app: FastifyInstance, kit: Kit, { build }: { build: string | null }): void {
  // Built once, not for every request.
  const permissions = permissionsBut([]);
  const protect = helmet({
    contentSecurityPolicy: { directives: POLICY }, strictTransportSecurity: kit.origin.startsWith('https:'), crossOriginResourcePolicy: { policy: 'same-origin' }, frameguard: { action: 'deny' },
  });
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('permissions-policy', permissions);
    if (request.url.startsWith('/api/')) {
      void reply.header('cache-control', 'private, no-store');
      if (build !== null) void reply.header(BUILD_HEADER, build);
    }
    protect(request.raw, reply.raw, () => { done(); });
  });
}
