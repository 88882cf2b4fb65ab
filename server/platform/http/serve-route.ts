import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { isForMachines } from '#contract/machine.ts';
import { roleMay } from '#contract/permissions.ts';
import type { Route } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import { nothing } from '../access/scope.ts';
import { submitterOf, visitor, type Ctx } from '../context.ts';
import type { Upload } from '../files/store.ts';
import { forgetKey, noteKey } from '../identity/known-keys.ts';
import { isBearer, openKey, type KeyFacts } from '../identity/open-key.ts';
import { checkOf, forget, SessionChanged, type SessionCheck } from '../identity/remembered.ts';
import type { SessionFacts } from '../identity/sessions.ts';
import type { Kit } from '../kit.ts';
import { makeContext } from '../make-context.ts';
import type { Served } from '../module.ts';
import { Problem } from '../problem.ts';
import { AlreadyDone, fingerprintOf, keepAnswer, keptAnswer } from './idempotency.ts';
import { ASKED_ANEW, isKeptCopy, markOf } from './revalidate.ts';
import { ATTEMPT_COOKIE, OWNER_COOKIE, setOwnerCookie, refuseCrossSite, rememberedSession, sessionOf, setAttemptCookie, setCookie } from './session.ts';
import { takeMultipart } from './multipart.ts';
import { refuseUnstorable } from './storable.ts';

/** Who asks: a person's session or a machine's key; `check` where the session is believed from memory until the first read says so. */
interface Asker { readonly session: SessionFacts | null; readonly key: KeyFacts | null; readonly check: SessionCheck | null }
const nobody: Asker = { session: null, key: null, check: null };
const askers = new WeakMap<FastifyRequest, Asker>();
/** What a person who must first change the password may still reach. */
const OPEN_BEFORE_CHANGE = new Set(['GET /me', 'PUT /me/password', 'DELETE /sessions/current']);
/** What a person whose post demands a one-time code, and who has none yet, may still reach. */
const OPEN_BEFORE_ENROLMENT = new Set([...OPEN_BEFORE_CHANGE, 'GET /me/totp', 'POST /me/totp', 'POST /me/totp/confirmation']);

/** 一个请求, top to bottom: session → right → input → context → use case → answer. */
export function serveRoute(app: FastifyInstance, kit: Kit, served: Served): void {
  const { route } = served;
  app.route({
    method: route.method,
    url: `/api${route.path}`,
    schema: {
      summary: route.summary, tags: [route.path.split('/')[1] ?? ''],
      description: `权限：${route.permission}。可能的错误：${[...route.problems, 'input.invalid'].join('、')}`,
      params: route.params, querystring: route.query,
      ...(route.method === 'GET' || route.method === 'DELETE' || route.kind === 'upload' ? {} : { body: route.body }),
      response: { 200: route.response },
    },
    // Who asks, and may they, comes before what they sent: a stranger does not even learn the shape of a body.
    preValidation: async (request) => {
      askers.set(request, await askerOf(kit, route, request));
      refuseUnstorable(request.params);
      refuseUnstorable(request.query, '?');
      refuseUnstorable(request.body);
    },
    handler: async (request, reply) => {
      const asker = askers.get(request) ?? nobody;
      const taken = route.kind === 'upload' ? await takeMultipart(request, kit) : { fields: request.body, uploads: [] };
      try {
        return await answer(kit, served, { request, reply, taken, asker });
      } catch (error) {
        if (!(error instanceof SessionChanged) || !asker.session) throw error;
        forget(kit, asker.session.sessionId);
        return answer(kit, served, { request, reply, taken, asker: await asked(kit, route, request) });
      }
    },
  });
}

/** A key is asked for every time, a session seen before is believed until the first read. */
async function askerOf(kit: Kit, route: Route, request: FastifyRequest): Promise<Asker> {
  const { authorization } = request.headers;
  if (isBearer(authorization) && route.permission !== 'public') return byKey(kit, route, request, authorization);
  const known = rememberedSession(kit, request);
  return known && hasRight(route, known) ? { ...nobody, session: known, check: checkOf(kit, known, kit.clock.now()) } : asked(kit, route, request);
}

/** 凭接口密钥: whatever cookie comes along counts for nothing, so there is nothing a foreign page could abuse. @throws Problem key.refused, access.denied */
async function byKey(kit: Kit, route: Route, request: FastifyRequest, authorization: string): Promise<Asker> {
  const key = await openKey(kit, { authorization, ip: request.ip, requestId: request.id, now: kit.clock.now() }).catch((error: unknown) => { forgetKey(kit, authorization); throw error; });
  noteKey(kit, authorization);
  if (!isForMachines(route)) throw new Problem('access.denied', '接口密钥不能调用这个接口，它只供本人登录后使用');
  if (route.permission !== 'signed-in' && route.permission !== 'public' && !key.permissions.includes(route.permission)) throw new Problem('access.denied', `接口密钥「${key.name}」没有这项权限，需要时请安全管理员另建一把`);
  return { ...nobody, key };
}

/** Asks the database who this is, and refuses who may not. */
async function asked(kit: Kit, route: Route, request: FastifyRequest): Promise<Asker> {
  const session = await sessionOf(kit, request);
  refuseCrossSite(request, kit, route.permission === 'public' ? null : session);
  refuseWithoutRight(route, session);
  return { ...nobody, session };
}

interface Asking { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly taken: { readonly fields: unknown; readonly uploads: readonly Upload[] }; readonly asker: Asker }

async function answer(kit: Kit, served: Served, { request, reply, taken, asker: { session, key, check } }: Asking): Promise<unknown> {
  const { route } = served;
  const body = route.kind === 'upload' ? parseBody(route, taken.fields) : (request.body ?? {});
  const input = { params: request.params, query: request.query, body };
  const intent = intentOf(route, request, input, taken.uploads);
  const ctx = makeContext(kit, {
    actor: key?.actor ?? session?.actor ?? visitor, scope: key?.scope ?? session?.scope ?? nothing, check,
    requestId: request.id, ip: request.ip, ifMatch: versionOf(route, request), idempotency: intent, uploads: taken.uploads,
  });
  try {
    const result = await served.handle(withEdge(ctx, request, reply, { session, key }), input);
    await check?.confirm();
    if (route.kind === 'stream') return sendStream(reply, result);
    if (route.kind === 'download') return isSame(route, { request, reply }, (result as Download).mark) ? reply.status(304).send() : sendDownload(reply, result as Download);
    if (isSame(route, { request, reply }, route.isRevalidated ? markOf(JSON.stringify(result)) : undefined)) return reply.status(304).send();
    const submitter = submitterOf(ctx.actor);
    if (intent && submitter !== null && !route.isToldOnce) await kit.database.write(ctx.scope, (db) => keepAnswer(db, submitter, intent.key, 200, result));
    return result;
  } catch (error) {
    const submitter = submitterOf(ctx.actor);
    if (error instanceof AlreadyDone && submitter !== null && intent) return replay(ctx, submitter, intent);
    // What was refused under a session from memory is refused only if it still is that session.
    if (!(error instanceof SessionChanged)) await check?.confirm();
    throw error;
  }
}

/** The edge's own facts, for the few identity use cases that set the cookie. */
export interface Edge {
  readonly session: SessionFacts | null; readonly key: KeyFacts | null; readonly userAgent: string; setSession(token: string | null): void;
  /** The sealed visit to the provider that this browser began. */
  readonly attempt: string | null; setAttempt(sealed: string | null): void;
  /** What an owner's telephone shows. */
  readonly ownerToken: string | null; setOwner(kept: { readonly token: string; readonly seconds: number } | null): void;
}
const edges = new WeakMap<Ctx, Edge>();
/** 边界:the session and cookie of the running request. @throws Error outside a request */
export function edgeOf(ctx: Ctx): Edge {
  const edge = edges.get(ctx);
  if (!edge) throw new Error('no request is running');
  return edge;
}

function withEdge(ctx: Ctx, request: FastifyRequest, reply: FastifyReply, who: Pick<Edge, 'session' | 'key'>): Ctx {
  edges.set(ctx, {
    ...who, userAgent: (request.headers['user-agent'] ?? '').slice(0, 300), setSession: (token) => setCookie(reply, ctx.kit, token),
    attempt: request.cookies[ATTEMPT_COOKIE] ?? null, setAttempt: (sealed) => setAttemptCookie(reply, ctx.kit, sealed),
    ownerToken: request.cookies[OWNER_COOKIE] ?? null, setOwner: (kept) => setOwnerCookie(reply, ctx.kit, kept),
  });
  return ctx;
}

const hasRight = (route: Route, session: SessionFacts): boolean => refusalOf(route, session) === null;

/** @throws Problem saying why */
function refuseWithoutRight(route: Route, session: SessionFacts | null): void {
  const refusal = refusalOf(route, session);
  if (refusal) throw refusal;
}

function refusalOf(route: Route, session: SessionFacts | null): Problem | null {
  if (route.permission === 'public') return null;
  if (!session) return new Problem('session.required', '请先登录');
  if (session.user.mustChangePassword && !OPEN_BEFORE_CHANGE.has(`${route.method} ${route.path}`)) return new Problem('session.password-change-required', '首次登录请先修改初始密码');
  if (session.user.needsTotp && !session.user.hasTotp && !OPEN_BEFORE_ENROLMENT.has(`${route.method} ${route.path}`)) return new Problem('session.enrolment-required', '您的岗位要求登录时使用动态口令，请先启用');
  if (route.permission === 'signed-in') return null;
  if (!session.active) return new Problem('access.no-grant', '您目前没有在任岗位，请联系安全管理员');
  return roleMay(session.active.role, route.permission) ? null : new Problem('access.denied', '您的岗位没有这项权限');
}

function versionOf(route: Route, request: FastifyRequest): number | null {
  const raw = request.headers['if-match'];
  const version = /^"?(\d{1,9})"?$/.exec((raw ?? ''))?.[1];
  if (version === undefined && route.needsVersion) throw new Problem('state.version-required', '缺少版本号（If-Match），请刷新页面后再保存');
  return version === undefined ? null : Number(version);
}

function intentOf(route: Route, request: FastifyRequest, input: unknown, uploads: readonly Upload[]): Ctx['idempotency'] {
  if (route.method !== 'POST' || route.permission === 'public') return null;
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key.length < 8 || key.length > 100) throw new Problem('idempotency.required', '缺少防重复提交标记（Idempotency-Key,8 至 100 个字符）');
  return { key, fingerprint: fingerprintOf([route.method, route.path, input, uploads.map((file) => file.hash)]) };
}

function parseBody(route: Route, fields: unknown): unknown {
  refuseUnstorable(fields);
  const parsed = route.body.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw new Problem('input.invalid', '填写有误，请按提示修改', { errors: parsed.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, message: issue.message })) });
}

async function replay(ctx: Ctx, submitter: string, intent: NonNullable<Ctx['idempotency']>): Promise<unknown> {
  const kept = await ctx.read((db) => keptAnswer(db, submitter, intent.key));
  if (kept?.fingerprint !== intent.fingerprint) throw new Problem('idempotency.mismatch', '同一个提交标记下的内容不一致，请刷新页面后重新提交');
  if (kept.response === null) throw new Problem('state.conflict', '这次提交已经处理过，请刷新页面查看结果');
  return kept.response;
}

/** Events leave as they happen: nothing on the way may keep, gather or pack them. The connection ends with them, so that a server that stops need not wait for it. */
function sendStream(reply: FastifyReply, events: unknown) {
  if (!(events instanceof Readable)) throw new Error('a stream is a Readable');
  const { socket } = reply.raw;
  reply.raw.once('finish', () => { socket?.destroySoon(); });
  void reply.header('content-type', 'text/event-stream; charset=utf-8').header('cache-control', 'private, no-store, no-transform').header('x-accel-buffering', 'no').header('connection', 'close');
  return reply.serializer((payload: unknown) => payload as string).send(events);
}
/** 可否留存: what is personal is kept by no cache; of what is open to everybody, whether the asker's copy still stands. */
function isSame({ isRevalidated }: Route, { request, reply }: Pick<Asking, 'request' | 'reply'>, mark: string | undefined): boolean {
  if (!isRevalidated) return false;
  if (mark !== undefined) return isKeptCopy(request, reply, mark);
  void reply.header('cache-control', ASKED_ANEW);
  return false;
}

/** Files leave as attachments of a stated type and are never shown inline. */
function sendDownload(reply: FastifyReply, file: Download) {
  void reply
    .header('content-type', file.mediaType)
    .header('content-disposition', `attachment; filename="download"; filename*=UTF-8''${encodeURIComponent(file.fileName)}`);
  return reply.serializer((payload: unknown) => payload as string).send(file.content instanceof Readable || Buffer.isBuffer(file.content) || file.content instanceof Uint8Array ? file.content : String(file.content));
}
