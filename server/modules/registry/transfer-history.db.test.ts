import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { areaCm2, localDate, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { testWorld, type World } from './testing/world.ts';
import { ownersOf } from './store/units.ts';
import { createBuilding } from './use-cases/create-building.ts';
import { createEstate } from './use-cases/create-estate.ts';
import { transferOwnership } from './use-cases/transfer-ownership.ts';
import { createUnit } from './use-cases/create-unit.ts';
import { getUnit } from './use-cases/get-unit.ts';

let world: World;
let estateId: Id<'Estate'>;
let buildingId: Id<'Building'>;
let rooms = 0;
beforeAll(async () => {
  world = await testWorld();
  const estate = await createEstate(world.clerk(), { params: {}, query: {}, body: {
    townshipId: world.east, neighbourhoodId: null, name: '历史苑', phase: null, address: null, managementKind: 'unknown', deliveredOn: null, totalCm2: null, deliveredCm2: null, totalUnits: null, occupiedUnits: null, buildingCount: null, developerName: null,
    managerName: null, feeFenPerM2Month: null, feeBasis: null, collectionRateBp: null, liftCount: null, parkingCount: null, chargingCount: null, fireSystem: null, gridMember: null, note: null,
  } });
  estateId = estate.id;
  buildingId = (await createBuilding(world.clerk(), { params: { estateId }, query: {}, body: { name: '1幢', floors: null, liftCount: null } })).id;
});
afterAll(() => world.stop());

const FIRST = localDate('2025-01-01');
const NAMES = ['甲', '乙', '丙', '丁'] as const;
interface Step { readonly recordedOn: number; readonly from: number | null; readonly holders: readonly (typeof NAMES)[number][] }
const step = fc.record({ from: fc.option(fc.integer({ min: 0, max: 30 }), { nil: null }), holders: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 }) });
/** At most one is recorded a day; the day on which it is recorded has nothing to do with the day from which it holds. */
const steps: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 1, maxLength: 7 }).map((all) => all.map((one, at) => ({ ...one, recordedOn: at * 3 + 40 })));

/** The naive model: what is known by a day is a map from the day a state begins to its holders; the last begun rules. */
function expected(all: readonly Step[], on: number, knownOn: number): string[] {
  const points = new Map<number, readonly string[]>();
  for (const { recordedOn, from, holders } of all) if (recordedOn <= knownOn) points.set(from ?? -Infinity, holders);
  const begun = [...points].filter(([from]) => from <= on).toSorted(([a], [b]) => b - a);
  return [...(begun[0]?.[1] ?? [])].toSorted();
}
const dayOf = (n: number): LocalDate => addDays(FIRST, n);

test('whatever transfers are recorded in whatever order, any day asked as known on any day answers what a naive model answers', async () => {
  await fc.assert(fc.asyncProperty(steps, async (all) => {
    rooms += 1;
    world.clock.set(`${dayOf(39)}T02:00:00.000Z`);
    const unit = await createUnit(world.clerk(), { params: { estateId }, query: {}, body: { buildingId, entrance: '', room: String(rooms), usage: 'residential', deliveredOn: null, areaCm2: areaCm2(1_000_000), areaSource: 'contract' } });
    for (const { recordedOn, from, holders } of all) {
      world.clock.set(`${dayOf(recordedOn)}T02:00:00.000Z`);
      const { version } = await getUnit(world.clerk(), { params: { unitId: unit.id }, query: {}, body: {} });
      await transferOwnership(world.clerk(version), { params: { unitId: unit.id }, query: {}, body: { onDate: from === null ? null : dayOf(from), basis: 'register', holders: holders.map((name) => ({ name, kind: 'owner' as const })) } });
    }
    const answers = await world.clerk().read(async (db) => {
      const found: Record<string, string[]> = {};
      for (const on of [-5, 0, 1, 7, 15, 22, 30, 45]) {
        for (const knownOn of [39, 40, 43, 47, 52, 58, 70]) found[`${on}/${knownOn}`] = (await ownersOf(db, [unit.id], { on: dayOf(on), knownOn: dayOf(knownOn) })).map((line) => line.name).toSorted();
        found[`${on}/now`] = (await ownersOf(db, [unit.id], { on: dayOf(on), knownOn: null })).map((line) => line.name).toSorted();
      }
      return found;
    });
    for (const [question, answer] of Object.entries(answers)) {
      const [on = '', knownOn = ''] = question.split('/');
      expect({ question, answer }).toEqual({ question, answer: expected(all, Number(on), knownOn === 'now' ? 1_000 : Number(knownOn)) });
    }
  }), { numRuns: 25 });
});
