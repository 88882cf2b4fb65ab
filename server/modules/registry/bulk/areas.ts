import { sql } from 'kysely';
import type { Id } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { insertMany } from '../store/bulk-sql.ts';
import { supersede } from '../store/supersede.ts';
import type { UnitAreaRecord } from '../store/records.ts';
import { scopeOf, type EstatePlace } from './place.ts';
import type { BulkOptions, UnitFields } from './types.ts';

export interface Wanted { readonly unitId: Id<'Unit'>; readonly estateId: Id<'Estate'>; readonly set: Partial<UnitFields>; readonly matchKey: string }

/** 写面积: each source keeps its own line; the same figure again changes nothing, another one corrects it. */
export async function writeAreas(db: Db, wanted: readonly Wanted[], estates: ReadonlyMap<Id<'Estate'>, EstatePlace>, { at, batchId }: BulkOptions): Promise<void> {
  const told = wanted.filter(({ set }) => set.areaCm2 !== undefined && set.areaCm2 > 0);
  if (told.length === 0) return;
  const estateIds = [...new Set(told.map((row) => row.estateId))];
  const known = await sql<Pick<UnitAreaRecord, 'id' | 'unitId' | 'areaCm2' | 'areaSource'>>`
    select id, unit_id, area_cm2, area_source from registry.unit_area where estate_id = any(${estateIds}::uuid[]) and valid_to is null and superseded_at is null order by recorded_at`.execute(db);
  const byUnit = Map.groupBy(known.rows, (row) => row.unitId);
  const gone: string[] = [];
  const fresh = told.flatMap(({ unitId, estateId, set }) => {
    const lines = byUnit.get(unitId) ?? [];
    // A ledger without 面积依据 speaks of the line that stands.
    const areaSource = set.areaSource ?? lines[0]?.areaSource ?? 'unknown';
    const line = lines.find((row) => row.areaSource === areaSource);
    if (line?.areaCm2 === set.areaCm2) return [];
    if (line) gone.push(line.id);
    return [{ id: newId(), ...scopeOf(estates.get(estateId)), estateId, unitId, areaCm2: set.areaCm2, areaSource, recordedAt: at, batchId }];
  });
  await supersede(db, 'registry.unit_area', gone, at);
  await insertMany(db, 'registry.unitArea', fresh);
}
