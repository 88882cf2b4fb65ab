import * as backup from '#contract/operations/backup.ts';
import * as watch from '#contract/operations/watch.ts';
import { defineModule, serve } from '#platform/module.ts';
import { exportSlowStatements, getStatementPlan, listSlowStatements } from './use-cases/slow-statements.ts';
import { getDiagnosis } from './use-cases/get-diagnosis.ts';
import { tendBackups } from './run-backups.ts';
import { getBackupStatus, requestBackup } from './use-cases/backups.ts';

/** 运行保障: backups of the whole deployment, made at night and on request; what is slow; how the system is, for who must find a fault. */
export const operations = defineModule({
  name: 'operations',
  routes: [
    serve(backup.getBackupStatus, getBackupStatus), serve(backup.postBackup, requestBackup),
    serve(watch.listSlowStatements, listSlowStatements), serve(watch.exportSlowStatements, exportSlowStatements), serve(watch.getStatementPlan, getStatementPlan), serve(watch.getDiagnosis, getDiagnosis),
  ],
  schedules: [{ name: 'backups', cron: '* * * * *', run: tendBackups }],
});

export { backupHealth } from './health.ts';
export { recordCommandBackup } from './run-backups.ts';
