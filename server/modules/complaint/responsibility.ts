import { categoryOf, type CategoryCode } from '#domain/complaint/category.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';

/** 现行责任清单: of each category the line begun last by `on`. */
export async function responsibilitiesOn(db: Db, countyId: Id<'OrgUnit'>, on: LocalDate) {
  return db.selectFrom('complaint.responsibility as r').innerJoin('platform.orgUnit as o', 'o.id', 'r.leadId').distinctOn('r.categoryCode')
    .select(['r.categoryCode', 'r.leadId', 'o.name as lead', 'r.assisting', 'r.basis', 'r.effectiveFrom', 'r.setByName'])
    .where('r.countyId', '=', countyId).where('r.effectiveFrom', '<=', on).orderBy('r.categoryCode').orderBy('r.effectiveFrom', 'desc').execute();
}

/** 这一类由谁主办: the county's own line, else the default, which names a kind of body and no body. */
export async function responsibilityFor(db: Db, countyId: Id<'OrgUnit'>, category: CategoryCode, on: LocalDate): Promise<{ leadId: Id<'OrgUnit'> | null; lead: string; assisting: string; basis: string }> {
  const found = (await responsibilitiesOn(db, countyId, on)).find(({ categoryCode }) => categoryCode === category);
  const { lead, assisting, basis } = categoryOf(category);
  return found === undefined ? { leadId: null, lead, assisting, basis: `${basis}（平台默认，县还没有登记）` } : { leadId: found.leadId, lead: found.lead, assisting: found.assisting, basis: found.basis };
}
