import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectTls, type ClientHttp2Session, type OutgoingHttpHeaders } from 'node:http2';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { modules } from './modules.ts';
import { makeWorld, WORLD_PASSWORD } from './testing/world.ts';

const find = (...paths: string[]) => paths.find((path) => existsSync(path));
const nginx = find('/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx');
const openssl = find('/usr/bin/openssl', '/usr/local/bin/openssl', '/opt/homebrew/bin/openssl');
const isHere = nginx !== undefined && openssl !== undefined;
const EXAMPLE = join(import.meta.dirname, '../../deploy/nginx.conf');

let folder: string;
let kit: TestKit;
let app: FastifyInstance;
let proxy: ChildProcess;
let ports: { plain: number; tls: number };
let session: ClientHttp2Session;

/** A port nobody listens on. */
const freePort = () => new Promise<number>((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => { const at = server.address(); server.close(() => resolve(typeof at === 'object' && at !== null ? at.port : 0)); });
});
const answers = (port: number) => new Promise<boolean>((resolve) => { const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); }).once('error', () => resolve(false)); });

/** The example as it is shipped, on ports, a certificate and an upstream of this test. */
function configured(upstream: number): string {
  const replaced = readFileSync(EXAMPLE, 'utf8').replace('127.0.0.1:8080', `127.0.0.1:${upstream}`).replace('listen 80;', `listen 127.0.0.1:${ports.plain};`).replace('listen 443 ssl http2;', `listen 127.0.0.1:${ports.tls} ssl http2;`)
    .replaceAll('/etc/nginx/tls/', `${folder}/`).replaceAll('wuye.example.gov.cn', 'localhost');
  writeFileSync(join(folder, 'site.conf'), replaced);
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => { mkdirSync(join(folder, name)); return `${name}_temp_path ${folder}/${name};`; });
  return `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { access_log off; ${places.join(' ')} include ${folder}/site.conf; }`;
}

beforeAll(async () => {
  if (!isHere) return;
  folder = mkdtempSync(join(tmpdir(), 'shanzhi-nginx-'));
  ports = { plain: await freePort(), tls: await freePort() };
  execFileSync(openssl, ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-keyout', join(folder, 'shanzhi.key'), '-out', join(folder, 'shanzhi.pem')], { stdio: 'ignore' });
  kit = await testKit(modules, { size: 3 });
  await makeWorld(kit.kit);
  app = await buildServer({ ...kit.kit, origin: `https://localhost:${ports.tls}` }, { logLevel: 'silent', trustProxy: ['loopback'] });
  const upstream = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
  writeFileSync(join(folder, 'nginx.conf'), configured(upstream));
  proxy = spawn(nginx, ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  while (!(await answers(ports.tls))) if (proxy.exitCode !== null) throw new Error(readFileSync(join(folder, 'error.log'), 'utf8'));
  session = connectTls(`https://localhost:${ports.tls}`, { rejectUnauthorized: false });
});
afterAll(async () => {
  if (!isHere) return;
  session.destroy();
  const ended = new Promise((resolve) => { proxy.once('exit', resolve); });
  proxy.kill('SIGTERM');
  await ended;
  app.server.closeAllConnections();
  await app.close();
  await kit.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** One request over HTTP/2. */
function open(path: string, { headers = {}, body }: { headers?: OutgoingHttpHeaders; body?: string } = {}) {
  const stream = session.request({ ':path': path, ':method': body === undefined ? 'GET' : 'POST', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers });
  const answered = new Promise<Record<string, unknown>>((resolve, reject) => { stream.once('response', resolve).once('error', reject); });
  if (body === undefined) stream.end();
  else stream.end(body);
  return { stream, answered };
}
async function ask(path: string, how: Parameters<typeof open>[1] = {}) {
  const { stream, answered } = open(path, how);
  const headers = await answered;
  return { status: headers[':status'], headers, body: await text(stream) };
}

describe(isHere ? 'deploy/nginx.conf in a real nginx' : 'deploy/nginx.conf is not tried here: this machine has no nginx, or no openssl', () => {
  const real = (name: string, work: () => Promise<void>, ms = 60_000) => test(name, async () => { if (isHere) await work(); }, ms);

  real('is accepted as it is written, and a misspelt line is not', async () => {
    const check = (config: string) => { const file = join(folder, 'check.conf'); writeFileSync(file, config); return spawnSync(nginx ?? '', ['-t', '-p', folder, '-c', file], { encoding: 'utf8' }); };
    const config = readFileSync(join(folder, 'nginx.conf'), 'utf8');
    expect(check(config)).toMatchObject({ status: 0, stderr: expect.stringContaining('test is successful') });
    expect(check(config.replace('access_log off', 'acces_log off')).status).toBe(1);
  });

  real('http is sent on to https, and https speaks HTTP/2 with the product’s own headers', async () => {
    const plain = await fetch(`http://127.0.0.1:${ports.plain}/estates?x=1`, { redirect: 'manual' });
    expect([plain.status, plain.headers.get('location')]).toEqual([301, 'https://127.0.0.1/estates?x=1']);
    const answer = await ask('/healthz');
    expect([answer.status, session.alpnProtocol]).toEqual([200, 'h2']);
    expect(answer.headers).toMatchObject({ 'strict-transport-security': expect.stringContaining('max-age='), 'x-content-type-options': 'nosniff', server: 'nginx' });
    expect((await ask('/metrics')).status).toBe(404);
  });

  real('an address that a visitor writes himself is dropped: the one nginx saw is on the record', async () => {
    await ask('/api/sessions', { headers: { 'x-forwarded-for': '198.51.100.1', 'x-real-ip': '198.51.100.1' }, body: JSON.stringify({ login: 'nobody-here', password: 'wrong wrong wrong' }) });
    const keys = await kit.kit.database.read(everything, (db) => db.selectFrom('platform.signInGuard').select('key').where('key', 'like', 'address:%').execute());
    expect(keys).toEqual([{ key: 'address:127.0.0.1' }]);
  });

  real('a sign-in and an upload of eight megabytes pass, and the stream of the badge comes at once, not when a buffer is full', async () => {
    const origin = `https://localhost:${ports.tls}`;
    const signedIn = await ask('/api/sessions', { headers: { origin, 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ login: 'clerk', password: WORLD_PASSWORD }) });
    expect(signedIn.status).toBe(200);
    const cookies = signedIn.headers['set-cookie'];
    const cookie = Array.isArray(cookies) ? String(cookies[0]).split(';')[0] ?? '' : '';
    expect(String(cookies)).toMatch(/Secure/);
    const { csrfToken } = JSON.parse((await ask('/api/me', { headers: { cookie } })).body) as { csrfToken: string };
    const form = `--part\r\ncontent-disposition: form-data; name="file"; filename="a.xlsx"\r\ncontent-type: text/plain\r\n\r\n${'x'.repeat(8 * 1_048_576)}\r\n--part--\r\n`;
    const uploaded = await ask('/api/ledger-batches', { headers: { cookie, origin, 'x-shanzhi-csrf': csrfToken, 'idempotency-key': 'nginx-upload-1', 'content-type': 'multipart/form-data; boundary=part' }, body: form });
    // Refused by the product, which read it whole, and not by nginx for its size.
    expect([uploaded.headers['content-type'], uploaded.status]).toEqual(['application/problem+json; charset=utf-8', 400]);
    const { stream, answered } = open('/api/notices/stream', { headers: { cookie } });
    expect((await answered)['content-type']).toContain('text/event-stream');
    let received = '';
    for await (const piece of stream) if (/^data: .*\n\n/m.test(received += String(piece))) break;
    expect(received).toMatch(/event: count\ndata: \{"unread":0\}/);
  });

  real('what is too large is refused in the product’s words, a text of three megabytes as well as a file of fifty-five, and the next request goes through', async () => {
    const json = JSON.stringify({ login: 'clerk', password: 'x'.repeat(3 * 1_048_576) });
    for (let time = 0; time < 5; time += 1) {
      const refused = await ask('/api/sessions', { body: json });
      expect([refused.status, refused.headers['content-type']]).toEqual([413, 'application/problem+json; charset=utf-8']);
      expect(JSON.parse(refused.body)).toMatchObject({ code: 'input.too-large' });
    }
    const origin = `https://localhost:${ports.tls}`;
    const { headers } = await ask('/api/sessions', { headers: { origin, 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ login: 'clerk', password: WORLD_PASSWORD }) });
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    const { csrfToken } = JSON.parse((await ask('/api/me', { headers: { cookie } })).body) as { csrfToken: string };
    const form = `--part\r\ncontent-disposition: form-data; name="kind"\r\n\r\ncompanies\r\n--part\r\ncontent-disposition: form-data; name="files"; filename="a.xlsx"\r\ncontent-type: text/plain\r\n\r\n${'x'.repeat(55 * 1_048_576)}\r\n--part--\r\n`;
    const uploaded = await ask('/api/ledger-batches', { headers: { cookie, origin, 'x-shanzhi-csrf': csrfToken, 'idempotency-key': 'nginx-upload-2', 'content-type': 'multipart/form-data; boundary=part' }, body: form });
    expect([uploaded.status, uploaded.headers['content-type']]).toEqual([413, 'application/problem+json; charset=utf-8']);
    expect((await ask('/healthz')).status).toBe(200);
    // Nobody signed in: refused before a byte of the file is read.
    const stranger = await ask('/api/ledger-batches', { headers: { origin, 'idempotency-key': 'nginx-upload-3', 'content-type': 'multipart/form-data; boundary=part' }, body: form });
    expect([stranger.status, stranger.headers['content-type']]).toEqual([401, 'application/problem+json; charset=utf-8']);
    expect((await ask('/healthz')).status).toBe(200);
  });
});
