import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { rootCertificates } from 'node:tls';
import type { CustomFetch } from 'openid-client';
import { readBody } from '../../outgoing/read-body.ts';

const MOST_BYTES = 1_048_576;

/** 信任单位根证书的请求: as `fetch`, over TLS only, believing the office's own root beside the usual ones, and for these requests alone. No redirect is followed, of an answer at most a megabyte read. */
export function trustingFetch(authority: string): CustomFetch {
  const agent = new Agent({ ca: [...rootCertificates, authority], keepAlive: false });
  return (url, { method, headers, body, signal }) => new Promise((resolve, reject) => {
    // The words of `fetch`, which is what the library knows how to tell apart.
    const fail = (error: unknown) => reject(signal?.aborted === true && signal.reason instanceof Error ? signal.reason : new TypeError('fetch failed', { cause: error }));
    const asked = request(url, { method, headers, agent, ...(signal === undefined ? {} : { signal }) }, (answer) => { readAnswer(answer).then(resolve, fail); });
    asked.once('error', fail);
    asked.end(body === undefined || body === null ? undefined : bytesOf(body));
  });
}

function bytesOf(body: unknown): Buffer {
  if (typeof body === 'string' || body instanceof URLSearchParams) return Buffer.from(String(body));
  if (body instanceof Uint8Array) return Buffer.from(body);
  throw new TypeError('a body that this way of asking does not know');
}

async function readAnswer(answer: IncomingMessage): Promise<Response> {
  const body = await readBody(answer, MOST_BYTES, () => new Error('the answer is too large'));
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct)) for (const value of values ?? []) headers.append(name, value);
  const status = answer.statusCode ?? 502;
  return new Response(status === 204 || status === 304 ? null : new Uint8Array(body), { status, headers });
}
