import { INDEX_LIST, type SealedTable } from '#platform/crypto/sealed-table.ts';

/** An owner's key holds one of its indexes. */
const OWNER_KEY = /^id:([\w-]{22}):|^phone:.*:([\w-]{22})$/g;
/** A practitioner's too; a second post of the same person has more behind it. */
const PRACTITIONER_KEY = /^id:([\w-]{22})(?=#|$)|^name:[^:]*:.*:([\w-]{22})(?=#|$)/g;

/** Of a field with several numbers. */
const MORE = { phone_more_index: INDEX_LIST };

/** 封存的列 of this module. */
export const registrySealed: readonly SealedTable[] = [
  { table: 'registry.company', seals: ['phone_cipher'], indexes: ['phone_index', 'phone_last4'], mixed: MORE },
  { table: 'registry.contact', seals: ['phone_cipher'], indexes: ['phone_index', 'phone_last4'], mixed: MORE },
  { table: 'registry.estate', seals: ['manager_phone_cipher'], indexes: ['manager_phone_index'], mixed: { manager_phone_more_index: INDEX_LIST } },
  { table: 'registry.owner', seals: ['id_cipher', 'phone_cipher'], indexes: ['id_index', 'id_last4', 'phone_index', 'phone_last4'], mixed: { ...MORE, match_key: OWNER_KEY } },
  { table: 'registry.practitioner', seals: ['id_cipher', 'phone_cipher'], indexes: ['id_index', 'id_last4', 'phone_index', 'phone_last4'], mixed: { ...MORE, match_key: PRACTITIONER_KEY } },
];
