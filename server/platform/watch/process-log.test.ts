import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stoppedClock } from '../testing/kit-on.ts';
import { logFilesIn, openLog } from './process-log.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'shanzhi-log-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

test('a file a day by the clock here, read by nobody else; those older than the days set go, other files stay', async () => {
  const logs = join(folder, 'logs');
  const clock = stoppedClock('2026-11-23T15:59:59.000Z');
  const screen: string[] = [];
  const log = openLog({ folder: logs, days: 200, clock, screen: (line) => { screen.push(line); } });
  log.tell('info', 'before midnight', { statement: 's1' });
  for (const name of ['shanzhi-2026-05-07.log', 'shanzhi-2026-05-08.log', 'notes.txt', 'shanzhi-2026-05-07.log.bak']) writeFileSync(join(logs, name), 'x');
  clock.set('2026-11-23T16:00:00.000Z');
  log.tell('error', 'after midnight');
  await log.close();
  expect(readdirSync(logs).toSorted()).toEqual(['notes.txt', 'shanzhi-2026-05-07.log.bak', 'shanzhi-2026-05-08.log', 'shanzhi-2026-11-23.log', 'shanzhi-2026-11-24.log']);
  expect(logFilesIn(logs).map(({ day }) => day)).toEqual(['2026-11-24', '2026-11-23', '2026-05-08']);
  expect(JSON.parse(readFileSync(join(logs, 'shanzhi-2026-11-23.log'), 'utf8'))).toEqual({ level: 30, time: '2026-11-23T15:59:59.000Z', statement: 's1', msg: 'before midnight' });
  expect(statSync(join(logs, 'shanzhi-2026-11-24.log')).mode & 0o077).toBe(0);
  expect(screen.join('')).toContain('after midnight');
  expect(screen.join('')).not.toContain('before midnight');
});

test('without a folder every line goes to the screen; a folder that takes none is said once, and lines go to the screen', async () => {
  const clock = stoppedClock();
  const lines: string[] = [];
  const plain = openLog({ folder: null, days: 200, clock, screen: (line) => { lines.push(line); } });
  plain.tell('info', 'one');
  await plain.close();
  writeFileSync(join(folder, 'file'), '');
  const blocked = openLog({ folder: join(folder, 'file', 'logs'), days: 200, clock, screen: (line) => { lines.push(line); } });
  blocked.tell('info', 'two');
  blocked.tell('info', 'three');
  await blocked.close();
  expect(lines.map((line) => Reflect.get(JSON.parse(line), 'msg'))).toEqual(['one', '日志写不进文件，改为输出到屏幕', 'two', 'three']);
});
