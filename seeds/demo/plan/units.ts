import { areaCm2, type AreaCm2, type Id } from '#domain/kernel/brand.ts';
import { buildingKey } from '#domain/kernel/unit-number.ts';
import { unitMatchKey } from '#modules/registry/names.ts';
import type { Random } from '../random.ts';
import { FIRST_ENTRY, SECOND_ENTRY } from './contracts.ts';
import { placeOf, type AreaRow, type BuildingRow, type EstateRow, type Making, type UnitRow } from './rows.ts';

const ESTATES = 12;
/** Aim for the units of the estates whose owners are known. */
const UNITS = 6_000;

/** 有房屋名册的小区: twelve, from several townships, together near six thousand units. */
export function estatesWithUnits({ random }: Making, estates: readonly EstateRow[]): EstateRow[] {
  const fit = estates.filter(({ totalUnits, occupiedUnits, managementKind, developerName }) => (totalUnits ?? 0) >= 180 && (totalUnits ?? 0) <= 1_100 && (occupiedUnits ?? 0) > 0 && managementKind !== 'unknown' && developerName !== null);
  const draws = Array.from({ length: 300 }, () => random.shuffled(fit).slice(0, ESTATES));
  return draws.reduce((best, drawn) => (missBy(drawn) < missBy(best) ? drawn : best));
}

/** How far a draw is from the aim: in units, and too few townships. */
function missBy(drawn: readonly EstateRow[]): number {
  const townships = new Set(drawn.map(({ townshipId }) => townshipId)).size;
  return Math.abs(UNITS - drawn.reduce((total, { totalUnits }) => total + (totalUnits ?? 0), 0)) + 400 * Math.max(0, 6 - townships);
}

/** 一个小区的楼栋、房屋、面积. */
export interface Stock { readonly estate: EstateRow; readonly buildings: readonly BuildingRow[]; readonly units: readonly UnitRow[]; readonly areas: readonly AreaRow[] }

/** 演示房屋: buildings of the estate's own shape until its number of units is reached. */
export function planStock(making: Making, estate: EstateRow, count: number): Stock {
  const { random, newId } = making;
  const shape = shapeOf(random);
  const buildings: BuildingRow[] = [];
  const units: UnitRow[] = [];
  const areas: AreaRow[] = [];
  const open = (name: string, floors: number | null) => {
    const building: BuildingRow = { id: newId(), ...placeOf(estate), name, matchKey: buildingKey(name), floors, liftCount: floors !== null && floors > 7 ? shape.entrances : 0 };
    buildings.push(building);
    return building;
  };
  const put = (building: BuildingRow, number: { entrance: string; room: string; usage: UnitRow['usage'] }, area: AreaCm2) => {
    if (units.length >= count) return;
    const unit: UnitRow = { id: newId(), ...placeOf(estate), buildingId: building.id, entrance: number.entrance, room: number.room, matchKey: unitMatchKey({ building: building.name, ...number }), usage: number.usage ?? 'residential', deliveredOn: estate.deliveredOn ?? null };
    units.push(unit);
    areas.push(...areaRows(making, unit, area));
  };
  const shops = Math.round(count * 0.02);
  for (let at = 1; units.length < count - shops; at += 1) fillBuilding(random, shape, open(`${at}${shape.word}`, shape.floors), put, () => units.length < count - shops);
  if (shops === 0) return { estate, buildings, units, areas };
  const row = open('商铺楼', 2);
  for (let at = 1; units.length < count; at += 1) put(row, { entrance: '', room: String(at), usage: 'commercial' }, areaCm2(random.whole(2_800, 16_000) * 100));
  return { estate, buildings, units, areas };
}

interface Shape { readonly word: string; readonly floors: number; readonly entrances: number; readonly layouts: readonly number[] }

function shapeOf(random: Random): Shape {
  const isHigh = random.chance(0.65);
  return {
    word: random.pick(['幢', '幢', '号楼', '栋']), floors: isHigh ? random.pick([11, 16, 17, 18, 26]) : random.pick([5, 6, 6, 7]),
    entrances: isHigh ? random.whole(1, 2) : random.whole(2, 4),
    // Hundredths of a square metre of each layout on a floor.
    layouts: Array.from({ length: isHigh ? random.whole(2, 4) : 2 }, () => random.whole(isHigh ? 7_800 : 5_600, isHigh ? 14_600 : 11_800)),
  };
}

type Put = (building: BuildingRow, number: { entrance: string; room: string; usage: UnitRow['usage'] }, area: AreaCm2) => void;

function fillBuilding(random: Random, shape: Shape, building: BuildingRow, put: Put, hasRoom: () => boolean): void {
  for (let entrance = 1; entrance <= shape.entrances; entrance += 1) {
    for (let floor = 1; floor <= shape.floors; floor += 1) {
      for (const [at, layout] of shape.layouts.entries()) {
        if (!hasRoom()) return;
        put(building, { entrance: String(entrance), room: `${floor}0${at + 1}`, usage: 'residential' }, areaCm2((layout + random.whole(-45, 45)) * 100));
      }
    }
  }
}

/** Most areas are from the register; some only from survey or contract, a few are missing, doubled, or were put right later. */
function areaRows({ random, newId }: Making, unit: UnitRow, area: AreaCm2): AreaRow[] {
  const areaSource = random.weighted({ register: 80, survey: 12, contract: 6, unknown: 2 });
  const row = (draft: Partial<AreaRow> = {}): AreaRow => ({
    id: newId(), countyId: unit.countyId, townshipId: unit.townshipId, neighbourhoodId: unit.neighbourhoodId ?? null, estateId: unit.estateId, companyId: unit.companyId ?? null, unitId: unit.id,
    areaCm2: area, areaSource, validFrom: null, validTo: null, recordedAt: FIRST_ENTRY, supersededAt: null, ...draft,
  });
  const off = areaCm2(area + random.whole(-300, 300) * 100);
  if (random.chance(0.004)) return [];
  if (areaSource === 'register' && random.chance(0.03)) return [row({ areaSource: 'contract', areaCm2: off }), row()];
  if (random.chance(0.008)) return [row({ areaCm2: off, supersededAt: SECOND_ENTRY }), row({ recordedAt: SECOND_ENTRY })];
  return [row()];
}

/** 名册与总户数、总面积: ten estates agree with their lists, one list is short, one total area is off. */
export function agreeing(estates: readonly EstateRow[], stocks: readonly Stock[]): EstateRow[] {
  const byId = new Map<Id<'Estate'>, { stock: Stock; at: number }>(stocks.map((stock, at) => [stock.estate.id, { stock, at }]));
  return estates.map((estate) => {
    const found = byId.get(estate.id);
    if (!found || found.at === 1) return estate;
    const current = new Map(found.stock.areas.filter(({ supersededAt }) => supersededAt === null).map((row) => [row.unitId, row.areaCm2]));
    const total = areaCm2([...current.values()].reduce((sum, value) => sum + value, 0));
    return { ...estate, totalCm2: total, deliveredCm2: total, buildingCount: found.stock.buildings.length };
  });
}
