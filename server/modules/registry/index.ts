import { defineModule } from '#platform/module.ts';
import { overviewRoutes } from './overview/index.ts';

/** 基础台账: 小区、企业、人员、房屋、业主、合同、通讯录. */
export const registry = defineModule({
  name: 'registry',
  routes: [
    // search, directory, sheets and data quality live in overview/
    ...overviewRoutes,
  ],
});

export * from './bulk.ts';
export { companyKey, estateKey, unitMatchKey, unitTitle } from './names.ts';
export { headsOf, recountEstate } from './recount.ts';
export { asOf, type AsOf } from './as-of.ts';
export { allEstates } from './store/estates.ts';
export { orgNames } from './store/org-units.ts';
export { parameterOverrides } from './store/parameters.ts';
export type { EstateRecord } from './store/records.ts';
