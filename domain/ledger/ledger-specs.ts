import type { LedgerSpec } from './field.ts';
import type { LedgerKind } from './types.ts';
import { companies } from './ledger-kinds/companies.ts';
import { estates } from './ledger-kinds/estates.ts';
import { practitioners } from './ledger-kinds/practitioners.ts';
import { units } from './ledger-kinds/units.ts';

/** 台账定义表 */
export const ledgerSpecs: { readonly [K in LedgerKind]: LedgerSpec<K> } = { companies, estates, practitioners, units };

/** 台账种类:in the order in which they build upon each other. */
export const ledgerKinds: readonly LedgerKind[] = ['companies', 'estates', 'practitioners', 'units'];
