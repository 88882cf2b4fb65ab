import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { problems } from '#contract/problems.ts';
import type { RateLimits } from '../config-operations.ts';
import type { Kit } from '../kit.ts';
import type { Metrics } from '../watch/metrics.ts';
import { answerMetrics } from '../watch/serve-metrics.ts';
import { newId } from '../ids.ts';
import { drawOpenApi, serveOpenApi } from './openapi.ts';
import { answerProblem, answerProblems } from './problem-handler.ts';
import { guardAnswers } from './headers.ts';
import { limitRequests } from './limits.ts';
import { closeStreams } from '../notices/stream.ts';
import { Problem } from '../problem.ts';
import { stopSoon } from './stop-soon.ts';
import { serveDoors } from './serve-doors.ts';
import { servePages, type Robots } from './serve-page.ts';
import { serveRoute } from './serve-route.ts';
import { buildOf, serveWeb } from './web.ts';

export interface ServeOptions {
  /** Folder of the built console; left out in API tests. */
  readonly webFolder?: string;
  readonly logLevel?: 'info' | 'warn' | 'error' | 'silent';
  /** Where log lines go; the standard output when left out. */
  readonly log?: { write(line: string): void };
  /** Whose `X-Forwarded-For` is believed: only the machine's own when left out. */
  readonly trustProxy?: readonly string[];
  /** What search engines may keep; the public pages when left out. */
  readonly robots?: Robots;
  /** No limits when left out. */
  readonly limits?: RateLimits;
  /** Answers the OpenAPI document as the routes are now, not as it was generated; for the generator. */
  readonly drawsOpenApi?: boolean;
  /** Counts requests into these; with a token also answers them at `/metrics`. */
  readonly metrics?: { readonly of: Metrics; readonly token?: string | undefined };
}

/** 组装服务: every module's routes behind one pipeline, problem+json for every failure, OpenAPI, health and the console's files. */
export async function buildServer(kit: Kit, { webFolder, logLevel = 'info', log, trustProxy = ['loopback'], robots = 'public', limits, metrics, drawsOpenApi = false }: ServeOptions = {}): Promise<FastifyInstance> {
  const app = fastify({
    logger: logLevel === 'silent' ? false : { level: logLevel, ...(log ? { stream: log } : {}) },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    trustProxy: trustProxy.length > 0 ? [...trustProxy] : false,
    bodyLimit: 2 * 1_048_576,
    requestTimeout: 120_000,
    frameworkErrors: (error, request, reply) => { void answerProblem(kit, error, request, reply); },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  metrics?.of.watch(app);
  await app.register(cookie);
  if (limits) await limitRequests(app, kit, limits);
  await app.register(multipart);
  await app.register(compress, { global: true, encodings: ['br', 'gzip'] });
  guardAnswers(app, kit, { build: webFolder === undefined ? null : buildOf(webFolder) });
  if (drawsOpenApi) await drawOpenApi(app, kit.modules.flatMap((module) => module.routes.map(({ route }) => route)));
  else serveOpenApi(app);
  answerProblems(app, kit);
  // Before the server waits for its connections: these would never end by themselves.
  app.addHook('preClose', async () => { closeStreams(kit); });
  stopSoon(app);
  logRequests(app);
  for (const served of kit.modules.flatMap((module) => module.routes)) serveRoute(app, kit, served);
  serveHealth(app, kit);
  if (metrics?.token !== undefined) answerMetrics(app, metrics.of, metrics.token);
  await serveDoors(app, kit);
  servePages(app, kit, robots);
  serveProblemPages(app);
  if (webFolder) await serveWeb(app, webFolder);
  else app.setNotFoundHandler(() => { throw new Problem('not-found', '没有这个地址'); });
  return app;
}

/** One line a request: method, route pattern, status, milliseconds, request id. Never a query, body or name. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => { void reply.header('x-request-id', request.id); });
  app.addHook('onResponse', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return;
    request.log.info({ method: request.method, route: request.routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
  });
}

function serveHealth(app: FastifyInstance, kit: Kit): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ ok: true }));
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const ready = await kit.database.ping();
    return reply.status(ready ? 200 : 503).send({ ok: ready });
  });
}

function serveProblemPages(app: FastifyInstance): void {
  app.get<{ Params: { code: string } }>('/problems/:code', { schema: { hide: true } }, async (request, reply) => {
    const code = request.params.code;
    const known = Object.entries(problems).find(([each]) => each === code);
    if (!known) throw new Problem('not-found', '没有这个错误代码');
    return reply.type('text/plain; charset=utf-8').send(`${known[0]}\n${known[1].title}\nHTTP ${known[1].status}\n`);
  });
}
