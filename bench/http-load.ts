import { connect, type Socket } from 'node:net';

/** A request ready to be sent: its bytes, made anew each time where a body must differ. */
export type NextRequest = () => Buffer;

/** 一段压测的结果. `latencies` in milliseconds, sorted. */
export interface Load { readonly requests: number; readonly seconds: number; readonly perSecond: number; readonly errors: number; readonly firstError: string | null; readonly p50: number; readonly p95: number; readonly p99: number; readonly bytes: number }

/** 请求报文. */
export function requestBytes({ method, path, headers, body }: { method: string; path: string; headers: Readonly<Record<string, string>>; body?: string | undefined }): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, 'host: 127.0.0.1', ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  const length = body === undefined ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`];
  return Buffer.from(`${[...lines, ...length].join('\r\n')}\r\n\r\n${body ?? ''}`);
}

/** 压测: so many keep-alive connections, each sending its next request as soon as it has the answer, until the time is over. Traffic to 127.0.0.1 only. */
export async function load({ port, connections, milliseconds, next }: { port: number; connections: number; milliseconds: number; next: NextRequest }): Promise<Load> {
  const until = performance.now() + milliseconds;
  const started = performance.now();
  const workers = await Promise.all(Array.from({ length: connections }, () => runConnection(port, until, next)));
  const seconds = (performance.now() - started) / 1000;
  const latencies = workers.flatMap((worker) => worker.latencies).toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? 0) * 10) / 10;
  const failed = workers.flatMap((worker) => worker.errors);
  return { requests: latencies.length, seconds, perSecond: latencies.length / seconds, errors: failed.length, firstError: failed[0] ?? null, p50: at(0.5), p95: at(0.95), p99: at(0.99), bytes: workers.reduce((sum, worker) => sum + worker.bytes, 0) };
}

interface Done { readonly latencies: number[]; readonly errors: string[]; bytes: number }

/** One connection's share. Its answers are counted, not kept: what the load itself costs is taken from the server it measures. */
async function runConnection(port: number, until: number, next: NextRequest): Promise<Done> {
  const done: Done = { latencies: [], errors: [], bytes: 0 };
  while (performance.now() < until && done.errors.length <= 100) await keepAsking(await open(port), { until, next, done });
  return done;
}

/** Asks again and again on this connection, until the time is over or the connection ends. */
function keepAsking(socket: Socket, { until, next, done }: { until: number; next: NextRequest; done: Done }): Promise<void> {
  return new Promise((resolve) => {
    let began = 0;
    let head: Buffer | null = null;
    let received = 0;
    let expected = 0;
    const ask = () => {
      began = performance.now();
      if (began >= until) { socket.destroy(); return; }
      [head, received, expected] = [null, 0, 0];
      socket.write(next());
    };
    socket.on('data', (part: Buffer) => {
      received += part.length;
      if (expected === 0) {
        head = head === null ? part : Buffer.concat([head, part]);
        expected = lengthOf(head);
      }
      if (expected === 0 || received < expected || head === null) return;
      done.bytes += received;
      // `HTTP/1.1 2…`: the status begins at the tenth byte.
      if (head[9] === 0x32) done.latencies.push(performance.now() - began);
      else done.errors.push(`HTTP ${head.toString('latin1', 9, 300)}`);
      ask();
    });
    socket.on('error', (error) => { done.errors.push(String(error)); });
    socket.once('close', () => {
      if (performance.now() < until) done.errors.push('the connection ended before the answer did');
      resolve();
    });
    ask();
  });
}

/** Bytes of the whole answer, once its head is there; until then 0. The API says the length of everything that is measured. @throws Error when it does not */
function lengthOf(head: Buffer): number {
  const end = head.indexOf(END_OF_HEAD);
  if (end < 0) return 0;
  const length = /content-length: *(\d+)/i.exec(head.toString('latin1', 0, end))?.[1];
  if (length === undefined) throw new Error('an answer without a length cannot be counted');
  return end + END_OF_HEAD.length + Number(length);
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => { socket.off('error', reject); resolve(socket); });
    socket.once('error', reject);
  });
}

/** 一问一答: sends a request and reads exactly one answer, by its Content-Length or its chunks. @throws Error when the connection ends first */
export function exchange(socket: Socket, request: Buffer): Promise<{ status: number; head: string; bytes: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const finish = (settle: () => void) => { socket.off('data', take); socket.off('close', ended); socket.off('error', ended); settle(); };
    const ended = (error?: unknown) => finish(() => reject(error instanceof Error ? error : new Error('the connection ended before the answer did')));
    const take = (part: Buffer) => {
      received = received.length === 0 ? part : Buffer.concat([received, part]);
      const answer = whole(received);
      if (answer) finish(() => resolve(answer));
    };
    socket.on('data', take);
    socket.once('close', ended);
    socket.once('error', ended);
    socket.write(request);
  });
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');

function whole(received: Buffer): { status: number; head: string; bytes: number; body: Buffer } | null {
  const end = received.indexOf(END_OF_HEAD);
  if (end < 0) return null;
  const head = received.toString('latin1', 0, end);
  const body = received.subarray(end + 4);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  const isChunked = length === undefined && /^transfer-encoding: *chunked/im.test(head);
  if (length !== undefined && body.length < Number(length)) return null;
  if (isChunked && !endsChunks(body)) return null;
  return { status: Number(head.slice(9, 12)), head, bytes: received.length, body: isChunked ? dechunk(body) : body };
}

const endsChunks = (body: Buffer) => body.subarray(-5).equals(Buffer.from('0\r\n\r\n'));

function dechunk(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const line = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, line), 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(line + 2, line + 2 + size));
    at = line + 4 + size;
  }
  return Buffer.concat(parts);
}
