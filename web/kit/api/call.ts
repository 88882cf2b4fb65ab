import type { z } from 'zod';
import type { Route } from '#contract/define-route.ts';
import { noteBuild } from './build.ts';
import { csrfToken, rememberCsrf } from './csrf.ts';
import { problemOf, unreachable } from './problem-error.ts';
import { apiUrl } from './url.ts';

/** 请求内容: what a route takes, before parsing. */
export interface CallInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params?: z.input<P>;
  readonly query?: z.input<Q>;
  readonly body?: z.input<B>;
}

/** 请求选项: the key that makes a repeat harmless, the version an edit is based on, and a way to give up. */
export interface CallOptions {
  readonly idempotencyKey?: string;
  readonly version?: number;
  readonly signal?: AbortSignal;
}

/** 调用接口: calls one route of the contract and gives its parsed answer. @throws ProblemError */
export async function call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>, input: CallInput<P, Q, B> = {}, options: CallOptions = {},
): Promise<z.output<R>> {
  return route.response.parse(await send(route, apiUrl(route, input), input.body, options));
}

async function send(route: Pick<Route, 'method'>, url: string, body: unknown, options: CallOptions): Promise<unknown> {
  const request: RequestInit = { method: route.method, headers: await headersOf(route, body, options), credentials: 'same-origin' };
  if (options.signal !== undefined) request.signal = options.signal;
  if (route.method !== 'GET') request.body = body instanceof FormData ? body : JSON.stringify(body ?? {});
  const answer = await reach(url, request);
  noteBuild(answer.headers.get('x-shanzhi-web'));
  const read = await readBody(answer);
  if (answer.ok) return read;
  const problem = problemOf(answer.status, read);
  if (problem.code === 'session.cross-site' || answer.status === 401) rememberCsrf(undefined);
  throw problem;
}

async function headersOf(route: Pick<Route, 'method'>, body: unknown, options: CallOptions): Promise<Headers> {
  const headers = new Headers({ accept: 'application/json' });
  if (route.method === 'GET') return headers;
  if (!(body instanceof FormData)) headers.set('content-type', 'application/json');
  const token = await csrfToken();
  if (token !== undefined) headers.set('x-shanzhi-csrf', token);
  if (options.idempotencyKey !== undefined) headers.set('idempotency-key', options.idempotencyKey);
  if (options.version !== undefined) headers.set('if-match', `"${options.version}"`);
  return headers;
}

async function reach(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable();
  }
}

async function readBody(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
