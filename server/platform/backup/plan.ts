import type { BackupConfig } from './config.ts';

/** 备份安排 of a running process: the configuration, the database as its owner, and what the deployment's secret derives. */
export interface BackupPlan extends BackupConfig {
  readonly ownerUrl: string;
  readonly fingerprint: string;
}
