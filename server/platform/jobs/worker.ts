import { Logger, parseCronItems, run, type Runner, type TaskList } from 'graphile-worker';
import { Pool } from 'pg';
import { deliverEvent } from '../events/deliver.ts';
import type { Kit } from '../kit.ts';
import { systemContext } from '../make-context.ts';
import type { Schedule } from '../module.ts';
import { recoverWork } from './recover.ts';
import { runJob } from './run-job.ts';
import { sweepFiles } from './sweep.ts';

export interface Worker { stop(): Promise<void> }
type Log = (level: 'info' | 'warn' | 'error', message: string) => void;

const text = (payload: unknown, key: string): string => {
  const value = typeof payload === 'object' && payload !== null ? Reflect.get(payload, key) : undefined;
  if (typeof value !== 'string') throw new Error(`queue payload lacks ${key}`);
  return value;
};

/** 启动后台作业: delivers events, runs jobs and the modules' schedules under the jobs role's connection. */
export async function startWorker(kit: Kit, { jobsUrl, log, concurrency = 2 }: { jobsUrl: string; log: Log; concurrency?: number }): Promise<Worker> {
  const schedules: Schedule[] = [
    { name: 'platform.recover', cron: '* * * * *', run: async () => { await recoverWork(kit); } },
    { name: 'platform.sweep', cron: '40 18 * * *', run: async () => { await sweepFiles(kit); } },
    ...kit.modules.flatMap((module) => module.schedules),
  ];
  await recoverWork(kit);
  const tasks: TaskList = {
    'event.deliver': (payload) => deliverEvent(kit, text(payload, 'eventId'), text(payload, 'subscriber')),
    'job.run': (payload) => runJob(kit, text(payload, 'jobId')),
    ...Object.fromEntries(schedules.map((schedule) => [`schedule.${schedule.name}`, () => schedule.run(systemContext(kit))])),
  };
  // Our own pool, so that it is ours to close before the database stops; a connection cut while idle is replaced, not fatal.
  const pool = new Pool({ connectionString: jobsUrl, max: concurrency + 2 });
  pool.on('error', (error) => log('warn', `worker connection: ${error.message}`));
  pool.on('connect', (client) => { client.on('error', () => undefined); });
  const runner: Runner = await run({
    pgPool: pool, concurrency, noHandleSignals: true, pollInterval: 2000, taskList: tasks,
    parsedCronItems: parseCronItems(schedules.map(({ name, cron }) => ({ task: `schedule.${name}`, match: cron, options: { jobKey: `schedule:${name}` } }))),
    logger: new Logger(() => (level, message) => { if (level === 'error' || level === 'warning') log(level === 'error' ? 'error' : 'warn', message); }),
  });
  return { stop: async () => { await runner.stop(); await pool.end(); } };
}
