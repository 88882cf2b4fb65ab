import type { LocalDate } from '#domain/kernel/brand.ts';
import type { CompanyFact, PractitionerFact } from '#domain/report/facts.ts';
import { within } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import type { FactsWanted } from './load-facts.ts';

/** 在县经营的企业, registered by the day; whom they serve is filled in by the caller. */
export async function loadCompanies(db: Db, { scope, on }: FactsWanted): Promise<CompanyFact[]> {
  const rows = await within(scope, db.selectFrom('registry.company as c'), { own: 'company', shared: true, alias: 'c' })
    .select(['c.id', 'c.name', 'c.creditCode', 'c.legalPerson', 'c.registeredOn', 'c.address']).where('c.archivedAt', 'is', null).where('c.status', '=', 'active').orderBy('c.name').orderBy('c.id').execute();
  return rows.filter(({ registeredOn }) => isBy(registeredOn, on)).map((row) => ({ ...row, estateIds: [] }));
}

/** 在职的从业人员 on the day: one of whom no day of hiring is known is taken as hired before. */
export async function loadPractitioners(db: Db, { scope, on }: FactsWanted): Promise<PractitionerFact[]> {
  const rows = await within(scope, db.selectFrom('registry.practitioner as p'), { shared: true, alias: 'p' }).leftJoin('registry.company as c', 'c.id', 'p.companyId')
    .select(['p.id', 'p.name', 'p.post', 'p.hiredOn', 'p.leftOn', 'c.name as company']).where('p.archivedAt', 'is', null).orderBy('p.id').execute();
  return rows.filter(({ hiredOn, leftOn }) => isBy(hiredOn, on) && (leftOn === null || leftOn > on)).map(({ id, name, post, company }) => ({ id, name, post, company }));
}

const isBy = (day: LocalDate | null, on: LocalDate): boolean => day === null || day <= on;
