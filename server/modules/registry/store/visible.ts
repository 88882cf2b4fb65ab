import type { SelectQueryBuilder } from 'kysely';
import { makeId } from '#domain/kernel/brand.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Db, Tables } from '#platform/db/types.ts';

/** Every read of the registry starts at one of these, so that no query can forget its scope. */
export const visibleEstates = (db: Db, scope: Scope) => within(scope, db.selectFrom('registry.estate as e'), { own: 'estate', alias: 'e' });
export const visibleUnits = (db: Db, scope: Scope) => within(scope, db.selectFrom('registry.unit as u'), { alias: 'u' });
export const visibleBuildings = (db: Db, scope: Scope) => within(scope, db.selectFrom('registry.building as b'), { alias: 'b' });
export const visibleOwners = (db: Db, scope: Scope) => within(scope, db.selectFrom('registry.owner as o'), { alias: 'o' });
export const visibleContracts = (db: Db, scope: Scope) => within(scope, db.selectFrom('registry.serviceContract as k'), { alias: 'k' });
export const visibleContacts = (db: Db, scope: Scope) => within(scope, db.selectFrom('registry.contact as t'), { shared: true, alias: 't' });

/** At the level of an estate the company that serves it is visible, and its people. */
const servingCompany = (db: Db, { id }: Scope) => db.selectFrom('registry.estate').select('companyId').where('id', '=', makeId<'Estate'>(id ?? NOBODY));
/** Never an estate's id: a scope without one sees nothing. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** 可见的企业. */
export function visibleCompanies(db: Db, scope: Scope): SelectQueryBuilder<Tables & { c: Tables['registry.company'] }, 'c', object> {
  const all = db.selectFrom('registry.company as c');
  if (scope.level === 'estate') return all.where('c.id', '=', servingCompany(db, scope));
  return within(scope, all, { own: 'company', shared: true, alias: 'c' });
}

/** 可见的从业人员. */
export function visiblePractitioners(db: Db, scope: Scope): SelectQueryBuilder<Tables & { p: Tables['registry.practitioner'] }, 'p', object> {
  const all = db.selectFrom('registry.practitioner as p');
  if (scope.level === 'estate') return all.where('p.companyId', '=', servingCompany(db, scope));
  return within(scope, all, { shared: true, alias: 'p' });
}
