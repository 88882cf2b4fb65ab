import { defineModule } from '#platform/module.ts';
import { jobs, schedules } from './jobs.ts';

/** 台账导入:上传、读取、指认、预览、修正、确认、撤销. */
export const ledger = defineModule({ name: 'ledger', routes: [], jobs, schedules });

export { importFromFile, LEDGER_KINDS, type ImportAnswer, type ImportOptions } from './import-from-file.ts';
