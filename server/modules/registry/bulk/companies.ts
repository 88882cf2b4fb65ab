import { checkCreditCode, normaliseIdentifier } from '#domain/kernel/identifier.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';
import type { Tx } from '#platform/context.ts';
import { companyKey } from '../names.ts';
import { sealPhone } from '../personal.ts';
import { indexCompanies } from '../search-entries.ts';
import type { CompanyRecord } from '../store/records.ts';
import { writeHeads } from './merge.ts';
import { byId, phoneChange } from './old.ts';
import type { BulkOptions, CompanyFields, Write, Written } from './types.ts';

/** 信用代码校验结果: warns, never refuses. */
export function creditCodeCheckOf(code: string | null): CompanyRecord['creditCodeCheck'] {
  return code === null || code === '' ? 'missing' : checkCreditCode(code);
}

/** 信用代码入库. */
export const creditCodeOf = (code: string | null): string | null => (code === null ? null : normaliseIdentifier(code) || null);

/** 批量写企业: new, changed or unchanged, with their search entries. Names must be resolved beforehand. */
export async function bulkWriteCompanies(tx: Pick<Tx, 'db'>, rows: readonly Write<'Company', CompanyFields>[], options: BulkOptions): Promise<Written<'Company'>> {
  const old = await byId(tx.db, 'registry.company', rows.map((row) => row.id));
  const { ids, changes } = await writeHeads(tx.db, 'registry.company', rows.map((row) => {
    const before = row.id ? old.get(row.id) ?? null : null;
    const { phone, creditCode, name, ...plain } = row.set;
    return {
      old: before,
      fresh: { countyId: options.countyId, formerNames: [], creditCodeCheck: 'missing', status: 'active', isDemo: options.isDemo ?? false },
      set: {
        ...plain, ...(name === undefined ? {} : { name, matchKey: companyKey(name) }),
        ...(creditCode === undefined ? {} : { creditCode: creditCodeOf(creditCode), creditCodeCheck: creditCodeCheckOf(creditCodeOf(creditCode)) }),
        ...phoneChange(options.vault, phone, before, sealPhone),
      },
    };
  }), options);
  await indexCompanies(tx.db, await companiesOf(tx.db, changes.map((change) => change.id)));
  return { ids: ids as Id<'Company'>[], changes };
}

const companiesOf = async (db: Db, ids: readonly string[]): Promise<CompanyRecord[]> => (ids.length === 0 ? [] : db.selectFrom('registry.company').selectAll().where('id', 'in', ids as Id<'Company'>[]).execute());
