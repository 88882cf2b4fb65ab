import { linkSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StartRefused } from './embedded-refusal.ts';

const LOCK_PATIENCE_MS = 60_000;

/** When a process began, so that a reused process number is not taken for the old process; '' where the system does not say. */
function birthOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** 进程是否仍在:does the process `pid` exist (whoever it belongs to) and is it more than a zombie? */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  try {
    return !/\) Z /u.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

const mark = (pid: number): string => `${String(pid)} ${birthOf(pid)}`;

function isHeld(text: string): boolean {
  const pid = Number(text.split(' ')[0]);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && mark(pid) === text;
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}

/**
 * 独占一步:runs `step` while no other process of ours starts or stops the database of this folder.
 * A lock left by a dead process is taken over. @throws StartRefused when a living one keeps it for a minute
 */
export async function alone<T>(folder: string, step: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'postgres.lock');
  const until = Date.now() + LOCK_PATIENCE_MS;
  for (;;) {
    try {
      writeFileSync(lock, mark(process.pid), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    // An empty file is a lock being written this very moment.
    const holder = readOr(lock, '');
    if (holder !== '' && !isHeld(holder)) breakLock(lock);
    else if (Date.now() > until) throw new StartRefused(`另一个进程正在启动或停止「${folder}」中的数据库，一分钟内没有结束；请先结束它，或确认没有后删除 ${lock}。`);
    else await wait(20);
  }
  try {
    return await step();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Moves a dead process's lock away; if a living one took it over in between, it gets its lock back. */
function breakLock(lock: string): void {
  const aside = `${lock}.${String(process.pid)}`;
  try {
    renameSync(lock, aside);
    if (isHeld(readOr(aside, ''))) linkSync(aside, lock);
  } catch {
    // Gone already, or taken again: the next round of waiting sees which.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** 登记使用者:notes that this process uses the database; the number lets one process open it twice. Returns how to leave. */
export function hold(folder: string): { leave(): void; others(): boolean } {
  const holders = join(folder, 'postgres.users');
  mkdirSync(holders, { recursive: true, mode: 0o700 });
  serial += 1;
  const own = `${String(process.pid)}-${String(serial)}`;
  writeFileSync(join(holders, own), mark(process.pid), { mode: 0o600 });
  return {
    leave: () => { rmSync(join(holders, own), { force: true }); },
    others: () => readdirSync(holders).some((name) => {
      if (name === own) return false;
      if (isHeld(readOr(join(holders, name), ''))) return true;
      rmSync(join(holders, name), { force: true });
      return false;
    }),
  };
}

let serial = 0;
