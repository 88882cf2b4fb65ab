import type { Input, Output } from '#contract/define-route.ts';
import type { getPrivacyPeriods as route } from '#contract/owner-binding.ts';
import { complainantYears } from '#domain/complaint/policy.ts';
import { endedBindingDays, phoneSessionDays } from '#domain/owner/policy.ts';
import type { Ctx } from '#platform/context.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { inCounty, nowhere } from '../context.ts';
import { soleCounty } from '../wide.ts';
import { estateForOwners } from './look-at-estate.ts';

/** 保存期, as the county of the estate has set them today; where no estate is named and several counties share the product, what holds for all until one sets its own. @throws Problem estate.not-found */
export async function getPrivacyPeriods(ctx: Ctx, { query }: Input<typeof route>): Promise<Output<typeof route>> {
  const estate = query.estateId === undefined ? null : await estateForOwners(ctx, query.estateId);
  const countyId = estate !== null ? estate.countyId : await soleCounty(ctx);
  return (countyId === null ? nowhere(ctx) : inCounty(ctx, countyId)).read(async (db) => {
    const [complainant, ended, session] = [await parameterValue(db, countyId, complainantYears, ctx.today), await parameterValue(db, countyId, endedBindingDays, ctx.today), await parameterValue(db, countyId, phoneSessionDays, ctx.today)];
    return { complainantYears: complainant, endedBindingDays: ended, phoneSessionDays: session };
  });
}
