import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Config } from '#platform/config.ts';
import { StartRefused } from '#platform/db/embedded.ts';
import { buildServer } from '#platform/http/serve.ts';
import { startWorker, type Worker } from '#platform/jobs/worker.ts';
import { systemClock } from '#platform/clock.ts';
import { makeMetrics } from '#platform/watch/metrics.ts';
import { openLog, type ProcessLog } from '#platform/watch/process-log.ts';
import { listenMetrics } from '#platform/watch/serve-metrics.ts';
import { prepare } from './prepare.ts';
import { boot, type Running } from './boot.ts';

const WEB = fileURLToPath(new URL('../../dist/web', import.meta.url));
const say = (line: string) => console.log(line);

/** 启动服务: database, migrations, first data, jobs and HTTP; stops in the reverse order on Ctrl-C or SIGTERM. @throws StartRefused */
export async function serveUntilStopped(config: Config): Promise<void> {
  const stopped = stopAsked();
  const { operations } = config;
  const log = logOf(config);
  const running = await boot(config, { log: say, onSlow: ({ text, ...facts }) => log.tell('warn', 'slow statement', { ...facts, sql: text }) });
  const metrics = makeMetrics(running.kit);
  const closing: (() => Promise<void>)[] = [() => running.stop(), async () => metrics.stop()];
  try {
    const words = await prepare(running, say);
    const app = await buildServer(running.kit, {
      ...(existsSync(WEB) ? { webFolder: WEB } : {}), logLevel: 'info', log, trustProxy: operations.trustProxy, limits: operations.limits, robots: operations.robots,
      metrics: { of: metrics, token: operations.metricsToken },
    });
    const worker = await workerOf(running, log);
    closing.push(() => worker.stop());
    await app.listen({ host: config.host, port: config.port }).catch((error: NodeJS.ErrnoException) => { throw portRefused(error, config); });
    closing.push(() => app.close());
    const { metricsPort: port, metricsToken: token } = operations;
    if (port !== null) {
      const listener = await listenMetrics(metrics, { port, token }).catch((error: NodeJS.ErrnoException) => { throw portRefused(error, { host: '127.0.0.1', port, variable: 'SHANZHI_METRICS_PORT' }); });
      closing.push(() => listener.close());
    }
    log.tell('info', 'started', { pid: process.pid });
    say(`\n善治已启动：${config.origin}\n${words}\n按 Ctrl-C 停止。`);
    await stopped;
    say('正在停止……');
  } finally {
    for (const close of closing.toReversed()) await close();
    log.tell('info', 'stopped', { pid: process.pid });
    await log.close();
  }
  say('已停止。');
}

/** 只运行后台作业. */
export async function workUntilStopped(config: Config): Promise<void> {
  const stopped = stopAsked();
  const log = logOf(config);
  const running = await boot(config, { log: say, onSlow: ({ text, ...facts }) => log.tell('warn', 'slow statement', { ...facts, sql: text }) });
  const worker = await workerOf(running, log);
  say('后台作业已启动。按 Ctrl-C 停止。');
  await stopped;
  await worker.stop();
  await running.stop();
  await log.close();
}

const logOf = ({ operations: { logFolder, logDays } }: Config) => openLog({ folder: logFolder, days: logDays, clock: systemClock });

const workerOf = (running: Running, log: ProcessLog): Promise<Worker> => startWorker(running.kit, { jobsUrl: running.jobsUrl, log: (level, message) => log.tell(level, message, { at: 'worker' }) });

/** Resolves at the first Ctrl-C or SIGTERM; asked for before anything starts, so that an early one is not lost. */
const stopAsked = () => new Promise<void>((resolve) => { for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve()); });

function portRefused(error: NodeJS.ErrnoException, { host, port, variable = 'PORT' }: { host: string; port: number; variable?: string }): Error {
  if (error.code === 'EADDRINUSE') return new StartRefused(`端口 ${port} 已被占用：可能善治已在运行，或被别的程序使用；请停止它，或换一个端口，例如 ${variable}=${port + 1} npm start。`);
  if (error.code === 'EACCES') return new StartRefused(`没有权限使用端口 ${port}（1024 以下的端口需要管理员），请换一个，例如 PORT=8080。`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') return new StartRefused(`本机没有地址 ${host}，请检查 HOST。`);
  return error;
}
