import { sql } from 'kysely';
import type { z } from 'zod';
import type { ownerQuery, unitQuery } from '#contract/registry/unit.ts';
import type { AreaCm2, Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import { found } from '../access.ts';
import { knownThen, validThen, type AsOf } from '../as-of.ts';
import { unitTitle } from '../names.ts';
import { counted, keyset } from './page.ts';
import type { OwnerRecord, OwnershipRecord, UnitAreaRecord, UnitRecord } from './records.ts';
import { visibleOwners, visibleUnits } from './visible.ts';

export type UnitFilters = z.output<typeof unitQuery>;
export type OwnerFilters = z.output<typeof ownerQuery>;
/** A unit with the names of where it lies. */
export interface UnitLine extends UnitRecord { readonly name: string; readonly building: string; readonly estateName: string }

const named = (db: Db, scope: Scope) => visibleUnits(db, scope).innerJoin('registry.building as b', 'b.id', 'u.buildingId').innerJoin('registry.estate as e', 'e.id', 'u.estateId');
const columns = ['b.name as building', 'e.name as estateName', 'u.matchKey as name'] as const;

/** 查房屋. @throws Problem unit.not-found */
export async function getUnit(db: Db, scope: Scope, id: Id<'Unit'>): Promise<UnitLine> {
  return found(await named(db, scope).selectAll('u').select(columns).where('u.id', '=', id).executeTakeFirst(), 'unit.not-found');
}

/** 锁房屋. @throws Problem unit.not-found */
export async function lockUnit(db: Db, scope: Scope, id: Id<'Unit'>): Promise<UnitRecord> {
  return found(await visibleUnits(db, scope).selectAll('u').where('u.id', '=', id).forUpdate().executeTakeFirst(), 'unit.not-found');
}

/** Homes and owners of an archived estate leave the lists with it; the few such estates are asked once. */
const inUse = (alias: string) => sql<boolean>`${sql.ref(`${alias}.estate_id`)} <> all(array(select e.id from registry.estate e where e.archived_at is not null))`;

/** 一页房屋. */
export async function pageUnits(db: Db, scope: Scope, f: UnitFilters, at: AsOf): Promise<{ rows: UnitLine[]; total: number; totalIsExact: boolean }> {
  let query = visibleUnits(db, scope);
  if (f.archived !== 'true') query = query.where('u.archivedAt', 'is', null);
  if (f.archived !== 'true' && f.estateId === undefined) query = query.where(inUse('u'));
  if (f.estateId) query = query.where('u.estateId', '=', f.estateId);
  if (f.buildingId) query = query.where('u.buildingId', '=', f.buildingId);
  if (f.townshipId) query = query.where('u.townshipId', '=', f.townshipId);
  if (f.neighbourhoodId) query = query.where('u.neighbourhoodId', '=', f.neighbourhoodId);
  if (f.usage) query = query.where('u.usage', '=', f.usage);
  if (f.areaSource) query = query.where(sql<boolean>`(select a.area_source from registry.unit_area a where a.unit_id = u.id and ${knownThen('a', at)} and ${validThen('a', at)} order by array_position(array['register', 'survey', 'contract', 'unknown'], a.area_source), a.recorded_at desc limit 1) = ${f.areaSource}`);
  if (f.noHolder) query = query.where(sql<boolean>`not exists (select from registry.ownership s where s.unit_id = u.id and ${knownThen('s', at)} and ${validThen('s', at)})`);
  if (f.q) query = query.where(sql<boolean>`u.match_key like ${`%${f.q.toUpperCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`}`);
  // The page is found by its key alone; only its own rows are joined to their buildings and estates.
  const ids = keyset(query.select(['u.id', 'u.matchKey']), 'u', f, 'match_key').as('p');
  const page = named(db, scope).innerJoin(ids, 'p.id', 'u.id').selectAll('u').select(columns);
  const [rows, total] = await Promise.all([(f.sort === 'name' ? page.orderBy('p.matchKey').orderBy('p.id') : page.orderBy('p.id', 'desc')).execute(), counted(db, query)]);
  return { rows, ...total };
}

/** 产权人 as read for a page. */
export interface HolderLine extends Pick<OwnershipRecord, 'id' | 'unitId' | 'ownerId' | 'kind' | 'sharePart' | 'shareWhole' | 'basis' | 'validFrom' | 'validTo' | 'recordedAt' | 'supersededAt'> {
  readonly name: string; readonly ownerKind: OwnerRecord['kind']; readonly phoneCipher: string | null; readonly idCipher: string | null; readonly erasedAt: Instant | null;
}

const holders = sql`select s.id, s.unit_id, s.owner_id, s.kind, s.share_part, s.share_whole, s.basis, s.valid_from, s.valid_to, s.recorded_at, s.superseded_at, o.name, o.kind as owner_kind, o.phone_cipher, o.id_cipher, o.erased_at
  from registry.ownership s join registry.owner o on o.id = s.owner_id`;

/** 某日的业主: who owned these units on a day, as we knew it on a day — one query. */
export async function ownersOf(db: Db, unitIds: readonly Id<'Unit'>[], at: AsOf): Promise<HolderLine[]> {
  return (await sql<HolderLine>`${holders} where s.unit_id = any(${unitIds}::uuid[]) and ${knownThen('s', at)} and ${validThen('s', at)} order by s.unit_id, s.kind = 'co-owner', s.id`.execute(db)).rows;
}

/** 产权变动: every version on record, corrected ones behind. */
export async function ownershipsOf(db: Db, unitId: Id<'Unit'>): Promise<HolderLine[]> {
  return (await sql<HolderLine>`${holders} where s.unit_id = ${unitId} order by s.superseded_at is not null, s.valid_from desc nulls last, s.recorded_at desc limit 200`.execute(db)).rows;
}

/** 某日的面积 of these units, by the priority of its source. */
export async function areasAt(db: Db, unitIds: readonly Id<'Unit'>[], at: AsOf): Promise<Map<Id<'Unit'>, { areaCm2: AreaCm2; areaSource: UnitAreaRecord['areaSource'] }>> {
  const rows = (await sql<Pick<UnitAreaRecord, 'unitId' | 'areaCm2' | 'areaSource'>>`
    select distinct on (a.unit_id) a.unit_id, a.area_cm2, a.area_source from registry.unit_area a where a.unit_id = any(${unitIds}::uuid[]) and ${knownThen('a', at)} and ${validThen('a', at)}
     order by a.unit_id, array_position(array['register', 'survey', 'contract', 'unknown'], a.area_source), a.recorded_at desc`.execute(db)).rows;
  return new Map(rows.map((row) => [row.unitId, row]));
}

/** 面积的各版本. */
export const areaVersions = (db: Db, unitId: Id<'Unit'>): Promise<UnitAreaRecord[]> => db.selectFrom('registry.unitArea').selectAll().where('unitId', '=', unitId).orderBy('recordedAt', 'desc').limit(100).execute();

/** 房屋称呼 by id. */
export async function unitTitles(db: Db, ids: readonly string[]): Promise<Map<string, { id: Id<'Unit'>; name: string }>> {
  const rows = (await sql<{ id: Id<'Unit'>; building: string; entrance: string; room: string }>`select u.id, b.name as building, u.entrance, u.room from registry.unit u join registry.building b on b.id = u.building_id where u.id = any(${ids}::uuid[])`.execute(db)).rows;
  return new Map(rows.map((row) => [row.id as string, { id: row.id, name: unitTitle(row.building, row.entrance, row.room) }]));
}

/** 业主 with the number and area of what they hold on a day. */
export interface OwnerLine extends OwnerRecord { readonly estateName: string; readonly unitCount: number; readonly areaCm2: number }

/** 查业主. @throws Problem owner.not-found */
export async function getOwner(db: Db, scope: Scope, id: Id<'Owner'>, lock = false): Promise<OwnerRecord> {
  const query = visibleOwners(db, scope).selectAll('o').where('o.id', '=', id);
  return found(await (lock ? query.forUpdate() : query).executeTakeFirst(), 'owner.not-found');
}

/** 一页业主. */
export async function pageOwners(db: Db, scope: Scope, f: OwnerFilters): Promise<{ rows: OwnerRecord[]; total: number; totalIsExact: boolean }> {
  let query = visibleOwners(db, scope);
  if (f.archived !== 'true') query = query.where('o.archivedAt', 'is', null);
  if (f.archived !== 'true' && f.estateId === undefined) query = query.where(inUse('o'));
  if (f.estateId) query = query.where('o.estateId', '=', f.estateId);
  if (f.townshipId) query = query.where('o.townshipId', '=', f.townshipId);
  if (f.neighbourhoodId) query = query.where('o.neighbourhoodId', '=', f.neighbourhoodId);
  if (f.kind) query = query.where('o.kind', '=', f.kind);
  if (f.q) query = query.where('o.name', 'like', `%${f.q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`);
  const [rows, total] = await Promise.all([keyset(query.selectAll('o'), 'o', f).execute(), counted(db, query)]);
  return { rows, ...total };
}

/** 名下房屋 of these owners on a day. */
export async function holdingsOf(db: Db, ownerIds: readonly Id<'Owner'>[], at: AsOf): Promise<{ ownerId: Id<'Owner'>; unitId: Id<'Unit'>; kind: OwnershipRecord['kind']; sharePart: number | null; shareWhole: number | null; validFrom: LocalDate | null; validTo: LocalDate | null; areaCm2: AreaCm2 | null }[]> {
  return (await sql<Awaited<ReturnType<typeof holdingsOf>>[number]>`
    select s.owner_id, s.unit_id, s.kind, s.share_part, s.share_whole, s.valid_from, s.valid_to, best.area_cm2 from registry.ownership s
      left join lateral (select a.area_cm2 from registry.unit_area a where a.unit_id = s.unit_id and ${knownThen('a', at)} and ${validThen('a', at)}
        order by array_position(array['register', 'survey', 'contract', 'unknown'], a.area_source), a.recorded_at desc limit 1) best on true
     where s.owner_id = any(${ownerIds}::uuid[]) and ${knownThen('s', at)} and ${validThen('s', at)} order by s.unit_id`.execute(db)).rows;
}
