import { sql } from 'kysely';
import { makeId, type AreaCm2, type Id } from '#domain/kernel/brand.ts';
import type { AreaSource } from '#domain/registry/area-source.ts';
import type { HeadFlagKind } from '#domain/registry/head-flags.ts';
import { inspect, type QualityFinding, type QualityLimits } from '#domain/registry/quality/quality-rule.ts';
import { unitQuality } from '#domain/registry/quality/units.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { holds, unitCan } from '../../access.ts';
import type { AsOf } from '../../as-of.ts';
import { unitTitle } from '../../names.ts';
import type { Target } from '../../quality.ts';
import { headsOf } from '../../recount.ts';
import { bestArea } from '../../store/best-area.ts';
import type { EstateFacts } from '../../store/estates.ts';
import type { EstateRecord } from '../../store/records.ts';
import { ownersOf, type HolderLine } from '../../store/units.ts';
import { placed, placeOf, type Placed } from './placed.ts';

interface UnitRow { readonly id: Id<'Unit'>; readonly building: string; readonly entrance: string; readonly room: string; readonly areaCm2: AreaCm2 | null; readonly areaSource: AreaSource | null }

/**
 * 逐户的数据问题 of one estate. What is doubtful about holders is told to those who may see owners; an estate whose owners nobody has loaded yet is
 * not blamed for it.
 */
export async function ofUnits(db: Db, ctx: Ctx, estate: EstateRecord, facts: EstateFacts, limits: QualityLimits, at: AsOf): Promise<Placed[]> {
  const units = (await sql<UnitRow>`
    select u.id, b.name as building, u.entrance, u.room, best.area_cm2, best.area_source from registry.unit u join registry.building b on b.id = u.building_id
      left join lateral ${bestArea(at)} best on true where u.estate_id = ${estate.id} and u.archived_at is null order by u.match_key, u.id`.execute(db)).rows;
  const flags = holds(ctx, 'registry.owner.read') ? await flagsOf(db, estate, at) : new Map<Id<'Unit'>, HeadFlagKind[]>();
  const holders = Map.groupBy(await ownersOf(db, [...flags.keys()], at), (line) => line.unitId);
  const repair = unitCan(ctx, estate).edit;
  return units.flatMap((unit) => inspect(unitQuality, { asOf: at.on, limits, facts: { area: unit.areaCm2, areaSource: unit.areaSource ?? 'unknown', headFlags: flags.get(unit.id) ?? [], isDuplicate: false } })
    .map((finding) => placed({ ...finding, target: targetOf(finding, unit, holders.get(unit.id) ?? []), repair }, `${estate.name} ${unitTitle(unit.building, unit.entrance, unit.room)}`, placeOf(estate, facts))));
}

/** A number is mended in its owner's record; everything else where the home is recorded. */
function targetOf({ rule, field }: QualityFinding, unit: UnitRow, holders: readonly HolderLine[]): Target {
  const owner = rule === 'registry.unit-weak-identity' ? holders.find((line) => line.idCipher === null) : rule === 'registry.unit-number-several-names' ? holders.find((line) => line.idCipher !== null) : undefined;
  return owner === undefined ? { kind: 'unit', id: unit.id, field: field === 'roomNo' ? 'room' : field } : { kind: 'owner', id: owner.ownerId, field: 'idNumber' };
}

async function flagsOf(db: Db, estate: EstateRecord, at: AsOf): Promise<Map<Id<'Unit'>, HeadFlagKind[]>> {
  const count = (await headsOf(db, [estate.id], at)).get(estate.id)?.count;
  const flags = new Map<Id<'Unit'>, HeadFlagKind[]>();
  const hasOwners = count?.heads.some((head) => head.basis !== 'nobody') ?? false;
  for (const flag of hasOwners ? count?.flags ?? [] : []) for (const unitId of flag.unitIds.map(makeId<'Unit'>)) flags.set(unitId, [...flags.get(unitId) ?? [], flag.kind]);
  return flags;
}
