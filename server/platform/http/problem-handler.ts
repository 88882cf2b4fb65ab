import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Kit } from '../kit.ts';
import { Problem } from '../problem.ts';
import { readOut } from './read-out.ts';

const PG_UNAVAILABLE = new Set(['57P01', '57P02', '57P03', '53300', '08006', '08001', 'ECONNREFUSED', 'ECONNRESET']);
const PG_TIMEOUT = new Set(['57014', '55P03', '40P01', '40001']);
const FASTIFY_TOO_LARGE = new Set(['FST_ERR_CTP_BODY_TOO_LARGE', 'FST_REQ_FILE_TOO_LARGE', 'FST_FILES_LIMIT', 'FST_PARTS_LIMIT']);

/** When somebody who was refused for being too many may try again at the earliest. */
const RETRY_SECONDS = 60;

const codeOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '');

/** 出错时的回答: everything that leaves is a Problem; what is not one is a bug and says nothing but the request id. */
export function answerProblems(app: FastifyInstance, kit: Kit): void {
  app.setErrorHandler((error: FastifyError, request, reply) => answerProblem(kit, error, request, reply));
}

/** The same for what fails before any route is found: an address that cannot be read. Hooks have not run yet. */
export function answerProblem(kit: Kit, error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error);
  if (problem.status >= 500) request.log.error({ err: { message: error.message, stack: error.stack, code: codeOf(error) } }, 'request failed');
  if (problem.code === 'input.too-large') readOut(request, reply);
  // The limiter says how long it counts; limits of a capability say it in words, and a machine is told not to come back at once.
  if (problem.status === 429 && !reply.hasHeader('retry-after')) void reply.header('retry-after', String(RETRY_SECONDS));
  return reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store').serializer((body: unknown) => JSON.stringify(body)).send(problem.toBody(kit.origin, request.id));
}

/** Any error as a Problem. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((issue) => ({ pointer: `${error.validationContext === 'querystring' ? '?' : '/'}${issue.instancePath.replace(/^\//, '')}`, message: issue.message ?? '填写有误' }));
    const [first] = errors;
    // What an address lacks has no field on a page beside which it could be read.
    return new Problem('input.invalid', first === undefined ? '填写有误，请按提示修改' : first.pointer.startsWith('?') && first.pointer.length > 1 ? `地址中的“${first.pointer.slice(1)}”：${first.message}` : first.message, { errors });
  }
  const code = codeOf(error);
  if (FASTIFY_TOO_LARGE.has(code)) return new Problem('input.too-large', '提交的内容过大，请拆分后再提交');
  if (PG_UNAVAILABLE.has(code)) return new Problem('server.busy', '数据库暂时不可用，请稍后再试；已填写的内容没有丢失');
  if (PG_TIMEOUT.has(code)) return new Problem('server.busy', '系统正忙，请稍后再试');
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 404 || code === 'FST_ERR_MAX_PARAM_LENGTH') return new Problem('not-found', '没有这个地址');
  if (status >= 400 && status < 500) return new Problem('input.invalid', '请求格式不正确');
  return new Problem('server.error', '系统出错了，没有保存任何内容。请稍后再试；若仍出错，请把请求编号告诉系统管理员');
}
