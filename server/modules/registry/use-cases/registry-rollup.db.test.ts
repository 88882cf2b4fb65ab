import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveEstate } from './archive-estate.ts';
import { getEstate } from './get-estate.ts';
import { getRegistryRollup } from './registry-rollup.ts';
import { testCounty, type County } from '../overview/testing/county.ts';

let county: County;
beforeAll(async () => { county = await testCounty(); });
afterAll(() => county.stop());

test('totals sum every estate in scope and its register, and forget archived estates', async () => {
  expect(await getRegistryRollup(county.clerk())).toEqual({ estates: 2, totalUnits: 23, occupiedUnits: 12, withoutTotalUnits: 0, unitsRecorded: 3, headCount: 2, listedEstates: 1 });
  expect(await getRegistryRollup(county.township(county.west))).toEqual({ estates: 1, totalUnits: 20, occupiedUnits: 10, withoutTotalUnits: 0, unitsRecorded: 0, headCount: 0, listedEstates: 0 });

  const params = { estateId: county.silver };
  const { version } = await getEstate(county.clerk(), { ...county.empty, params });
  await archiveEstate({ ...county.clerk(), ifMatch: version }, { ...county.empty, params, body: { reason: '登记错了' } });
  expect(await getRegistryRollup(county.clerk())).toMatchObject({ estates: 1, totalUnits: 3 });
});
