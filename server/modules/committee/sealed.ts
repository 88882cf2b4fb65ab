import { INDEX_LIST, type SealedTable } from '#platform/crypto/sealed-table.ts';

/** 封存的列 of this module. */
export const committeeSealed: readonly SealedTable[] = [
  { table: 'committee.member', seals: ['phone_cipher'], indexes: ['phone_index'], mixed: { phone_more_index: INDEX_LIST } },
];
