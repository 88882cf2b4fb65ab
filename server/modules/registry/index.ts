import { defineModule } from '#platform/module.ts';

/** 基础台账: 小区、企业、人员、房屋、业主、合同、通讯录. */
export const registry = defineModule({ name: 'registry', routes: [] });

export * from './bulk.ts';
export { companyKey, estateKey, unitMatchKey, unitTitle } from './names.ts';
export { headsOf, recountEstate } from './recount.ts';
