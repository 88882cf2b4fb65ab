import type { SealedTable } from '#platform/crypto/sealed-table.ts';

/** 封存的列 of this module. */
export const administrationSealed: readonly SealedTable[] = [
  { table: 'platform.session', seals: ['id_token_cipher'] },
  { table: 'platform.totp', seals: ['secret_cipher'] },
  // A printed code is known to nobody but its holder: under another secret it cannot be recognised, and new ones are made.
  { table: 'platform.recovery_code', ends: true },
];
