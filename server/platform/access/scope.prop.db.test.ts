import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { testKit, type TestKit } from '../testing/kit.ts';
import { everything, within, type Scope } from './scope.ts';

let world: TestKit;
beforeAll(async () => { world = await testKit([]); });
afterAll(() => world.stop());

interface Estate { readonly id: string; readonly county: string; readonly township: string; readonly neighbourhood: string | null; readonly company: string | null }

/** A random county: some townships, some of them without neighbourhoods, companies that cross townships, estates anywhere. */
const counties = fc.array(fc.record({
  townships: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
  companies: fc.nat(2),
  estates: fc.array(fc.record({ township: fc.nat(), neighbourhood: fc.option(fc.nat()), company: fc.option(fc.nat()) }), { maxLength: 6 }),
}), { minLength: 1, maxLength: 3 });

type Draft = typeof counties extends fc.Arbitrary<infer T> ? T : never;

async function plant(draft: Draft): Promise<{ estates: Estate[]; scopes: Scope[] }> {
  const estates: Estate[] = [];
  const scopes: Scope[] = [];
  await world.kit.database.write(everything, async (db) => {
    const put = (table: 'platform.orgUnit' | 'registry.company' | 'registry.estate', row: object) => db.insertInto(table).values(row as never).execute();
    for (const each of draft) {
      const county = newId<string>();
      await put('platform.orgUnit', { id: county, countyId: county, kind: 'county', name: '县', matchKey: county });
      scopes.push({ level: 'county', id: county, countyId: county });
      const townships: { id: string; neighbourhoods: string[] }[] = [];
      for (const neighbourhoods of each.townships) {
        const township = { id: newId<string>() as string, neighbourhoods: Array.from({ length: neighbourhoods }, () => newId<string>() as string) };
        townships.push(township);
        await put('platform.orgUnit', { id: township.id, countyId: county, townshipId: township.id, kind: 'township', name: '镇', matchKey: township.id });
        scopes.push({ level: 'township', id: township.id, countyId: county });
        for (const id of township.neighbourhoods) {
          await put('platform.orgUnit', { id, countyId: county, townshipId: township.id, neighbourhoodId: id, kind: 'neighbourhood', name: '社区', matchKey: id });
          scopes.push({ level: 'neighbourhood', id, countyId: county });
        }
      }
      const companies = Array.from({ length: each.companies }, () => newId<string>() as string);
      for (const id of companies) {
        await put('registry.company', { id, countyId: county, name: '企业', matchKey: id });
        scopes.push({ level: 'company', id, countyId: county });
      }
      for (const wanted of each.estates) {
        const township = townships[wanted.township % townships.length];
        if (!township) continue;
        const pick = (from: readonly string[], at: number | null) => (at === null || from.length === 0 ? null : (from[at % from.length] ?? null));
        const estate: Estate = { id: newId<string>(), county, township: township.id, neighbourhood: pick(township.neighbourhoods, wanted.neighbourhood), company: pick(companies, wanted.company) };
        await put('registry.estate', { id: estate.id, countyId: county, townshipId: estate.township, neighbourhoodId: estate.neighbourhood, companyId: estate.company, name: '小区', matchKey: estate.id, managementKind: 'unknown' });
        estates.push(estate);
        scopes.push({ level: 'estate', id: estate.id, countyId: county });
      }
    }
  });
  return { estates, scopes: [...scopes, { level: 'nothing', id: null, countyId: null }] };
}

/** What a scope may see, said as plainly as can be. */
const entitled = (scope: Scope, estate: Estate): boolean => {
  switch (scope.level) {
    case 'everything': return true;
    case 'nothing': return false;
    case 'county': return estate.county === scope.id;
    case 'township': return estate.township === scope.id;
    case 'neighbourhood': return estate.neighbourhood === scope.id;
    case 'estate': return estate.id === scope.id;
    case 'company': return estate.company === scope.id;
  }
};

test('in any tree of bodies each lock alone shows exactly what the scope is entitled to', async () => {
  await fc.assert(fc.asyncProperty(counties, async (draft) => {
    const { estates, scopes } = await plant(draft);
    const ours = new Set(estates.map(({ id }) => id));
    const seen = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).filter((id) => ours.has(id)).toSorted();
    for (const scope of scopes) {
      const model = estates.filter((estate) => entitled(scope, estate)).map(({ id }) => id).toSorted();
      const second = await world.kit.database.read(scope, (db) => db.selectFrom('registry.estate').select('id').execute());
      const first = await world.kit.database.read(everything, (db) => within(scope, db.selectFrom('registry.estate').select('id'), { own: 'estate' }).execute());
      expect([scope.level, seen(second)]).toEqual([scope.level, model]);
      expect([scope.level, seen(first)]).toEqual([scope.level, model]);
    }
  }), { numRuns: 25 });
});
