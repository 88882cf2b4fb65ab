import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Gauge, type Registry } from 'prom-client';
import type { Kit } from '../kit.ts';

const NANOSECONDS = 1e9;
const RESOLUTION_MS = 20;

/** 进程指标: memory, processor, how late the event loop is since the last look, the pool of connections, slow statements. @returns how to stop measuring */
export function measureProcess(registry: Registry, kit: Kit): () => void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const gauge = <const L extends string>(name: string, help: string, labelNames: readonly L[], collect: (gauge: Gauge<L>) => void) =>
    new Gauge<L>({ name: `shanzhi_${name}`, help, labelNames: [...labelNames], registers: [registry], collect() { collect(this); } });
  gauge('event_loop_delay_seconds', 'How late timers ran since the last scrape.', ['quantile'], (of) => {
    of.set({ quantile: '0.5' }, delay.percentile(50) / NANOSECONDS);
    of.set({ quantile: '0.99' }, delay.percentile(99) / NANOSECONDS);
    of.set({ quantile: '1' }, delay.max / NANOSECONDS);
    delay.reset();
  });
  gauge('memory_bytes', 'Memory of the process.', ['kind'], (of) => {
    const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
    for (const [kind, bytes] of Object.entries({ rss, heapUsed, heapTotal, external })) of.set({ kind }, bytes);
  });
  gauge('processor_seconds', 'Processor time used by the process so far.', ['kind'], (of) => {
    const { user, system } = process.cpuUsage();
    of.set({ kind: 'user' }, user / 1e6);
    of.set({ kind: 'system' }, system / 1e6);
  });
  gauge('uptime_seconds', 'Seconds since the process began.', [], (of) => { of.set(Math.round(process.uptime())); });
  gauge('database_connections', 'Connections for requests: open, idle, and requests waiting for one.', ['state'], (of) => {
    for (const [state, connections] of Object.entries(kit.database.load())) of.set({ state }, connections);
  });
  gauge('slow_statements', 'Statements slower than the limit, since the process began.', [], (of) => { of.set(kit.slow.noted()); });
  return () => { delay.disable(); };
}
