import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import type { Kit } from '../kit.ts';
import { measureProcess } from './measure-process.ts';
import { measureRequests } from './measure-requests.ts';
import { measureWork } from './measure-work.ts';

/** 运行指标 of one process, in Prometheus' text. Names of routes, never addresses; numbers, never anybody's data. */
export interface Metrics {
  /** Counts and times this server's requests from now on. */
  watch(app: FastifyInstance): void;
  /** As they are now; asks the database once. */
  text(): Promise<string>;
  readonly contentType: string;
  stop(): void;
}

/** 建立运行指标, in a registry of their own. */
export function makeMetrics(kit: Kit): Metrics {
  const registry = new Registry();
  const refreshWork = measureWork(registry, kit);
  const stop = measureProcess(registry, kit);
  return {
    watch: measureRequests(registry),
    text: async () => { await refreshWork(); return registry.metrics(); },
    contentType: registry.contentType, stop,
  };
}
