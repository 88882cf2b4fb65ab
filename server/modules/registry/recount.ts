import { sql } from 'kysely';
import type { AreaCm2, Id, Instant } from '#domain/kernel/brand.ts';
import { countHeads, type HeadCount, type Holder, type UnitHolding } from '#domain/registry/heads.ts';
import type { Db } from '#platform/db/types.ts';
import { knownThen, validThen, type AsOf } from './as-of.ts';
import { insertMany } from './store/bulk-sql.ts';

interface HoldingRow {
  readonly estateId: Id<'Estate'>; readonly unitId: Id<'Unit'>; readonly areaCm2: AreaCm2 | null; readonly areaSource: string | null;
  readonly ownerName: string | null; readonly ownerKind: string | null; readonly idIndex: string | null; readonly phoneIndex: string | null; readonly ownershipKind: string | null;
}

/** 面积取值: register before survey before contract; of one source the version recorded last. */
export const bestArea = (at: AsOf, unit = 'u') => sql`lateral (
  select a.area_cm2, a.area_source from registry.unit_area a where a.unit_id = ${sql.raw(unit)}.id and ${knownThen('a', at)} and ${validThen('a', at)}
   order by array_position(array['register', 'survey', 'contract', 'unknown'], a.area_source), a.recorded_at desc limit 1)`;

/** 各户产权: every unit of these estates with its prevailing area and its holders in the order of the register, in one query. */
async function holdings(db: Db, estateIds: readonly Id<'Estate'>[], at: AsOf): Promise<HoldingRow[]> {
  const found = await sql<HoldingRow>`
    with area as (
      select distinct on (a.unit_id) a.unit_id, a.area_cm2, a.area_source from registry.unit_area a
       where a.estate_id = any(${estateIds}::uuid[]) and ${knownThen('a', at)} and ${validThen('a', at)}
       order by a.unit_id, array_position(array['register', 'survey', 'contract', 'unknown'], a.area_source), a.recorded_at desc)
    select u.estate_id as "estateId", u.id as "unitId", area.area_cm2 as "areaCm2", area.area_source as "areaSource",
           o.name as "ownerName", o.kind as "ownerKind", o.id_index as "idIndex", o.phone_index as "phoneIndex", s.kind as "ownershipKind"
      from registry.unit u
      left join area on area.unit_id = u.id
      left join registry.ownership s on s.unit_id = u.id and ${knownThen('s', at)} and ${validThen('s', at)}
      left join registry.owner o on o.id = s.owner_id
     where u.estate_id = any(${estateIds}::uuid[]) and u.archived_at is null
     order by u.estate_id, u.id, s.kind = 'co-owner', s.id`.execute(db);
  return found.rows;
}

const holderOf = (row: HoldingRow): Holder => ({ name: row.ownerName ?? '', isOrganisation: row.ownerKind !== 'person', identityKey: row.idIndex, phoneKey: row.phoneIndex });
const standingOf = (kind: string | null): UnitHolding['standing'] => (kind === 'developer-unsold' ? 'unsold' : kind === 'developer-undelivered' ? 'undelivered' : 'delivered');
const NO_AREA = 0 as AreaCm2;

export interface EstateHeads { readonly count: HeadCount; readonly unitCount: number; readonly bySource: { areaSource: string; count: number; areaCm2: number }[] }

/** 业主人数: of each estate on a day, with its explanation and what is doubtful. */
export async function headsOf(db: Db, estateIds: readonly Id<'Estate'>[], at: AsOf): Promise<Map<Id<'Estate'>, EstateHeads>> {
  if (estateIds.length === 0) return new Map();
  const [rows, estates] = [await holdings(db, estateIds, at), await db.selectFrom('registry.estate').select(['id', 'developerName']).where('id', 'in', estateIds as Id<'Estate'>[]).execute()];
  const byEstate = Map.groupBy(rows, (row) => row.estateId);
  return new Map(estates.map(({ id, developerName }) => {
    const units = [...Map.groupBy(byEstate.get(id) ?? [], (row) => row.unitId).values()].map(unitOf);
    return [id, { count: countHeads(units.map(({ holding }) => holding), developerName), unitCount: units.length, bySource: sourcesOf(units) }];
  }));
}

interface CountedUnit { readonly holding: UnitHolding; readonly source: string }

function unitOf(rows: readonly HoldingRow[]): CountedUnit {
  // Proof: a group of Map.groupBy has at least one row.
  const first = rows[0]!;
  return {
    source: first.areaSource ?? 'unknown',
    holding: { unitId: first.unitId, area: first.areaCm2 ?? NO_AREA, standing: standingOf(first.ownershipKind), holders: rows.filter((row) => row.ownerName !== null).map(holderOf) },
  };
}

function sourcesOf(units: readonly CountedUnit[]): EstateHeads['bySource'] {
  return [...Map.groupBy(units, (unit) => unit.source)].map(([areaSource, of]) => ({ areaSource, count: of.length, areaCm2: of.reduce((sum, unit) => sum + unit.holding.area, 0) }));
}

const REPLACE = 'on conflict (estate_id) do update set county_id = excluded.county_id, township_id = excluded.township_id, neighbourhood_id = excluded.neighbourhood_id, company_id = excluded.company_id, unit_count = excluded.unit_count, area_cm2 = excluded.area_cm2, head_count = excluded.head_count, weak_head_count = excluded.weak_head_count, updated_at = excluded.updated_at';

/**
 * 重算小区汇总: units, area and heads of these estates, kept in the transaction that changed them. Estates without units on record get no row.
 * `at.on` is the day the counting stands for; `now` the time of the transaction.
 */
export async function recountEstate(db: Db, estateIds: readonly Id<'Estate'>[], { on, now }: { on: AsOf['on']; now: Instant }): Promise<void> {
  const ids = [...new Set(estateIds)];
  if (ids.length === 0) return;
  const heads = await headsOf(db, ids, { on, knownOn: null });
  const places = await db.selectFrom('registry.estate').select(['id', 'countyId', 'townshipId', 'neighbourhoodId', 'companyId']).where('id', 'in', ids).execute();
  const had = new Set((await db.selectFrom('registry.estateRollup').select('estateId').where('estateId', 'in', ids).execute()).map((row) => row.estateId));
  const rows = places.flatMap(({ id, ...place }) => {
    const found = heads.get(id);
    if (!found || (found.unitCount === 0 && !had.has(id))) return [];
    const weak = found.count.heads.filter((head) => head.basis === 'name-phone' || head.basis === 'name-only' || head.basis === 'nobody').length;
    return [{ estateId: id, ...place, unitCount: found.unitCount, areaCm2: found.count.area, headCount: found.count.count, weakHeadCount: weak, updatedAt: now }];
  });
  await insertMany(db, 'registry.estateRollup', rows, REPLACE);
}
