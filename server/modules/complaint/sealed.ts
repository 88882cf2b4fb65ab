import { INDEX_LIST, type SealedTable } from '#platform/crypto/sealed-table.ts';

/** 封存的列 of this module. */
export const complaintSealed: readonly SealedTable[] = [
  { table: 'complaint.complainant', seals: ['name_cipher', 'phone_cipher', 'mail_cipher', 'family_name_cipher'], indexes: ['phone_index', 'phone_last4', 'mail_index'], mixed: { phone_more_index: INDEX_LIST } },
  { table: 'complaint.order_row', seals: ['name_cipher', 'phone_cipher'], indexes: ['phone_index', 'phone_last4'], mixed: { phone_more_index: INDEX_LIST } },
  { table: 'complaint.incoming_letter', seals: ['name_cipher', 'mail_cipher'], indexes: ['mail_index'] },
];
