import type { z } from 'zod';
import type { Route } from '#contract/define-route.ts';
import { csrfToken } from './csrf.ts';
import { problemOf, unreachable } from './problem-error.ts';
import { apiUrl } from './url.ts';

/** 上传文件: sends multipart with progress (0–100), which `fetch` cannot tell. @throws ProblemError */
export async function upload<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>, input: { params?: z.input<P>; query?: z.input<Q> }, form: FormData,
  { idempotencyKey, onProgress }: { idempotencyKey: string; onProgress: (percent: number) => void },
): Promise<z.output<R>> {
  const token = await csrfToken();
  const answer = await new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(route.method, apiUrl(route, input));
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('idempotency-key', idempotencyKey);
    if (token !== undefined) request.setRequestHeader('x-shanzhi-csrf', token);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(Math.floor((event.loaded * 100) / event.total));
    });
    request.addEventListener('load', () => resolve({ status: request.status, body: jsonOf(request.responseText) }));
    request.addEventListener('error', () => reject(unreachable()));
    request.send(form);
  });
  if (answer.status < 200 || answer.status > 299) throw problemOf(answer.status, answer.body);
  return route.response.parse(answer.body);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
