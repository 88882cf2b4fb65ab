import { sql, type Selectable } from 'kysely';
import { makeId, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import type { PlatformTables } from '#platform/tables.gen.ts';

/** 机构名称 by id. */
export async function orgNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  return new Map((await sql<{ id: string; name: string }>`select id, name from platform.org_unit where id = any(${wanted}::uuid[])`.execute(db)).rows.map((row) => [row.id, row.name]));
}

/** 机构 as stored. */
export type OrgUnitRecord = Selectable<PlatformTables['platform.orgUnit']>;

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Names of bodies are public within their county, at every level of scope; nobody reads another county's. */
function countyUnits(db: Db, scope: Scope) {
  const units = db.selectFrom('platform.orgUnit').selectAll();
  return scope.level === 'everything' ? units : units.where('countyId', '=', makeId<'OrgUnit'>(scope.countyId ?? NOBODY));
}

/** 乡镇街道名称, of the county, by id; merged ones too. */
export async function townshipNames(db: Db, scope: Scope): Promise<Map<string, string>> {
  return new Map((await countyUnits(db, scope).clearSelect().select(['id', 'name']).where('kind', '=', 'township').execute()).map((row) => [row.id, row.name]));
}

/** 查机构. @throws Problem not-found */
export async function getOrgUnitRecord(db: Db, scope: Scope, id: Id<'OrgUnit'>): Promise<OrgUnitRecord> {
  const row = await countyUnits(db, scope).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', '没有这个机构');
  return row;
}

/** 锁机构 for change. @throws Problem not-found */
export async function lockOrgUnit(db: Db, scope: Scope, id: Id<'OrgUnit'>): Promise<OrgUnitRecord> {
  const row = await countyUnits(db, scope).where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', '没有这个机构');
  return row;
}

interface Moved { readonly estates: number; readonly neighbourhoods: number; readonly posts: number }
export interface OrgLineage extends Moved { readonly from: { id: Id<'OrgUnit'>; name: string }; readonly to: { id: Id<'OrgUnit'>; name: string }; readonly onDate: LocalDate; readonly basis: string }

/** 区划沿革 of a place: what came into it and where it went. */
export async function orgLineageOf(db: Db, id: Id<'OrgUnit'>): Promise<OrgLineage[]> {
  const found = await sql<{ fromId: Id<'OrgUnit'>; fromName: string; toId: Id<'OrgUnit'>; toName: string; onDate: LocalDate; basis: string; moved: Moved }>`
    select l.from_id, a.name as from_name, l.to_id, b.name as to_name, l.on_date, l.basis, l.moved from platform.org_unit_lineage l join platform.org_unit a on a.id = l.from_id join platform.org_unit b on b.id = l.to_id
     where l.from_id = ${id} or l.to_id = ${id} order by l.on_date desc, l.id desc`.execute(db);
  return found.rows.map(({ fromId, fromName, toId, toName, onDate, basis, moved }) => ({ from: { id: fromId, name: fromName }, to: { id: toId, name: toName }, onDate, basis, ...moved }));
}

/** 曾用区划名: names of places that were merged into another, by where they went. */
export function mergedNames(db: Db, countyId: Id<'OrgUnit'>): Promise<{ id: Id<'OrgUnit'>; name: string; mergedIntoId: Id<'OrgUnit'> | null }[]> {
  return db.selectFrom('platform.orgUnit').select(['id', 'name', 'mergedIntoId']).where('countyId', '=', countyId).where('mergedIntoId', 'is not', null).orderBy('id').execute();
}
