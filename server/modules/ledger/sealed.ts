import type { SealedTable } from '#platform/crypto/sealed-table.ts';

/** Old values are rows of the registry as JSON: their seals, their indexes, and the keys of owners and practitioners that hold one. */
const BEFORES = /"\w*(?:[iI]ndex|[lL]ast4)": "([\w-]{22})"|(?<=\[|, )"([\w-]{22})"(?=[,\]])|"match_?[kK]ey": "(?:id:([\w-]{22})(?=[":#])|phone:[^"]*:([\w-]{22})(?=")|name:[\w-]{0,36}:[^":]*:([\w-]{22})(?=[#"]))/g;

/** 封存的列 of this module. */
export const ledgerSealed: readonly SealedTable[] = [
  { table: 'ledger.batch_row', seals: ['sealed'] },
  { table: 'ledger.batch_change', mixed: { befores: BEFORES } },
];
