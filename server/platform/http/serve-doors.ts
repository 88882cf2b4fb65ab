import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kit } from '../kit.ts';
import type { DoorRequest, StandardDoor } from '../module.ts';
import { Problem } from '../problem.ts';
import { toProblem } from './problem-handler.ts';
import { refuseUnstorable } from './storable.ts';

const MOST_FORM = 64 * 1_024;

/** 标准接口 of every module: no session, no cookie; forms are read here and nowhere else, and every error is said in the standard's form. */
export async function serveDoors(app: FastifyInstance, kit: Kit): Promise<void> {
  for (const door of kit.modules.flatMap((module) => module.doors)) await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: MOST_FORM }, (_request, body, done) => { done(null, textsIn(new URLSearchParams(body.toString()))); });
    scope.setErrorHandler(async (error, request, reply) => send(reply, await refusal(door, error, request)));
    const handle = (method: 'GET' | 'POST') => async (request: FastifyRequest, reply: FastifyReply) => {
      const asked = askedOf(door, request);
      refuseUnstorable(asked.query, '?');
      refuseUnstorable(asked.form);
      return send(reply, await door.answer(kit, method, asked));
    };
    scope.get(`${door.prefix}*`, { schema: { hide: true } }, handle('GET'));
    scope.post(`${door.prefix}*`, { schema: { hide: true } }, handle('POST'));
  });
}

function askedOf({ prefix }: StandardDoor, request: FastifyRequest): DoorRequest {
  const [path = '', query = ''] = request.url.split('?');
  const intent = request.headers['idempotency-key'];
  return {
    path: decoded(path.slice(prefix.length)), query: textsIn(new URLSearchParams(query)), form: isTexts(request.body) ? request.body : {}, authorization: request.headers.authorization,
    intent: typeof intent === 'string' ? intent : undefined, ip: request.ip, requestId: request.id,
  };
}

async function refusal(door: StandardDoor, error: unknown, request: FastifyRequest) {
  const problem = isOtherBody(error) ? new Problem('input.invalid', '请以表单（application/x-www-form-urlencoded）提交；本接口不接收 JSON、multipart 和附件') : toProblem(error);
  if (problem.status >= 500) request.log.error({ err: { message: error instanceof Error ? error.message : '', stack: error instanceof Error ? error.stack : '' } }, 'request failed');
  return door.refuse(problem, { path: decoded(request.url.split('?')[0]?.slice(door.prefix.length) ?? '') });
}

const isOtherBody = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE';

/** @throws Problem not-found for an address that cannot be read */
function decoded(path: string): string {
  try { return decodeURIComponent(path); } catch { throw new Problem('not-found', '没有这个地址'); }
}
const send = (reply: FastifyReply, { status, mediaType, body }: { readonly status: number; readonly mediaType: string; readonly body: string }) =>
  reply.status(status).header('content-type', `${mediaType}; charset=utf-8`).header('x-content-type-options', 'nosniff').header('cache-control', 'private, no-store').serializer((text: unknown) => String(text)).send(body);

/** The first of each name. */
const textsIn = (given: URLSearchParams): Record<string, string> => Object.fromEntries([...given].toReversed());
const isTexts = (body: unknown): body is Readonly<Record<string, string>> => typeof body === 'object' && body !== null;
