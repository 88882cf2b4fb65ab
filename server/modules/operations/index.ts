import * as backup from '#contract/operations/backup.ts';
import { defineModule, serve } from '#platform/module.ts';
import { tendBackups } from './run-backups.ts';
import { getBackupStatus, requestBackup } from './use-cases.ts';

/** 运行保障: backups of the whole deployment, made at night and on request. */
export const operations = defineModule({
  name: 'operations',
  routes: [serve(backup.getBackupStatus, getBackupStatus), serve(backup.postBackup, requestBackup)],
  schedules: [{ name: 'backups', cron: '* * * * *', run: tendBackups }],
});

export { backupHealth } from './health.ts';
export { recordCommandBackup } from './run-backups.ts';
