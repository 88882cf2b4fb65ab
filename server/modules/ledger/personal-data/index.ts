import { findTexts } from '#platform/personal/find-texts.ts';
import { idsOf, type PersonalData } from '#platform/personal/person.ts';
import { batchPlaces, eraseChanges, eraseMissing, findChanges, findMissing } from './changes.ts';
import { eraseRows, findRows } from './rows.ts';

/** 台账导入留下的个人信息. */
export const ledgerPersonalData: PersonalData = {
  tables: ['ledger.batch', 'ledger.batch_row', 'ledger.batch_change', 'ledger.batch_missing', 'ledger.batch_file'],
  find: async (db, clue) => [...await findRows(db, clue), ...await findChanges(db, clue), ...await findMissing(db, clue), ...await findTexts(db, clue, batchPlaces)],
  erase: async (tx, records, clue) => [
    ...await eraseRows(tx, idsOf(records, 'ledger.row'), clue), ...await eraseChanges(tx, idsOf(records, 'ledger.change'), clue), ...await eraseMissing(tx, idsOf(records, 'ledger.missing'), clue),
  ],
};
