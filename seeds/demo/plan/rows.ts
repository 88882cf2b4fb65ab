import type { Insertable } from 'kysely';
import type { CommitteeTables } from '#modules/committee/tables.gen.ts';
import type { RegistryTables } from '#modules/registry/tables.gen.ts';
import type { PlatformTables } from '#platform/tables.gen.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import type { Random } from '../random.ts';

/** Numbers of a person as made up; they are sealed before they are stored. */
export interface Numbers { readonly idNumber: string | null; readonly phone: string | null }
type Sealed = 'idCipher' | 'idIndex' | 'idLast4' | 'phoneCipher' | 'phoneIndex' | 'phoneLast4';
type Registry<Table extends keyof RegistryTables> = Insertable<RegistryTables[Table]>;

/** Rows of the plan: the tables' own, personal numbers still open and keys of people not yet made. */
export type BodyRow = Insertable<PlatformTables['platform.orgUnit']>;
export type CompanyRow = Omit<Registry<'registry.company'>, Sealed> & { readonly phone: string | null };
export type EstateRow = Registry<'registry.estate'>;
export type EstateNameRow = Registry<'registry.estateName'>;
export type LineageRow = Registry<'registry.estateLineage'>;
export type PractitionerRow = Omit<Registry<'registry.practitioner'>, Sealed | 'matchKey'> & Numbers;
export type ContractRow = Registry<'registry.serviceContract'>;
export type ManagerRow = Registry<'registry.estateManager'>;
export type ContactRow = Omit<Registry<'registry.contact'>, Sealed> & { readonly phone: string | null };
export type CommitteeRow = Insertable<CommitteeTables['committee.committee']>;
export type MemberRow = Omit<Insertable<CommitteeTables['committee.member']>, Sealed> & { readonly phone: string | null };
export type BuildingRow = Registry<'registry.building'>;
export type UnitRow = Registry<'registry.unit'>;
export type AreaRow = Registry<'registry.unitArea'>;
export type OwnerRow = Omit<Registry<'registry.owner'>, Sealed | 'matchKey'> & Numbers;
export type OwnershipRow = Registry<'registry.ownership'>;
export type PurposeRow = Registry<'registry.ownerPurpose'>;

/** What every part of the plan draws on. `today` is the day of loading: terms run around it. */
export interface Making {
  readonly random: Random;
  readonly today: LocalDate;
  readonly newId: <Kind extends string>() => Id<Kind>;
  readonly newPhone: () => string;
  readonly newIdentity: () => string;
  readonly newCreditCode: () => string;
}

/** The ancestor columns a row below an estate repeats from it. */
export function placeOf(estate: EstateRow): { countyId: EstateRow['countyId']; townshipId: EstateRow['townshipId']; neighbourhoodId: Id<'OrgUnit'> | null; estateId: Id<'Estate'>; companyId: Id<'Company'> | null } {
  return { countyId: estate.countyId, townshipId: estate.townshipId, neighbourhoodId: estate.neighbourhoodId ?? null, estateId: estate.id, companyId: estate.companyId ?? null };
}
