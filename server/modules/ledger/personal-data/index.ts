import { textScan } from '#platform/personal/find-texts.ts';
import { idsOf, type PersonalData } from '#platform/personal/person.ts';
import { batchPlaces, changeScan, eraseChanges, eraseMissing, missingScan } from './changes.ts';
import { eraseRows, rowScan } from './rows.ts';

/** 台账导入留下的个人信息. */
export const ledgerPersonalData: PersonalData = {
  tables: ['ledger.batch', 'ledger.batch_row', 'ledger.batch_change', 'ledger.batch_missing', 'ledger.batch_file'],
  find: () => Promise.resolve([]),
  scans: [rowScan, changeScan, missingScan, ...batchPlaces.map(textScan)],
  erase: async (tx, records, clue) => [
    ...await eraseRows(tx, idsOf(records, 'ledger.row'), clue), ...await eraseChanges(tx, idsOf(records, 'ledger.change'), clue), ...await eraseMissing(tx, idsOf(records, 'ledger.missing'), clue),
  ],
};
