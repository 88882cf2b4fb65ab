import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Config } from '../config.ts';

/** 部署情况: what a running process knows of its own installation, fit to be shown: no secret is in it. */
export interface Deployment {
  readonly product: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Folder of the daily logs; null when they go to the standard output. */
  readonly logFolder: string | null;
}

/** 程序版本, of package.json. */
export function productVersion(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))).version;
}

/** 部署情况 of this configuration. Each setting is named here one by one: a new one is not shown until somebody has thought whether it may be. */
export function deploymentOf(config: Config): Deployment {
  const { operations, backup } = config;
  const given = (value: string | undefined) => (value === undefined ? '未设置' : '已设置（不列出）');
  return {
    product: productVersion(), logFolder: operations.logFolder,
    settings: {
      mode: config.mode, port: config.port, listensBeyondThisMachine: !['127.0.0.1', '::1', 'localhost'].includes(config.host), https: config.origin.startsWith('https:'), hash: config.hash, namedStatements: config.namedStatements,
      database: config.databaseUrl === undefined ? '内置' : '外部（地址不列出）', secret: given(config.secret), metricsToken: given(operations.metricsToken), metricsPort: operations.metricsPort,
      limits: operations.limits, proxiesTrusted: operations.trustProxy.length, slowMs: operations.slowMs, logsToFiles: operations.logFolder !== null, logDays: operations.logDays,
      backup: { hour: backup.hour, keep: backup.keep, key: given(backup.key ?? backup.keyFile), onDefaultFolder: backup.folder.startsWith(config.dataDir) },
    },
  };
}
