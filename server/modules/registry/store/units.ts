import { sql } from 'kysely';
import type { z } from 'zod';
import type { ownerQuery, unitQuery } from '#contract/registry/unit.ts';
import { instant, type AreaCm2, type Id, type Instant, type LocalDate } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import { instantText } from '#platform/db/values.ts';
import { found } from '../access.ts';
import { knownThen, validThen, type AsOf } from '../as-of.ts';
import { unitTitle } from '../names.ts';
import { bestArea } from './best-area.ts';
import { counted, keyset } from './page.ts';
import type { OwnerRecord, OwnershipRecord, UnitAreaRecord, UnitRecord } from './records.ts';
import { visibleOwners, visibleUnits } from './visible.ts';

export type UnitFilters = z.output<typeof unitQuery>;
export type OwnerFilters = z.output<typeof ownerQuery>;
/** A unit with the names of where it lies, and on a day its area by the priority of its source and those who hold it. */
export interface UnitLine extends UnitRecord {
  readonly name: string; readonly building: string; readonly estateName: string; readonly areaCm2: AreaCm2 | null; readonly areaSource: UnitAreaRecord['areaSource'] | null;
  readonly holders: readonly HolderLine[];
}
/** As of which day a unit is read, and whether its holders are wanted: without the right to see them they are not even read. */
export interface UnitReading extends AsOf { readonly withHolders: boolean }

/** Everything a line shows comes with its unit, in one statement: what asks for it later is another journey to the database and back. */
const lines = (db: Db, scope: Scope, at: UnitReading) => visibleUnits(db, scope).innerJoin('registry.building as b', 'b.id', 'u.buildingId').innerJoin('registry.estate as e', 'e.id', 'u.estateId')
  .leftJoinLateral(bestArea(at).as('area'), (join) => join.onTrue()).selectAll('u').select(['b.name as building', 'e.name as estateName', 'u.matchKey as name', 'area.areaCm2', 'area.areaSource'])
  .select(at.withHolders ? holdersThen(at).as('holders') : sql<readonly HolderLine[]>`'[]'::json`.as('holders'));

/** The holders of a unit as one value. Instants are text here: JSON has a form of its own for them. */
const holdersThen = (at: AsOf) => sql<readonly HolderLine[]>`(select coalesce(json_agg(json_build_object('id', s.id, 'unitId', s.unit_id, 'ownerId', s.owner_id, 'kind', s.kind, 'sharePart', s.share_part, 'shareWhole', s.share_whole, 'basis', s.basis,
    'validFrom', s.valid_from, 'validTo', s.valid_to, 'recordedAt', s.recorded_at::text, 'supersededAt', s.superseded_at::text, 'name', o.name, 'ownerKind', o.kind, 'phoneCipher', o.phone_cipher, 'idCipher', o.id_cipher, 'erasedAt', o.erased_at::text)
    order by s.kind = 'co-owner', s.id), '[]')
  from registry.ownership s join registry.owner o on o.id = s.owner_id where s.unit_id = u.id and ${knownThen('s', at)} and ${validThen('s', at)})`;

const instantOr = (text: string | null): Instant | null => (text === null ? null : instant(instantText(text)));
const asLine = <Row extends Pick<UnitLine, 'holders'>>(row: Row): Row => ({
  ...row, holders: row.holders.map((holder) => ({ ...holder, recordedAt: instant(instantText(holder.recordedAt)), supersededAt: instantOr(holder.supersededAt), erasedAt: instantOr(holder.erasedAt) })),
});

/** 查房屋, on a day. @throws Problem unit.not-found */
export async function getUnit(db: Db, scope: Scope, id: Id<'Unit'>, at: UnitReading): Promise<UnitLine> {
  return asLine(found(await lines(db, scope, at).where('u.id', '=', id).executeTakeFirst(), 'unit.not-found'));
}

/** 锁房屋. @throws Problem unit.not-found */
export async function lockUnit(db: Db, scope: Scope, id: Id<'Unit'>): Promise<UnitRecord> {
  return found(await visibleUnits(db, scope).selectAll('u').where('u.id', '=', id).forUpdate().executeTakeFirst(), 'unit.not-found');
}

/** Homes and owners of an archived estate leave the lists with it; the few such estates are asked once. */
const inUse = (alias: string) => sql<boolean>`${sql.ref(`${alias}.estate_id`)} <> all(array(select e.id from registry.estate e where e.archived_at is not null))`;

/** 一页房屋, on a day. */
export async function pageUnits(db: Db, scope: Scope, f: UnitFilters, at: UnitReading): Promise<{ rows: UnitLine[]; total: number; totalIsExact: boolean }> {
  let query = visibleUnits(db, scope);
  if (f.archived !== 'true') query = query.where('u.archivedAt', 'is', null);
  if (f.archived !== 'true' && f.estateId === undefined) query = query.where(inUse('u'));
  if (f.estateId) query = query.where('u.estateId', '=', f.estateId);
  if (f.buildingId) query = query.where('u.buildingId', '=', f.buildingId);
  if (f.townshipId) query = query.where('u.townshipId', '=', f.townshipId);
  if (f.neighbourhoodId) query = query.where('u.neighbourhoodId', '=', f.neighbourhoodId);
  if (f.usage) query = query.where('u.usage', '=', f.usage);
  if (f.areaSource) query = query.where(sql<boolean>`(select best.area_source from ${bestArea(at)} as best) = ${f.areaSource}`);
  if (f.noHolder) query = query.where(sql<boolean>`not exists (select from registry.ownership s where s.unit_id = u.id and ${knownThen('s', at)} and ${validThen('s', at)})`);
  if (f.q) query = query.where(sql<boolean>`u.match_key like ${`%${f.q.toUpperCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`}`);
  // The page is found by its key alone; only its own rows are joined to their buildings and estates.
  const ids = keyset(query.select(['u.id', 'u.matchKey']), 'u', f, 'match_key').as('p');
  const page = lines(db, scope, at).innerJoin(ids, 'p.id', 'u.id');
  const [rows, total] = await Promise.all([(f.sort === 'name' ? page.orderBy('p.matchKey').orderBy('p.id') : page.orderBy('p.id', 'desc')).execute(), counted(db, query)]);
  return { rows: rows.map(asLine), ...total };
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
      left join lateral ${bestArea(at, 's.unit_id')} best on true
     where s.owner_id = any(${ownerIds}::uuid[]) and ${knownThen('s', at)} and ${validThen('s', at)} order by s.unit_id`.execute(db)).rows;
}
