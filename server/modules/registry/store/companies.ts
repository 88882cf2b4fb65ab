import { sql } from 'kysely';
import type { z } from 'zod';
import type { companyQuery } from '#contract/registry/company.ts';
import type { practitionerQuery } from '#contract/registry/practitioner.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import { found } from '../access.ts';
import { contractThen, knownThen, validThen, type AsOf } from '../as-of.ts';
import { counted, keyset, keyword } from './page.ts';
import type { CompanyRecord, PractitionerRecord } from './records.ts';
import { visibleCompanies, visiblePractitioners } from './visible.ts';

export type CompanyFilters = z.output<typeof companyQuery>;
export type PractitionerFilters = z.output<typeof practitionerQuery>;

/** 查企业. @throws Problem company.not-found */
export async function getCompany(db: Db, scope: Scope, id: Id<'Company'>): Promise<CompanyRecord> {
  return found(await visibleCompanies(db, scope).selectAll('c').where('c.id', '=', id).executeTakeFirst(), 'company.not-found');
}

/** 锁企业. @throws Problem company.not-found */
export async function lockCompany(db: Db, scope: Scope, id: Id<'Company'>): Promise<CompanyRecord> {
  return found(await visibleCompanies(db, scope).selectAll('c').where('c.id', '=', id).forUpdate().executeTakeFirst(), 'company.not-found');
}

/** 一页企业. */
export async function pageCompanies(db: Db, scope: Scope, f: CompanyFilters): Promise<{ rows: CompanyRecord[]; total: number; totalIsExact: boolean }> {
  let query = visibleCompanies(db, scope);
  if (f.archived !== 'true') query = query.where('c.archivedAt', 'is', null);
  if (f.status) query = query.where('c.status', '=', f.status);
  if (f.creditCodeCheck) query = query.where('c.creditCodeCheck', '=', f.creditCodeCheck);
  if (f.q) query = query.where(keyword('c', 'company', f.q));
  const [rows, total] = await Promise.all([keyset(query.selectAll('c'), 'c', f).execute(), counted(db, query)]);
  return { rows, ...total };
}

export interface Served { readonly companyId: Id<'Company'>; readonly id: Id<'Estate'>; readonly name: string; readonly township: string; readonly totalUnits: number | null; readonly totalCm2: number | null; readonly startsOn: LocalDate | null; readonly endsOn: LocalDate | null }

/** 在管项目 of these companies on a day: the estates whose contract in force, begun last, is theirs. */
export async function servedBy(db: Db, companyIds: readonly Id<'Company'>[], at: AsOf): Promise<Served[]> {
  if (companyIds.length === 0) return [];
  return (await sql<Served>`
    select * from (
      select distinct on (k.estate_id) k.company_id, e.id, e.name, t.name as township, e.total_units, e.total_cm2, k.starts_on, k.ends_on
        from registry.service_contract k join registry.estate e on e.id = k.estate_id join platform.org_unit t on t.id = e.township_id
       where k.estate_id in (select estate_id from registry.service_contract where company_id = any(${companyIds}::uuid[])) and e.archived_at is null and ${knownThen('k', at)} and ${contractThen('k', at)}
       order by k.estate_id, k.starts_on desc nulls last, k.recorded_at desc, k.id desc) current
     where company_id = any(${companyIds}::uuid[]) order by township, name`.execute(db)).rows;
}

/** 从业人员数 by company and post. */
export async function staffOf(db: Db, companyIds: readonly Id<'Company'>[]): Promise<{ companyId: Id<'Company'>; post: PractitionerRecord['post']; count: number }[]> {
  if (companyIds.length === 0) return [];
  return (await sql<{ companyId: Id<'Company'>; post: PractitionerRecord['post']; count: number }>`
    select company_id, post, count(*) as count from registry.practitioner where company_id = any(${companyIds}::uuid[]) and archived_at is null and left_on is null group by company_id, post order by count(*) desc, post`.execute(db)).rows;
}

/** 查人员. @throws Problem practitioner.not-found */
export async function getPractitioner(db: Db, scope: Scope, id: Id<'Practitioner'>, lock = false): Promise<PractitionerRecord> {
  const query = visiblePractitioners(db, scope).selectAll('p').where('p.id', '=', id);
  return found(await (lock ? query.forUpdate() : query).executeTakeFirst(), 'practitioner.not-found');
}

/** 一页从业人员. */
export async function pagePractitioners(db: Db, scope: Scope, f: PractitionerFilters): Promise<{ rows: PractitionerRecord[]; total: number; totalIsExact: boolean }> {
  let query = visiblePractitioners(db, scope);
  if (f.archived !== 'true') query = query.where('p.archivedAt', 'is', null);
  if (f.left !== 'true') query = query.where('p.leftOn', 'is', null);
  if (f.companyId) query = query.where('p.companyId', '=', f.companyId);
  if (f.post) query = query.where('p.post', '=', f.post);
  if (f.q) query = query.where(keyword('p', 'practitioner', f.q));
  const [rows, total] = await Promise.all([keyset(query.selectAll('p'), 'p', f).execute(), counted(db, query)]);
  return { rows, ...total };
}

/** 任项目经理的小区 of these people on a day. */
export async function managedBy(db: Db, ids: readonly Id<'Practitioner'>[], at: AsOf): Promise<{ practitionerId: Id<'Practitioner'>; estateId: Id<'Estate'>; name: string; validFrom: LocalDate | null; validTo: LocalDate | null }[]> {
  if (ids.length === 0) return [];
  return (await sql<{ practitionerId: Id<'Practitioner'>; estateId: Id<'Estate'>; name: string; validFrom: LocalDate | null; validTo: LocalDate | null }>`
    select m.practitioner_id, m.estate_id, e.name, m.valid_from, m.valid_to from registry.estate_manager m join registry.estate e on e.id = m.estate_id
     where m.practitioner_id = any(${ids}::uuid[]) and ${knownThen('m', at)} and ${validThen('m', at)} order by e.name`.execute(db)).rows;
}

/** 历次任项目经理 of one person, the latest first; what was corrected away is left out. */
export async function assignmentsOf(db: Db, id: Id<'Practitioner'>): Promise<{ estateId: Id<'Estate'>; name: string; validFrom: LocalDate | null; validTo: LocalDate | null }[]> {
  return (await sql<{ estateId: Id<'Estate'>; name: string; validFrom: LocalDate | null; validTo: LocalDate | null }>`
    select m.estate_id, e.name, m.valid_from, m.valid_to from registry.estate_manager m join registry.estate e on e.id = m.estate_id
     where m.practitioner_id = ${id} and m.superseded_at is null order by m.valid_to nulls first, m.valid_from desc nulls last, e.name limit 100`.execute(db)).rows;
}

/** 企业名称 by id. */
export async function companyNames(db: Db, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  return wanted.length === 0 ? new Map() : new Map((await sql<{ id: string; name: string }>`select id, name from registry.company where id = any(${wanted}::uuid[])`.execute(db)).rows.map((row) => [row.id, row.name]));
}
