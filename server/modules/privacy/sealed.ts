import type { SealedTable } from '#platform/crypto/sealed-table.ts';

/** An entry that has not been written to the book yet. */
const BOOK = /"(?:id|phone)Index": "([\w-]{22})"|(?<=\[|, )"([\w-]{22})"(?=[,\]])/g;

/** 封存的列 of this module. */
export const privacySealed: readonly SealedTable[] = [
  { table: 'privacy.person_request', seals: ['name_cipher', 'id_cipher', 'phone_cipher'], indexes: ['id_index', 'phone_index'] },
  { table: 'privacy.person_finding', seals: ['record_cipher'] },
  { table: 'privacy.erasure', mixed: { book: BOOK } },
];
