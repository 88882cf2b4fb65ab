import type { SealedTable } from '#platform/crypto/sealed-table.ts';

/** 封存的列 of this module. */
export const collectionSealed: readonly SealedTable[] = [
  { table: 'collection.part', seals: ['held_cipher'] },
  { table: 'collection.answer', seals: ['values_cipher'] },
];
