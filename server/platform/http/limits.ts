import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RateLimits } from '../config-operations.ts';
import { counterOfKey } from '../identity/known-keys.ts';
import { isBearer } from '../identity/open-key.ts';
import { recall } from '../identity/remembered.ts';
import type { Kit } from '../kit.ts';
import { Problem } from '../problem.ts';
import { COOKIE } from './session.ts';

const WINDOW_MS = 60_000;
/** Counters kept; the longest unused goes first. */
const KEPT = 20_000;
const ADDRESS = 'address:';

/**
 * 频率限制 of `/api`, a minute at a time: by session or API key where it is one we know, else by address. One that is only made up names nobody, so
 * inventing a new one each time is counted with the address it comes from. Health, the console's files and its pages are not counted.
 */
export async function limitRequests(app: FastifyInstance, kit: Kit, { perSession, perAddress }: RateLimits): Promise<void> {
  const mostOf = (key: string) => (key.startsWith(ADDRESS) ? perAddress : perSession);
  const doors = kit.modules.flatMap((module) => module.doors).map(({ prefix }) => prefix);
  await app.register(rateLimit, {
    timeWindow: WINDOW_MS, cache: KEPT, keyGenerator: (request) => keyOf(kit, request),
    allowList: (request, key) => !(request.url.startsWith('/api/') || doors.some((prefix) => request.url.startsWith(prefix))) || mostOf(key) === null,
    max: (_request, key) => mostOf(key) ?? Number.POSITIVE_INFINITY,
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false, 'retry-after': true },
    errorResponseBuilder: (_request, { ttl }) => new Problem('rate.limited', `操作过于频繁，请 ${Math.ceil(ttl / 1000)} 秒后再试`),
  });
}

function keyOf(kit: Kit, request: FastifyRequest): string {
  const authorization = request.headers.authorization ?? keyInAddress(request);
  if (isBearer(authorization)) {
    const counter = counterOfKey(kit, authorization);
    return counter === null ? addressOf(request) : `key:${counter}`;
  }
  const token = request.cookies[COOKIE];
  const session = token === undefined ? undefined : recall(kit, token);
  return session === undefined ? addressOf(request) : `session:${session.sessionId}`;
}

/** A standard of its own may carry the key in the address. */
function keyInAddress({ url }: FastifyRequest): string | undefined {
  const key = url.startsWith('/api/') ? null : new URLSearchParams(url.split('?')[1] ?? '').get('api_key');
  return key === null ? undefined : `Bearer ${key}`;
}

const addressOf = (request: FastifyRequest): string => ADDRESS + subscriberOf(request.ip);

/** 一户的网络地址: one subscriber has a whole /64 of IPv6. */
export const subscriberOf = (ip: string): string => normalizeIP(ip);
