import * as route from '#contract/ledger.ts';
import { defineModule, serve } from '#platform/module.ts';
import { ledgerSealed } from './sealed.ts';
import { ledgerHoldings } from './holdings.ts';
import { ledgerPersonalData } from './personal-data/index.ts';
import { forgetErasedOwners, ledgerRetentions } from './retentions.ts';
import { forgetNumbers } from './apply/forget-numbers.ts';
import { jobs } from './jobs.ts';
import { exportBatches } from './use-cases/export-batches.ts';
import { downloadFile, getOneBatch, listBatches, listLacking, listRows } from './use-cases/look-at-batches.ts';
import { lookAtFiles } from './use-cases/look-at-files.ts';
import { mendRow } from './use-cases/mend-row.ts';
import { pickColumns } from './use-cases/pick-columns.ts';
import { downloadRefused } from './use-cases/refused-rows.ts';
import { cancelImport, confirmImport, undoOneImport } from './use-cases/settle-batch.ts';
import { uploadLedger } from './use-cases/upload-ledger.ts';

/** 台账导入:上传、读取、指认、预览、修正、确认、撤销. */
export const ledger = defineModule({
  name: 'ledger',
  routes: [
    serve(route.postLedgerLook, lookAtFiles), serve(route.postLedgerBatch, uploadLedger), serve(route.listLedgerBatches, listBatches), serve(route.exportLedgerBatches, exportBatches), serve(route.getLedgerBatch, getOneBatch), serve(route.putLedgerMapping, pickColumns),
    serve(route.listLedgerRows, listRows), serve(route.patchLedgerRow, mendRow), serve(route.getRefusedRows, downloadRefused), serve(route.getLedgerFile, downloadFile),
    serve(route.listMissing, listLacking), serve(route.postConfirmation, confirmImport), serve(route.postUndo, undoOneImport), serve(route.deleteLedgerBatch, cancelImport),
  ],
  on: { 'ledger.imported': forgetNumbers, 'registry.owners-erased': forgetErasedOwners },
  retentions: ledgerRetentions,
  jobs,
  holdings: ledgerHoldings,
  personalData: ledgerPersonalData,
  sealed: ledgerSealed,
});

export { importFromFile, LEDGER_KINDS, type ImportAnswer, type ImportOptions } from './import-from-file.ts';
