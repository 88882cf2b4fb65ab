import { sql } from 'kysely';
import type { AreaCm2, Id, Instant } from '#domain/kernel/brand.ts';
import { countHeads, tallyHeads, type HeadCount, type Holder, type UnitHolding } from '#domain/registry/heads.ts';
import type { Db } from '#platform/db/types.ts';
import { knownThen, validThen, type AsOf } from './as-of.ts';
import { insertMany } from './store/bulk-sql.ts';

interface AreaRow { readonly unitId: Id<'Unit'>; readonly areaCm2: AreaCm2; readonly areaSource: string }
interface HolderRow { readonly unitId: Id<'Unit'>; readonly name: string; readonly ownerKind: string; readonly idIndex: string | null; readonly phoneIndex: string | null; readonly kind: string }

/**
 * 各户产权: every unit of these estates with its prevailing area and its holders in the order of the register. Three plain reads joined here:
 * one join of all four tables is planned badly right after an import, when PostgreSQL does not yet know how full they are.
 */
async function holdings(db: Db, estateIds: readonly Id<'Estate'>[], at: AsOf): Promise<Map<Id<'Estate'>, CountedUnit[]>> {
  const [units, areas, lines, named] = await Promise.all([
    sql<{ id: Id<'Unit'>; estateId: Id<'Estate'> }>`select id, estate_id from registry.unit where estate_id = any(${estateIds}::uuid[]) and archived_at is null order by id`.execute(db),
    sql<AreaRow>`
      select a.unit_id, a.area_cm2, a.area_source from registry.unit_area a where a.estate_id = any(${estateIds}::uuid[]) and ${knownThen('a', at)} and ${validThen('a', at)}
       order by array_position(array['unknown', 'contract', 'survey', 'register'], a.area_source), a.recorded_at`.execute(db),
    sql<{ unitId: Id<'Unit'>; ownerId: Id<'Owner'>; kind: string }>`
      select s.unit_id, s.owner_id, s.kind from registry.ownership s where s.estate_id = any(${estateIds}::uuid[]) and ${knownThen('s', at)} and ${validThen('s', at)} order by s.kind = 'co-owner', s.id`.execute(db),
    sql<Omit<HolderRow, 'unitId' | 'kind'> & { id: Id<'Owner'> }>`
      select id, name, kind as owner_kind, id_index, phone_index from registry.owner where estate_id = any(${estateIds}::uuid[])`.execute(db),
  ]);
  const owners = new Map(named.rows.map((row) => [row.id, row]));
  // Best last: the later entry of a unit takes the place of the earlier.
  const areaOf = new Map(areas.rows.map((row) => [row.unitId, row]));
  const holdersOf = Map.groupBy(lines.rows.flatMap(({ unitId, ownerId, kind }): HolderRow[] => { const owner = owners.get(ownerId); return owner ? [{ ...owner, unitId, kind }] : []; }), (row) => row.unitId);
  const counted = units.rows.map(({ id, estateId }) => {
    const [area, holders] = [areaOf.get(id), holdersOf.get(id) ?? []];
    return { estateId, source: area?.areaSource ?? 'unknown', holding: { unitId: id, area: area?.areaCm2 ?? NO_AREA, standing: standingOf(holders[0]?.kind), holders: holders.map(holderOf) } };
  });
  return Map.groupBy(counted, (unit) => unit.estateId);
}

const holderOf = (row: HolderRow): Holder => ({ name: row.name, isOrganisation: row.ownerKind !== 'person', identityKey: row.idIndex, phoneKey: row.phoneIndex });
const standingOf = (kind: string | undefined): UnitHolding['standing'] => (kind === 'developer-unsold' ? 'unsold' : kind === 'developer-undelivered' ? 'undelivered' : 'delivered');
const NO_AREA = 0 as AreaCm2;

export interface EstateHeads { readonly count: HeadCount; readonly unitCount: number; readonly bySource: { areaSource: string; count: number; areaCm2: number }[] }

/** 业主人数: of each estate on a day, with its explanation and what is doubtful. */
export async function headsOf(db: Db, estateIds: readonly Id<'Estate'>[], at: AsOf): Promise<Map<Id<'Estate'>, EstateHeads>> {
  if (estateIds.length === 0) return new Map();
  const [found, estates] = await Promise.all([holdings(db, estateIds, at), db.selectFrom('registry.estate').select(['id', 'developerName']).where('id', 'in', estateIds as Id<'Estate'>[]).execute()]);
  return new Map(estates.map(({ id, developerName }) => {
    const units = found.get(id) ?? [];
    return [id, { count: countHeads(units.map(({ holding }) => holding), developerName), unitCount: units.length, bySource: sourcesOf(units) }];
  }));
}

interface CountedUnit { readonly estateId: Id<'Estate'>; readonly holding: UnitHolding; readonly source: string }

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
  const [found, estates, had] = await Promise.all([
    holdings(db, ids, { on, knownOn: null }),
    db.selectFrom('registry.estate').select(['id', 'countyId', 'townshipId', 'neighbourhoodId', 'companyId', 'developerName']).where('id', 'in', ids).execute(),
    db.selectFrom('registry.estateRollup').select('estateId').where('estateId', 'in', ids).execute(),
  ]);
  const rows = estates.flatMap(({ id, developerName, ...place }) => {
    const units = found.get(id) ?? [];
    if (units.length === 0 && !had.some(({ estateId }) => estateId === id)) return [];
    const heads = tallyHeads(units.map(({ holding }) => holding), developerName);
    return [{ estateId: id, ...place, unitCount: units.length, areaCm2: heads.area, headCount: heads.count, weakHeadCount: heads.weak, updatedAt: now }];
  });
  await insertMany(db, 'registry.estateRollup', rows, REPLACE);
}
