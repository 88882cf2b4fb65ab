import { request as plain, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as secure } from 'node:https';
import { OutgoingRefused, resolveHost, type OutgoingRules } from './address.ts';
import { readBody } from './read-body.ts';
import { certificateWords, trusted } from './trust.ts';

/** What another server answered. */
export interface Answered { readonly status: number; readonly retryAfterSeconds: number | null; readonly text: string }

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 64 * 1_024;

/**
 * 发一个 POST: one request to a checked address, within ten seconds, no redirect followed, of the answer at most 64 KB read.
 * @throws OutgoingRefused in words, whatever went wrong on the way
 */
export async function post(target: string, { body, headers, rules, ownOrigin }: { body: string; headers: Readonly<Record<string, string>>; rules: OutgoingRules; ownOrigin: string }): Promise<Answered> {
  const url = new URL(target);
  if (url.origin === ownOrigin) throw new OutgoingRefused('不能推送给本系统自己', { isOurs: true });
  if (url.username !== '' || url.password !== '') throw new OutgoingRefused('网址里不能带用户名和密码', { isOurs: true });
  const to = await resolveHost(url.hostname, rules);
  const answer = await send(url, to, { method: 'POST', ...trusted(rules), headers: { ...headers, 'content-type': 'application/json; charset=utf-8', 'content-length': String(Buffer.byteLength(body)), 'user-agent': 'shanzhi' } }, body);
  if (answer.status >= 300 && answer.status < 400) throw new OutgoingRefused(`对方要求转到别的网址（${answer.status}），没有照办，请填写最终的网址`);
  return answer;
}

function send(url: URL, { address, family }: { address: string; family: 4 | 6 }, options: RequestOptions, body: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const fail = (error: Error) => reject(error instanceof OutgoingRefused ? error : new OutgoingRefused(signal.aborted ? '对方十秒内没有答复' : wordsOf(error), { isUnclear: signal.aborted || ('code' in error && error.code === 'ECONNRESET') }));
    const request = (url.protocol === 'https:' ? secure : plain)(url, {
      ...options, agent: false, signal,
      // The checked address and no other; Node asks for all of them or for one.
      lookup: (_host, { all }, found) => { if (all) found(null, [{ address, family }]); else found(null, address, family); },
    }, (answer) => { readAnswer(answer).then(resolve, fail); });
    request.once('error', fail);
    request.end(body);
  });
}

async function readAnswer(answer: IncomingMessage): Promise<Answered> {
  const body = await readBody(answer, MOST_BYTES, () => new OutgoingRefused('对方的答复过大，没有读完'));
  const asked = answer.headers['retry-after'];
  return { status: answer.statusCode ?? 0, retryAfterSeconds: asked !== undefined && /^\d{1,9}$/u.test(asked) ? Number(asked) : null, text: body.toString('utf8') };
}

/** 网络错误的说法: never the library's own words, which may repeat an address that is secret. */
export function wordsOf(error: Error, whose = '对方'): string {
  if (error instanceof OutgoingRefused) return error.message;
  // The mail library keeps the system's own code beside its own.
  const code = 'originalCode' in error ? String(error.originalCode) : 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return `${whose}拒绝连接，请核对端口，或确认对方的服务已启动`;
  if (code === 'ETIMEDOUT' || code === 'ESOCKET' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return `连不上${whose}，请检查网络和防火墙`;
  return certificateWords(code, whose) ?? `连接中断（${code === '' ? '原因不明' : code}）`;
}
