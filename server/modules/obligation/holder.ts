import { sql } from 'kysely';
import { settled, type Duty, type HolderKind } from '#domain/kernel/duty.ts';
import type { Db } from '#platform/db/types.ts';
import type { Fact, HolderRef } from './fact.ts';

/** 责任主体 of one duty: its kind and the body, as stored. */
export interface Holder { readonly kind: HolderKind; readonly orgUnitId: string; readonly userId: string | null }

/** 由谁承担: the body named for the duty's kind of holder, else the one whose area it is. @throws Error when nobody can be found: the duty or the fact is wrong */
export function holderOf(duty: Duty<unknown>, facts: unknown, { holders, place }: Pick<Fact, 'holders' | 'place'>): Holder {
  const kind = settled<unknown, HolderKind>(duty.holder, facts);
  const found = bodyOf(kind, holders, place);
  if (found === null) throw new Error(`${duty.id}: no ${kind} to hold it`);
  return { kind, orgUnitId: found.orgUnitId, userId: found.userId ?? null };
}

/** The body of one kind. */
export function bodyOf(kind: HolderKind, holders: Fact['holders'], { countyId, townshipId, neighbourhoodId, companyId }: Fact['place']): HolderRef | null {
  const named = holders[kind];
  if (named !== undefined) return named;
  const byPlace: Partial<Record<HolderKind, string | null>> = { 'county-bureau': countyId, 'conference-office': countyId, township: townshipId, neighbourhood: neighbourhoodId, company: companyId };
  const orgUnitId = byPlace[kind] ?? null;
  return orgUnitId === null ? null : { orgUnitId };
}

/** 名称 of bodies and companies, by id; what the county holds is its bureau's. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const known = [...new Set(ids)];
  if (known.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select o.id, case when o.kind = 'county' then coalesce((select b.name from platform.org_unit b where b.county_id = o.id and b.kind = 'bureau' and b.archived_at is null order by b.sort_no, b.id limit 1), o.name) else o.name end as name
      from platform.org_unit o where o.id = any(${known}::uuid[]) union all select id, name from registry.company where id = any(${known}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
