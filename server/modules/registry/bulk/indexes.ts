import { sql } from 'kysely';
import type { AreaCm2, Id, LocalDate } from '#domain/kernel/brand.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import { contractThen, knownThen, validThen } from '../as-of.ts';
import { visibleCompanies, visibleEstates, visiblePractitioners } from '../store/visible.ts';
import type { CompanyRecord, EstateRecord, OwnershipRecord, PractitionerRecord, UnitAreaRecord, UnitRecord } from '../store/records.ts';

/** 企业现值, for resolving names and comparing fields. Phones are compared by their indexes. */
export const companyIndex = (db: Db, scope: Scope): Promise<CompanyRecord[]> => visibleCompanies(db, scope).selectAll('c').where('c.archivedAt', 'is', null).orderBy('c.id').execute();

/** 一个小区现值 with its other names and its contract in force. */
export interface EstateEntry extends EstateRecord { readonly otherNames: readonly string[]; readonly contract: { readonly companyId: Id<'Company'>; readonly startsOn: LocalDate | null; readonly endsOn: LocalDate | null } | null }

/** 小区现值. */
export async function estateIndex(db: Db, scope: Scope, on: LocalDate): Promise<EstateEntry[]> {
  const estates = await visibleEstates(db, scope).selectAll('e').where('e.archivedAt', 'is', null).orderBy('e.id').execute();
  const names = Map.groupBy(await within(scope, db.selectFrom('registry.estateName')).select(['estateId', 'name']).execute(), (row) => row.estateId);
  const contracts = await within(scope, db.selectFrom('registry.serviceContract as k'), { alias: 'k' }).select(['k.estateId', 'k.companyId', 'k.startsOn', 'k.endsOn']).where('k.supersededAt', 'is', null)
    .where(contractThen('k', { on, knownOn: null })).orderBy('k.startsOn', (by) => by.asc().nullsFirst()).orderBy('k.recordedAt').execute();
  const contractOf = new Map(contracts.map(({ estateId, ...contract }) => [estateId, contract]));
  return estates.map((row) => ({ ...row, otherNames: (names.get(row.id) ?? []).map(({ name }) => name), contract: contractOf.get(row.id) ?? null }));
}

/** 机构名录: the county's bodies, for resolving townships and neighbourhoods. */
export const orgIndex = (db: Db, countyId: Id<'OrgUnit'>) => db.selectFrom('platform.orgUnit').selectAll().where('countyId', '=', countyId).where('archivedAt', 'is', null).orderBy('sortNo').orderBy('id').execute();

/** 从业人员现值, with the estate each manages. Numbers are compared by their indexes. */
export async function practitionerIndex(db: Db, scope: Scope, on: LocalDate): Promise<(PractitionerRecord & { managesEstateIds: readonly Id<'Estate'>[] })[]> {
  const people = await visiblePractitioners(db, scope).selectAll('p').where('p.archivedAt', 'is', null).orderBy('p.id').execute();
  const now = { on, knownOn: null };
  const assigned = await within(scope, db.selectFrom('registry.estateManager as m'), { alias: 'm' }).select(['m.practitionerId', 'm.estateId']).where(knownThen('m', now)).where(validThen('m', now)).execute();
  const estatesOf = Map.groupBy(assigned, (row) => row.practitionerId);
  return people.map((row) => ({ ...row, managesEstateIds: (estatesOf.get(row.id) ?? []).map((line) => line.estateId) }));
}

/** 一户现值. */
export interface UnitEntry extends Pick<UnitRecord, 'id' | 'estateId' | 'matchKey' | 'entrance' | 'room' | 'usage' | 'deliveredOn' | 'note' | 'version'> {
  readonly building: string;
  readonly areas: readonly { readonly areaCm2: AreaCm2; readonly areaSource: UnitAreaRecord['areaSource'] }[];
  readonly holders: readonly (Pick<OwnershipRecord, 'kind' | 'sharePart' | 'shareWhole' | 'validFrom'> & { readonly name: string; readonly idIndex: string | null; readonly phoneIndex: string | null; readonly phoneMoreIndex: readonly string[] | null })[];
}

/** 房屋编号 of these estates, without areas and holders: to find which of ours a ledger lacks. */
export async function unitNumbers(db: Db, estateIds: readonly Id<'Estate'>[]): Promise<Pick<UnitEntry, 'id' | 'estateId' | 'matchKey' | 'building' | 'entrance' | 'room'>[]> {
  return (await sql<Pick<UnitEntry, 'id' | 'estateId' | 'matchKey' | 'building' | 'entrance' | 'room'>>`
    select u.id, u.estate_id, u.match_key, u.entrance, u.room, b.name as building
      from registry.unit u join registry.building b on b.id = u.building_id where u.estate_id = any(${estateIds}::uuid[]) and u.archived_at is null order by u.id`.execute(db)).rows;
}

/** Lines that hold still are picked out here: asked for in SQL, the planner takes an index of such lines alone and reads all of it. */
interface Open { readonly unitId: Id<'Unit'>; readonly validTo: LocalDate | null }
const isOpen = ({ validTo }: Open): boolean => validTo === null;

/** 房屋现值 of these estates, in three queries whatever their number. */
export async function unitIndex(db: Db, estateIds: readonly Id<'Estate'>[]): Promise<UnitEntry[]> {
  if (estateIds.length === 0) return [];
  const ids = sql`any(${[...estateIds]}::uuid[])`;
  const [units, areaRows, holderRows] = await Promise.all([
    sql<Omit<UnitEntry, 'areas' | 'holders'>>`
      select u.id, u.estate_id, u.match_key, u.entrance, u.room, u.usage, u.delivered_on, u.note, u.version, b.name as building
        from registry.unit u join registry.building b on b.id = u.building_id where u.estate_id = ${ids} and u.archived_at is null order by u.id`.execute(db),
    sql<Open & { areaCm2: AreaCm2; areaSource: UnitAreaRecord['areaSource'] }>`
      select unit_id, area_cm2, area_source, valid_to from registry.unit_area where estate_id = ${ids} and superseded_at is null
       order by array_position(array['register', 'survey', 'contract', 'unknown'], area_source)`.execute(db),
    sql<Open & UnitEntry['holders'][number]>`
      select s.unit_id, o.name, s.kind, o.id_index, o.phone_index, o.phone_more_index, s.share_part, s.share_whole, s.valid_from, s.valid_to from registry.ownership s join registry.owner o on o.id = s.owner_id
       where s.estate_id = ${ids} and s.superseded_at is null order by s.kind = 'co-owner', s.id`.execute(db),
  ]);
  const areas = Map.groupBy(areaRows.rows.filter(isOpen), (row) => row.unitId);
  const holders = Map.groupBy(holderRows.rows.filter(isOpen), (row) => row.unitId);
  return units.rows.map((row) => ({ ...row, areas: areas.get(row.id) ?? [], holders: holders.get(row.id) ?? [] }));
}
