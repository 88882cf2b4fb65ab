import type { SealedTable } from '#platform/crypto/sealed-table.ts';

/** 封存的列 of this module. */
export const noticeSealed: readonly SealedTable[] = [
  { table: 'platform.notice_channel', seals: ['secret_cipher', 'former_cipher'] },
  { table: 'platform.notice_choice', seals: ['mail_cipher', 'phone_cipher'], plain: ['phone_last4'] },
  { table: 'platform.notice_delivery', seals: ['letter_cipher'] },
];
