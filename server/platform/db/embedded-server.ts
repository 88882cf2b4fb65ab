import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { commandFor } from './embedded-account.ts';
import { isAlive } from './embedded-holders.ts';
import type { Place } from './embedded-place.ts';
import { StartRefused } from './embedded-refusal.ts';

/** How long a postmaster may take to come up; recovery after a crash of a large import is the longest case. */
const START_PATIENCE_MS = 120_000;
/** A killed postmaster may linger this long before its folder is free. */
const LINGER_MS = 5_000;

/** A running postmaster, as its own pid file describes it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: 'C.UTF-8', ...(process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot }) });

/** Builtin C.UTF-8: the same order and the same letters on every machine, and pg_trgm can cut Chinese. PostgreSQL 17 and later. */
const BUILTIN_LOCALE = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-collate=C', '--lc-ctype=C.UTF-8', '--lc-messages=C'];

/** 建库:makes the data folder in one step — a half-made one is never taken for a whole one. @throws Error with initdb's words */
export async function initialise({ folder, pgdata, native, account }: Place, password: string, locale: readonly string[] = BUILTIN_LOCALE): Promise<void> {
  removeDrafts(pgdata);
  // A name of its own: an initdb whose parent was killed may still be writing into an older draft.
  const draft = `${pgdata}.new-${randomBytes(4).toString('hex')}`;
  const pwfile = `${draft}-password`;
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(pwfile, password, { mode: 0o600 });
  if (account.uid !== undefined) for (const path of [draft, pwfile]) chownSync(path, account.uid, account.uid);
  try {
    await run(folder, commandFor(account, join(native, 'bin', 'initdb'), [
      '-D', draft, '-U', 'postgres', `--pwfile=${pwfile}`, '-A', 'scram-sha-256', '-E', 'UTF8', ...locale,
    ]));
  } finally {
    rmSync(pwfile, { force: true });
  }
  renameSync(draft, pgdata);
}

/** What first starts that were cut short left beside `pgdata`. */
function removeDrafts(pgdata: string): void {
  for (const name of readdirSync(dirname(pgdata)).filter((entry) => entry.startsWith(`${basename(pgdata)}.new-`))) {
    rmSync(join(dirname(pgdata), name), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

function run(cwd: string, { command, args, ...ids }: ReturnType<typeof commandFor>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...ids, cwd: ids.uid === undefined ? cwd : '/', env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (part: Buffer) => { said += part.toString(); });
    child.stderr.on('data', (part: Buffer) => { said += part.toString(); });
    child.once('error', reject);
    child.once('close', (code) => { if (code === 0) resolve(); else reject(new Error(said)); });
  });
}

/** 查找运行中的数据库:the living postmaster of `pgdata`, or undefined; a stale pid file whose number another program got is removed. */
export function findPostmaster(pgdata: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(pgdata, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  if (!isPostgres(pid)) {
    rmSync(join(pgdata, 'postmaster.pid'), { force: true });
    return undefined;
  }
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready' };
}

/** Where /proc tells: is this process a postgres? Elsewhere PostgreSQL's own check has to do. */
function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${String(pid)}/comm`, 'utf8').trim() === 'postgres';
  } catch {
    return true;
  }
}

/** 启动:starts a postmaster of its own session (Ctrl-C in our terminal is not for it) and waits until it accepts connections. */
export async function launch(place: Place, settings: Readonly<Record<string, string>>): Promise<Postmaster> {
  const logFile = join(place.folder, 'postgres.log');
  const lingerUntil = Date.now() + LINGER_MS;
  for (;;) {
    const log = openSync(logFile, 'w', 0o600);
    const died = await attempt(place, settings, log).finally(() => { closeSync(log); });
    if (typeof died !== 'number') return died;
    const said = readFileSync(logFile, 'utf8');
    if (!/lock file "postmaster\.pid" already exists|could not bind|pre-existing shared memory block/u.test(said) || Date.now() > lingerUntil) throw new Error(said);
    await wait(100);
  }
}

/** One try: the ready postmaster, or the exit code of one that gave up. */
async function attempt(place: Place, settings: Readonly<Record<string, string>>, log: number): Promise<Postmaster | number> {
  const port = await freePort();
  // A restore drops and makes every table in one transaction and holds a lock for each of their parts.
  const options = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '', timezone: 'UTC', log_timezone: 'Asia/Shanghai', max_connections: '60', max_locks_per_transaction: '256', jit: 'off', ...settings };
  const { command, args, ...ids } = commandFor(place.account, join(place.native, 'bin', 'postgres'), ['-D', place.pgdata, ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])]);
  const child = spawn(command, args, { ...ids, cwd: '/', env: environment(), detached: true, stdio: ['ignore', log, log] });
  let exit: number | undefined;
  let failure: Error | undefined;
  child.once('error', (error) => { failure = error; });
  child.once('exit', (code) => { exit = code ?? -1; });
  child.unref();
  for (const until = Date.now() + START_PATIENCE_MS; Date.now() < until; await wait(8)) {
    if (failure !== undefined) throw failure;
    if (exit !== undefined) return exit;
    const found = findPostmaster(place.pgdata);
    if (found?.pid === child.pid && found?.ready === true) return found;
  }
  child.kill('SIGINT');
  throw new StartRefused('内置数据库两分钟内没有准备好，已停止；请查看数据文件夹中的 postgres.log。');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => { resolve(typeof address === 'object' && address !== null ? address.port : 0); });
    });
  });
}

/** 停止:fast shutdown — sessions are closed, everything is written — and waits until the process is gone. */
export async function halt({ pid }: Postmaster): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await wait(10);
}
