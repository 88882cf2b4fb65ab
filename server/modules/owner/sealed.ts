import type { SealedTable } from '#platform/crypto/sealed-table.ts';

/** 封存的列 of this module: of the telephones nobody keeps more than the digest, so codes under way and marks of what was sent end with the secret they were keyed by. */
export const ownerSealed: readonly SealedTable[] = [{ table: 'owner.phone_code', ends: true }, { table: 'owner.filing', ends: true },
  { table: 'owner.binding', seals: ['name_cipher', 'phone_cipher'], indexes: ['phone_index', 'phone_last4'] }, { table: 'owner.phone_session', seals: ['phone_cipher'], indexes: ['phone_index'] }];
