import { sql } from 'kysely';
import type { Db } from '#platform/db/types.ts';
import type { EstateRecord, CompanyRecord, PractitionerRecord } from './store/records.ts';
import { postLabels } from '#contract/registry/words.ts';
import { insertMany } from './store/bulk-sql.ts';
import { unitTitle } from './names.ts';

/** What an entry does that stands already. */
export const REPLACE = `on conflict (kind, subject_id) do update set county_id = excluded.county_id, township_id = excluded.township_id, neighbourhood_id = excluded.neighbourhood_id,
  estate_id = excluded.estate_id, company_id = excluded.company_id, title = excluded.title, detail = excluded.detail, haystack = excluded.haystack, grams = excluded.grams, is_demo = excluded.is_demo`;

/** The dictionaries of pinyin are large, and a name is written seldom: loaded with the first. */
const spelling = () => import('./search-text.ts');

const write = (db: Db, rows: readonly Record<string, unknown>[]) => insertMany(db, 'registry.searchEntry', rows, REPLACE);

/** 写企业搜索条目, in the transaction that wrote the companies. */
export async function indexCompanies(db: Db, companies: readonly CompanyRecord[]): Promise<void> {
  const { searchText } = await spelling();
  await write(db, companies.map((row) => ({
    kind: 'company', subjectId: row.id, countyId: row.countyId, townshipId: null, neighbourhoodId: null, estateId: null, companyId: row.id,
    title: row.name, detail: row.creditCode ?? '物业服务企业', isDemo: row.isDemo,
    ...searchText([row.name, ...(row.shortName ? [row.shortName] : []), ...row.formerNames], [row.creditCode]),
  })));
}

/** 写小区搜索条目, with former names, aliases and places; call after the names are written. */
export async function indexEstates(db: Db, estates: readonly EstateRecord[]): Promise<void> {
  if (estates.length === 0) return;
  const ids = estates.map((row) => row.id);
  const [names, bodies] = await Promise.all([
    db.selectFrom('registry.estateName').select(['estateId', 'name']).where('estateId', 'in', ids).orderBy('id').execute(),
    db.selectFrom('platform.orgUnit').select(['id', 'name']).where('id', 'in', [...new Set(estates.flatMap((row) => [row.townshipId, ...(row.neighbourhoodId ? [row.neighbourhoodId] : [])]))]).execute(),
  ]);
  const others = Map.groupBy(names, (row) => row.estateId);
  const nameOf = new Map(bodies.map((body) => [body.id, body.name]));
  const { searchText } = await spelling();
  await write(db, estates.map((row) => ({
    kind: 'estate', subjectId: row.id, countyId: row.countyId, townshipId: row.townshipId, neighbourhoodId: row.neighbourhoodId, estateId: row.id, companyId: row.companyId,
    title: row.name, detail: [nameOf.get(row.townshipId), row.neighbourhoodId && nameOf.get(row.neighbourhoodId)].filter(Boolean).join(' '), isDemo: row.isDemo,
    ...searchText([row.name, ...(others.get(row.id) ?? []).map((other) => other.name)]),
  })));
}

/** 写人员搜索条目. */
export async function indexPractitioners(db: Db, people: readonly PractitionerRecord[]): Promise<void> {
  if (people.length === 0) return;
  const companies = [...new Set(people.flatMap((row) => (row.companyId ? [row.companyId] : [])))];
  const named = companies.length === 0 ? [] : await db.selectFrom('registry.company').select(['id', 'name']).where('id', 'in', companies).execute();
  const nameOf = new Map(named.map((company) => [company.id, company.name]));
  const { searchText } = await spelling();
  await write(db, people.map((row) => ({
    kind: 'practitioner', subjectId: row.id, countyId: row.countyId, townshipId: null, neighbourhoodId: null, estateId: null, companyId: row.companyId,
    title: row.name, detail: [row.companyId && nameOf.get(row.companyId), postLabels[row.post]].filter(Boolean).join(' '), isDemo: row.isDemo, ...searchText([row.name]),
  })));
}

export interface UnitPlace { readonly id: string; readonly countyId: string; readonly townshipId: string; readonly neighbourhoodId: string | null; readonly estateId: string; readonly companyId: string | null; readonly matchKey: string; readonly entrance: string; readonly room: string; readonly building: string; readonly estate: string }

/** One and the same for all units, so that it is sent once. */
const NO_GRAMS: readonly string[] = [];

/** 房屋的搜索条目: by number only; the estate is found by its own entry. */
export function unitEntries(units: readonly UnitPlace[], isDemo = false): Record<string, unknown>[] {
  return units.map((row) => {
    const number = unitTitle(row.building, row.entrance, row.room);
    return {
      kind: 'unit', subjectId: row.id, countyId: row.countyId, townshipId: row.townshipId, neighbourhoodId: row.neighbourhoodId, estateId: row.estateId, companyId: row.companyId,
      title: `${row.estate} ${number}`, detail: row.estate, haystack: `${row.matchKey.toLowerCase()} ${number.toLowerCase()}`, grams: NO_GRAMS, isDemo,
    };
  });
}

/** 写房屋搜索条目. */
export async function indexUnits(db: Db, units: readonly UnitPlace[], isDemo = false): Promise<void> {
  await write(db, unitEntries(units, isDemo));
}

/** 删搜索条目 of archived or merged records. */
export async function dropEntries(db: Db, kind: 'estate' | 'company' | 'practitioner' | 'unit', ids: readonly string[]): Promise<void> {
  // One array: an undo may take a hundred thousand units away, and a statement holds 65,535 parameters at most.
  if (ids.length > 0) await sql`delete from registry.search_entry where kind = ${kind} and subject_id = any(${[...ids]}::uuid[])`.execute(db);
}

/** 重写房屋搜索条目 of one estate, after its name or its units changed. */
export async function reindexUnits(db: Db, estate: EstateRecord): Promise<void> {
  const units = await db.selectFrom('registry.unit as u').innerJoin('registry.building as b', 'b.id', 'u.buildingId').select(['u.id', 'u.matchKey', 'u.entrance', 'u.room', 'b.name as building']).where('u.estateId', '=', estate.id).where('u.archivedAt', 'is', null).execute();
  const { countyId, townshipId, neighbourhoodId, companyId } = estate;
  await indexUnits(db, units.map((row) => ({ ...row, countyId, townshipId, neighbourhoodId, companyId, estateId: estate.id, estate: estate.name })), estate.isDemo);
}
