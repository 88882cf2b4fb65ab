import { createWriteStream, readdirSync, rmSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { addDays, todayIn } from '#domain/kernel/local-date.ts';
import type { Clock } from '../clock.ts';
import { makeFolder } from '../folder.ts';

/** 运行日志 of a process: one JSON object a line. */
export interface ProcessLog {
  /** A line as pino makes it. */
  write(line: string): void;
  /** A line of our own. `facts` hold names and numbers of ours, never anybody's data. */
  tell(level: 'info' | 'warn' | 'error', message: string, facts?: Readonly<Record<string, unknown>>): void;
  close(): Promise<void>;
}

const LEVELS = { info: 30, warn: 40, error: 50 } as const;
const NAME = /^shanzhi-(\d{4}-\d\d-\d\d)\.log$/;
/** Lines below a warning are not worth an operator's screen. */
const QUIET = /^\{"level":(?:10|20|30)\b/;

/**
 * 打开运行日志: a file a day in `folder`, kept `days` days (the law: six months at least), warnings also on the screen; without a folder everything goes to
 * the standard output. A disk that takes no more lines does not stop the service: it is said once, and lines go to the screen.
 */
export function openLog({ folder, days, clock, screen = (line) => { process.stdout.write(line); } }: { folder: string | null; days: number; clock: Clock; screen?: (line: string) => void }): ProcessLog {
  let [file, day]: [WriteStream | null, LocalDate | null] = [null, null];
  let isBroken = folder === null;
  const fail = (error: unknown) => {
    if (!isBroken) screen(`${JSON.stringify({ level: LEVELS.error, time: clock.now(), msg: '日志写不进文件，改为输出到屏幕', folder, code: error instanceof Error && 'code' in error ? error.code : null })}\n`);
    isBroken = true;
  };
  const open = (today: LocalDate): void => {
    file?.end();
    [file, day] = [null, today];
    try {
      makeFolder(folder ?? '');
      prune(folder ?? '', addDays(today, -days));
      file = createWriteStream(logFileOf(folder ?? '', today), { flags: 'a', mode: 0o600 }).on('error', fail);
    } catch (error) {
      fail(error);
    }
  };
  const write = (line: string): void => {
    if (!isBroken) {
      const today = todayIn(clock.now());
      if (today !== day) open(today);
    }
    if (isBroken || !QUIET.test(line)) screen(line);
    if (!isBroken) file?.write(line);
  };
  return {
    write,
    tell: (level, message, facts = {}) => { write(`${JSON.stringify({ level: LEVELS[level], time: clock.now(), ...facts, msg: message })}\n`); },
    close: () => new Promise((resolve) => { if (file === null || isBroken) resolve(); else file.end(() => resolve()); }),
  };
}

/** 某日的日志文件. */
export const logFileOf = (folder: string, day: LocalDate): string => join(folder, `shanzhi-${day}.log`);

/** 日志文件, newest first. A folder that is not there has none. */
export function logFilesIn(folder: string): { readonly path: string; readonly day: string }[] {
  try {
    return readdirSync(folder).flatMap((name) => { const day = NAME.exec(name)?.[1]; return day === undefined ? [] : [{ path: join(folder, name), day }]; }).toSorted((a, b) => (a.day < b.day ? 1 : -1));
  } catch {
    return [];
  }
}

/** Only files of our own name go. */
function prune(folder: string, before: LocalDate): void {
  for (const { path, day } of logFilesIn(folder)) if (day < before) rmSync(path, { force: true });
}
