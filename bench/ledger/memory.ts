import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chooseNode, environment, MEMORY } from '../../tools/bootstrap/node.mjs';

/**
 * 导入占用的内存: `node bench/ledger/memory.ts [server|cli|both] [file …]`. Imports large lists through the API of a server that is started as `npm start` starts it, and through the
 * command line, each in a data folder of its own; prints the highest resident memory of that process with all its threads (VmHWM), after the start, the preview and the import. Linux only.
 */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COUNTY = '990100';
const FILES: readonly (readonly [string, number])[] = [['满表65536行.xls', 65_535], ['65536行.xlsx', 65_535], ['100000行.xlsx', 100_000], ['100000行.csv', 100_000], ['65000行.html', 65_000]];

const [which = 'both', ...wanted] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'shanzhi-memory-'));
const env = (data: string, more: Record<string, string> = {}) => ({ ...environment(ROOT), SHANZHI_DATA: data, ...more });

try {
  const empty = join(folder, 'empty');
  const estates = join(folder, '小区.xlsx');
  await run('estates', estates, '100000');
  await command(empty, ['seed']);
  await command(empty, ['ledger', 'import', 'estates', estates, '--county', COUNTY, '--township', '文澜街道']);
  for (const [name, units] of FILES) {
    if (wanted.length > 0 && !wanted.some((one) => name.includes(one))) continue;
    const file = join(folder, name);
    await run('list', file, String(units));
    if (which !== 'cli') await inCopy(empty, async (data) => { print('server', name, await throughServer(data, file)); });
    if (which !== 'server') await inCopy(empty, async (data) => { print('cli', name, await throughCommand(data, file)); });
    await rm(file);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

function print(how: string, file: string, found: Record<string, unknown>): void {
  console.log(JSON.stringify({ how, file, ...found }));
}

async function inCopy(of: string, work: (data: string) => Promise<void>): Promise<void> {
  const data = await mkdtemp(join(folder, 'data-'));
  // PostgreSQL minds whose files they are.
  await once(spawn('cp', ['-a', `${of}/.`, data]), 'exit');
  await work(data);
  await rm(data, { recursive: true, force: true });
}

/** In a process of its own: what writing leaves in memory is no part of what importing takes. */
async function run(what: string, path: string, units: string): Promise<void> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('large-files.ts', import.meta.url)), what, path, units], { stdio: 'inherit' });
  if ((await once(child, 'exit'))[0] !== 0) throw new Error(`${path} was not written`);
}

function start(data: string, args: readonly string[], more: Record<string, string> = {}): ChildProcess {
  return spawn(chooseNode(ROOT), [...MEMORY, join(ROOT, 'server', 'main', 'cli.ts'), ...args], { env: env(data, more), stdio: ['ignore', 'pipe', 'inherit'] });
}

async function command(data: string, args: readonly string[]): Promise<{ code: unknown; mb: number; seconds: number; answer: string }> {
  const began = performance.now();
  const child = start(data, args);
  let answer = '';
  child.stdout?.on('data', (chunk) => { answer += String(chunk); });
  const gone = once(child, 'close');
  let mb = 0;
  const watch = setInterval(() => { void highest(child).then((found) => { mb = Math.max(mb, found); }); }, 50);
  const [code] = await gone;
  clearInterval(watch);
  return { code, mb, seconds: Math.round((performance.now() - began) / 100) / 10, answer };
}

async function throughCommand(data: string, file: string): Promise<Record<string, unknown>> {
  const { code, mb, seconds, answer } = await command(data, ['ledger', 'import', 'units', file, '--county', COUNTY, '--purpose', '业主身份核对', '--document', '函', '--delete-on', '2028-12-31', '--json']);
  if (code !== 0) return { importMb: mb, seconds, code, answer };
  const { rows, new: added, refused } = JSON.parse(answer);
  return { importMb: mb, seconds, rows, new: added, refused };
}

/** In MB; nothing where the process has ended. */
async function highest(child: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid ?? 0}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024);
}

async function throughServer(data: string, file: string): Promise<Record<string, unknown>> {
  const port = await freePort();
  const child = start(data, ['serve'], { PORT: String(port), HOST: '127.0.0.1' });
  const gone = once(child, 'close');
  child.stdout?.resume();
  try {
    const api = await signIn(port);
    const startMb = await highest(child);
    const began = performance.now();
    const form = new FormData();
    for (const [key, value] of Object.entries({ kind: 'units', purpose: '业主身份核对', document: '函', deleteOn: '2028-12-31' })) form.set(key, value);
    form.append('files', new Blob([await readFile(file)]), basename(file));
    const { id } = await api('POST', '/ledger-batches', form);
    const preview = await settled(api, String(id), ['uploaded', 'reading']);
    const previewMb = await highest(child);
    const previewSeconds = Math.round((performance.now() - began) / 100) / 10;
    if (preview.status !== 'preview') return { startMb, previewMb, status: preview.status, failure: preview.failure };
    await api('POST', `/ledger-batches/${String(id)}/confirmation`, '{}');
    const { status, counts } = await settled(api, String(id), ['confirming']);
    return { startMb, previewMb, importMb: await highest(child), previewSeconds, seconds: Math.round((performance.now() - began) / 100) / 10, status, counts };
  } finally {
    child.kill('SIGTERM');
    await gone;
  }
}

type Api = (method: string, path: string, body?: FormData | string) => Promise<Record<string, unknown>>;

async function settled(api: Api, id: string, busy: readonly string[]): Promise<Record<string, unknown>> {
  for (;;) {
    const batch = await api('GET', `/ledger-batches/${id}`);
    if (!busy.includes(String(batch.status))) return batch;
    await later(500);
  }
}

/** Waits until the server answers. */
async function signIn(port: number): Promise<Api> {
  const url = `http://127.0.0.1:${port}`;
  for (let left = 240; ; left -= 1) {
    try {
      const answer = await fetch(`${url}/api/sessions`, { method: 'POST', headers: { 'content-type': 'application/json', origin: url }, body: JSON.stringify({ login: 'clerk', password: 'Anhe-2026-demo' }) });
      const { csrfToken } = await answer.json();
      const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      return async (method, path, body) => {
        const found = await fetch(`${url}/api${path}`, { method, headers: { cookie, origin: url, 'x-shanzhi-csrf': String(csrfToken), ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }), ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}) }, ...(body === undefined ? {} : { body }) });
        const json = await found.json();
        if (!found.ok) throw new Error(`${path}: ${found.status} ${JSON.stringify(json)}`);
        return json;
      };
    } catch (error) {
      if (left === 0) throw error;
      await later(250);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
