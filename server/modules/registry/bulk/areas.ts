import type { Id } from '#domain/kernel/brand.ts';
import { newId } from '#platform/ids.ts';
import type { EstateUnits } from './estate-units.ts';
import { scopeOf } from './place.ts';
import type { BulkOptions, UnitFields } from './types.ts';

/** A unit whose head is decided, with what the ledger tells of its area and holders. */
export interface Wanted { readonly unitId: Id<'Unit'>; readonly estate: EstateUnits; readonly set: Partial<UnitFields>; readonly matchKey: string }

/** Lines of a bitemporal table: some are corrected away, others come in. */
export interface Lines { readonly gone: string[]; readonly fresh: Readonly<Record<string, unknown>>[] }

/** 拟写面积: each source keeps its own line; the same figure again changes nothing, another one corrects it. */
export function decideAreas(wanted: readonly Wanted[], { at, batchId }: BulkOptions): Lines {
  const lines: Lines = { gone: [], fresh: [] };
  for (const { unitId, estate, set } of wanted) {
    if (set.areaCm2 === undefined || set.areaCm2 <= 0) continue;
    const known = estate.areasOf.get(unitId) ?? [];
    // A ledger without 面积依据 speaks of the line that stands.
    const areaSource = set.areaSource ?? known[0]?.areaSource ?? 'unknown';
    const line = known.find((row) => row.areaSource === areaSource);
    if (line?.areaCm2 === set.areaCm2) continue;
    if (line) lines.gone.push(line.id);
    const fresh = { id: newId<'UnitArea'>(), ...scopeOf(estate.place), estateId: estate.place.id, unitId, areaCm2: set.areaCm2, areaSource, recordedAt: at, batchId };
    estate.areasOf.set(unitId, [...known.filter((row) => row !== line), fresh]);
    lines.fresh.push(fresh);
  }
  return lines;
}
