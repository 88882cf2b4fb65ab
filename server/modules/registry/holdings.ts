import { sql } from 'kysely';
import { managementKindLabels } from '#contract/registry/words.ts';
import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import { asOf } from './as-of.ts';
import { companyKey } from './names.ts';
import { open } from './personal.ts';
import { factsOf } from './store/estates.ts';
import { visibleCompanies, visibleEstates } from './store/visible.ts';

/** 台账所载的一条, field by field, as another capability may show and ask about it. Phones are full: they are for who may read the directory. */
export interface Holding {
  readonly id: string; readonly name: string; readonly version: number; readonly updatedAt: Instant;
  readonly townshipId: string | null; readonly neighbourhoodId: string | null; readonly companyId: string | null;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
}
interface Wanted { readonly scope: Scope; readonly today: LocalDate; readonly vault: Vault }

/** 小区的各项 of all on record in scope, ordered by name; `only` narrows to these records. A fixed number of queries. */
export async function estateHoldings(db: Db, { scope, today, vault }: Wanted, only?: readonly string[]): Promise<Holding[]> {
  if (only?.length === 0) return [];
  const query = visibleEstates(db, scope).selectAll('e').where('e.archivedAt', 'is', null).orderBy('e.name').orderBy('e.id');
  const rows = await (only === undefined ? query : query.where(sql<boolean>`e.id = any(${only}::uuid[])`)).execute();
  const { committees, contracts, names } = await factsOf(db, rows, asOf({}, today));
  return rows.map((row) => {
    const companyId = contracts.get(row.id)?.companyId ?? row.companyId;
    return {
      id: row.id, name: row.name, version: row.version, updatedAt: row.updatedAt, townshipId: row.townshipId, neighbourhoodId: row.neighbourhoodId, companyId,
      fields: {
        address: row.address, managementKind: row.managementKind === 'unknown' ? null : managementKindLabels[row.managementKind], companyName: companyId === null ? null : names.get(companyId) ?? null, hasCommittee: committees.get(row.id)?.status === 'established',
        deliveredOn: row.deliveredOn, totalUnits: row.totalUnits, occupiedUnits: row.occupiedUnits, totalCm2: row.totalCm2, deliveredCm2: row.deliveredCm2, buildingCount: row.buildingCount, liftCount: row.liftCount, parkingCount: row.parkingCount,
        chargingCount: row.chargingCount, fireSystem: row.fireSystem, feeFenPerM2Month: row.feeFenPerM2Month, developerName: row.developerName, managerName: row.managerName, managerPhone: open(vault, row.managerPhoneCipher), gridMember: row.gridMember,
      },
    };
  });
}

/** 企业的各项 of all in business in scope, ordered by name; `only` narrows to these records. */
export async function companyHoldings(db: Db, { scope, vault }: Wanted, only?: readonly string[]): Promise<Holding[]> {
  if (only?.length === 0) return [];
  const query = visibleCompanies(db, scope).selectAll('c').where('c.archivedAt', 'is', null).where('c.status', '=', 'active').orderBy('c.name').orderBy('c.id');
  const rows = await (only === undefined ? query : query.where(sql<boolean>`c.id = any(${only}::uuid[])`)).execute();
  const served = new Map((await visibleEstates(db, scope).select(['e.companyId', sql<number>`count(*)`.as('estates')]).where('e.archivedAt', 'is', null).where('e.companyId', 'is not', null).groupBy('e.companyId').execute()).map((row): [Id<'Company'> | null, number] => [row.companyId, row.estates]));
  return rows.map((row) => ({
    id: row.id, name: row.name, version: row.version, updatedAt: row.updatedAt, townshipId: null, neighbourhoodId: null, companyId: row.id,
    fields: {
      creditCode: row.creditCode, legalPerson: row.legalPerson, contactName: row.contactName, phone: open(vault, row.phoneCipher), registeredOn: row.registeredOn, address: row.address, registeredCapitalFen: row.registeredCapitalFen,
      claimedEstates: row.claimedEstates, claimedStaff: row.claimedStaff, estateCount: served.get(row.id) ?? 0,
    },
  }));
}

/** 按名称找企业: of each name the one company in business in scope that is called so, in whole or in short; absent where there is none, or more than one. */
export async function companiesNamed(db: Db, scope: Scope, names: readonly string[]): Promise<Map<string, Id<'Company'>>> {
  const keys = new Map(names.map((name) => [name, companyKey(name)]));
  if (keys.size === 0) return new Map();
  const wanted = [...new Set(keys.values())];
  const rows = await visibleCompanies(db, scope).select(['c.id', 'c.matchKey', 'c.shortName']).where('c.archivedAt', 'is', null).where('c.status', '=', 'active')
    .where((eb) => eb.or([eb('c.matchKey', 'in', wanted), eb('c.shortName', 'in', [...names])])).execute();
  return new Map([...keys].flatMap(([name, key]) => {
    const exact = rows.filter(({ matchKey }) => matchKey === key);
    const [one, more] = exact.length > 0 ? exact : rows.filter(({ shortName }) => shortName === name);
    return one === undefined || more !== undefined ? [] : [[name, one.id] as const];
  }));
}
