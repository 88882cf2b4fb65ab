import type { Input } from '#contract/define-route.ts';
import type { postCompany as route } from '#contract/registry/company.ts';
import type { Ctx } from '#platform/context.ts';
import { creditCodeCheckOf, creditCodeOf } from './bulk/companies.ts';
import { phoneChange } from './bulk/old.ts';
import { companyKey } from './names.ts';
import { sealPhone } from './personal.ts';
import type { CompanyRecord } from './store/records.ts';

/** Said where the name or number is taken already. */
export const TAKEN = '已有同名企业，请打开原有记录修改';

/** What the form sends. */
export type Draft = Input<typeof route>['body'];

/** The columns that a form fills; numbers are sealed. */
export const stored = (ctx: Ctx, { phone, creditCode, ...plain }: Draft, old: CompanyRecord | null) => ({
  ...plain, matchKey: companyKey(plain.name), creditCode: creditCodeOf(creditCode), creditCodeCheck: creditCodeCheckOf(creditCodeOf(creditCode)),
  // The page shows the number masked to some; what comes back masked is no new number.
  ...(phone?.includes('*') ? {} : phoneChange(ctx.kit.vault, phone, old, sealPhone)),
});
