import { z } from 'zod';
import type { Route } from '#contract/define-route.ts';

const wire = z.object({ detail: z.string().optional(), title: z.string().optional(), code: z.string().optional(), errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional() });

/** 没有办成: what to tell the owner. `status` 0: no answer came. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string | null;
  constructor(status: number, message: string, code: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

interface Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> { readonly params?: z.input<P>; readonly query?: z.input<Q>; readonly body?: z.input<B> | FormData }

/** 调用接口 of the contract, as anybody. @throws Refusal */
export async function call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(route: Route<P, Q, B, R>, input: Input<P, Q, B> = {}): Promise<z.output<R>> {
  const request: RequestInit = { method: route.method, headers: { accept: 'application/json' }, credentials: 'same-origin' };
  if (input.body instanceof FormData) request.body = input.body;
  else if (route.method !== 'GET') {
    request.headers = { accept: 'application/json', 'content-type': 'application/json' };
    request.body = JSON.stringify(input.body ?? {});
  }
  const answer = await reach(addressOf(route, input), request);
  const read = jsonOf(await answer.text());
  if (answer.ok) return route.response.parse(read);
  const { data } = wire.safeParse(read);
  throw new Refusal(answer.status, data?.errors?.map(({ message }) => message).join('；') || data?.detail || data?.title || '系统出错了，请稍后再试', data?.code ?? null);
}

async function reach(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch {
    throw new Refusal(0, '网络不通，请检查网络后再试。填写的内容还在。');
  }
}

function addressOf(route: Pick<Route, 'path'>, { params, query }: { readonly params?: unknown; readonly query?: unknown }): string {
  const given = new Map(Object.entries({ ...(typeof params === 'object' ? params : {}) }).map(([name, value]) => [name, String(value)]));
  const asked = new URLSearchParams(Object.entries({ ...(typeof query === 'object' ? query : {}) }).filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => [name, String(value)])).toString();
  return `/api${route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(given.get(name) ?? ''))}${asked === '' ? '' : `?${asked}`}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
