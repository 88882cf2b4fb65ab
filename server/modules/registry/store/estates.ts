import { sql } from 'kysely';
import type { z } from 'zod';
import type { estateQuery } from '#contract/registry/estate.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import { committeesAt, standingCommittee, type CommitteeAt } from '#modules/committee/index.ts';
import { found } from '../access.ts';
import { contractThen, knownThen, validThen, type AsOf } from '../as-of.ts';
import { keyset, keyword, counted } from './page.ts';
import type { ContractRecord, EstateRecord, ManagerRecord } from './records.ts';
import { visibleEstates } from './visible.ts';

export type EstateFilters = z.output<typeof estateQuery>;

/** 查小区. @throws Problem estate.not-found — also when it is out of scope */
export async function getEstate(db: Db, scope: Scope, id: Id<'Estate'>): Promise<EstateRecord> {
  return found(await visibleEstates(db, scope).selectAll('e').where('e.id', '=', id).executeTakeFirst(), 'estate.not-found');
}

/** 锁小区 for change. @throws Problem estate.not-found */
export async function lockEstate(db: Db, scope: Scope, id: Id<'Estate'>): Promise<EstateRecord> {
  return found(await visibleEstates(db, scope).selectAll('e').where('e.id', '=', id).forUpdate().executeTakeFirst(), 'estate.not-found');
}

function filtered(db: Db, scope: Scope, f: EstateFilters, at: AsOf, only: readonly Id<'Estate'>[] | null) {
  let query = visibleEstates(db, scope);
  if (f.archived !== 'true') query = query.where('e.archivedAt', 'is', null);
  if (f.townshipId) query = query.where('e.townshipId', '=', f.townshipId);
  if (f.neighbourhoodId) query = query.where('e.neighbourhoodId', '=', f.neighbourhoodId);
  if (f.managementKind) query = query.where('e.managementKind', '=', f.managementKind);
  if (f.companyId) query = query.where(servedBy(f.companyId, at));
  if (f.committee) query = query.where(hasCommittee(f.committee, at));
  if (f.expiringBefore) query = query.where(sql<boolean>`exists (select from committee.committee m where m.estate_id = e.id and ${knownThen('m', at)} and m.status = 'established' and m.until_on < ${f.expiringBefore})`);
  if (f.q) query = query.where(keyword('e', 'estate', f.q));
  if (only) query = query.where(sql<boolean>`e.id = any(${only}::uuid[])`);
  return query;
}

const servedBy = (companyId: Id<'Company'>, at: AsOf) => sql<boolean>`exists (select from registry.service_contract k where k.estate_id = e.id and k.company_id = ${companyId} and ${knownThen('k', at)} and ${contractThen('k', at)}
  and not exists (select from registry.service_contract l where l.estate_id = e.id and ${knownThen('l', at)} and ${contractThen('l', at)} and (coalesce(l.starts_on, '-infinity'), l.recorded_at, l.id) > (coalesce(k.starts_on, '-infinity'), k.recorded_at, k.id)))`;

function hasCommittee(state: NonNullable<EstateFilters['committee']>, at: AsOf) {
  const stands = sql`select from committee.committee m where m.estate_id = e.id and ${knownThen('m', at)} and m.status <> 'dissolved' and (m.ended_on is null or m.ended_on > ${at.on})`;
  const formed = sql`${stands} and m.status = 'established' and (m.since_on is null or m.since_on <= ${at.on})`;
  switch (state) {
    case 'established': return sql<boolean>`exists (${formed})`;
    case 'expired': return sql<boolean>`exists (${formed} and m.until_on < ${at.on})`;
    case 'preparing': return sql<boolean>`exists (${stands} and m.status = 'preparing') and not exists (${formed})`;
    case 'none': return sql<boolean>`not exists (${formed}) and not exists (${stands} and m.status = 'preparing')`;
  }
}

/** 一页小区 and how many there are. */
export async function pageEstates(db: Db, scope: Scope, filters: EstateFilters, at: AsOf, only: readonly Id<'Estate'>[] | null): Promise<{ rows: EstateRecord[]; total: number; totalIsExact: boolean }> {
  const query = filtered(db, scope, filters, at, only);
  const [rows, total] = await Promise.all([keyset(query.selectAll('e'), 'e', filters).execute(), counted(db, query)]);
  return { rows, ...total };
}

/** 全部小区 in scope, for statistics. */
export const allEstates = (db: Db, scope: Scope): Promise<EstateRecord[]> => visibleEstates(db, scope).selectAll('e').where('e.archivedAt', 'is', null).orderBy('e.id').execute();

/** 计数所需: what an estate's stage is judged by, and whose it is; no names, since a county's figures are asked for all day long. */
export type EstateToCount = Pick<EstateRecord, 'id' | 'townshipId' | 'deliveredOn' | 'occupiedUnits'>;
/** 小区概要: with the names that stand beside each estate. */
export type EstateSummary = EstateToCount & Pick<EstateRecord, 'name' | 'countyId' | 'totalUnits'> & { readonly township: string };

/** 待计小区 of all in scope, or of one township. */
export function estatesToCount(db: Db, scope: Scope, townshipId?: Id<'OrgUnit'>): Promise<EstateToCount[]> {
  return unarchived(db, scope, townshipId).select(['e.id', 'e.townshipId', 'e.deliveredOn', 'e.occupiedUnits']).execute();
}

/** 小区概要 of all in scope, or of one township. */
export function estateSummaries(db: Db, scope: Scope, townshipId?: Id<'OrgUnit'>): Promise<EstateSummary[]> {
  return unarchived(db, scope, townshipId).innerJoin('platform.orgUnit as o', 'o.id', 'e.townshipId')
    .select(['e.id', 'e.name', 'e.countyId', 'e.townshipId', 'e.deliveredOn', 'e.occupiedUnits', 'e.totalUnits', 'o.name as township']).execute();
}

function unarchived(db: Db, scope: Scope, townshipId: Id<'OrgUnit'> | undefined) {
  const all = visibleEstates(db, scope).where('e.archivedAt', 'is', null).orderBy('e.id');
  return townshipId === undefined ? all : all.where('e.townshipId', '=', townshipId);
}

/** What is known beside the estate's own row, on a day. */
export interface EstateFacts {
  readonly contracts: ReadonlyMap<Id<'Estate'>, ContractRecord>;
  readonly managers: ReadonlyMap<Id<'Estate'>, ManagerRecord & { name: string; phoneCipher: string | null }>;
  readonly committees: ReadonlyMap<Id<'Estate'>, CommitteeAt>;
  readonly rollups: ReadonlyMap<Id<'Estate'>, { unitCount: number; areaCm2: number; headCount: number; weakHeadCount: number; updatedAt: string }>;
  readonly names: ReadonlyMap<string, string>;
}

/** 小区的相关情况: contract, manager, committee, rollup and names, in a fixed number of queries whatever the number of estates. */
export async function factsOf(db: Db, estates: readonly EstateRecord[], at: AsOf): Promise<EstateFacts> {
  const ids = estates.map((row) => row.id);
  if (ids.length === 0) return { contracts: new Map(), managers: new Map(), committees: new Map(), rollups: new Map(), names: new Map() };
  const [contracts, managers, committees, rollups, bodies] = await Promise.all([
    sql<ContractRecord>`select k.* from registry.service_contract k where k.estate_id = any(${ids}::uuid[]) and ${knownThen('k', at)} and ${contractThen('k', at)} order by k.starts_on nulls first, k.recorded_at, k.id`.execute(db),
    sql<ManagerRecord & { name: string; phoneCipher: string | null }>`select m.*, p.name, p.phone_cipher from registry.estate_manager m join registry.practitioner p on p.id = m.practitioner_id where m.estate_id = any(${ids}::uuid[]) and ${knownThen('m', at)} and ${validThen('m', at)} order by m.id`.execute(db),
    committeesAt(db, ids, at),
    sql<{ estateId: Id<'Estate'>; unitCount: number; areaCm2: number; headCount: number; weakHeadCount: number; updatedAt: string }>`select * from registry.estate_rollup where estate_id = any(${ids}::uuid[])`.execute(db),
    sql<{ id: string; name: string }>`select o.id, o.name from platform.org_unit o where o.id in (select township_id from registry.estate where id = any(${ids}::uuid[]) union select neighbourhood_id from registry.estate where id = any(${ids}::uuid[]))`.execute(db),
  ]);
  const companies = [...new Set([...contracts.rows.map((row) => row.companyId), ...estates.flatMap((row) => (row.companyId ? [row.companyId] : []))])];
  const named = companies.length === 0 ? [] : (await sql<{ id: string; name: string }>`select id, name from registry.company where id = any(${companies}::uuid[])`.execute(db)).rows;
  return {
    contracts: new Map(contracts.rows.map((row) => [row.estateId, row])), managers: new Map(managers.rows.map((row) => [row.estateId, row])),
    committees: new Map([...Map.groupBy(committees, (row) => row.estateId)].flatMap(([id, of]) => { const one = standingCommittee(of, at.on); return one ? [[id, one] as const] : []; })),
    rollups: new Map(rollups.rows.map((row) => [row.estateId, row])), names: new Map([...bodies.rows, ...named].map((row) => [row.id, row.name])),
  };
}

/** 届满: the last day of the term is still within it. */
export const isPast = (day: LocalDate | null, on: LocalDate): boolean => day !== null && day < on;
