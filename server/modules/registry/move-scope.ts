import { sql } from 'kysely';
import { committeeScoped } from '#modules/committee/index.ts';
import type { Db } from '#platform/db/types.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { contractThen } from './as-of.ts';

/** A table whose rows belong to an estate, and which of the estate's ancestor columns they copy. */
export interface Scoped { readonly table: string; readonly columns: readonly ('county_id' | 'township_id' | 'neighbourhood_id' | 'company_id')[] }

const PLACE = ['county_id', 'township_id', 'neighbourhood_id'] as const;
const ALL = [...PLACE, 'company_id'] as const;

/** 随小区变动的表. A contract and a contact name their own company, which does not follow the estate's; a committee's papers and public items are not its company's; a complaint and a duty name the company that was asked. */
export const estateScoped: readonly Scoped[] = [
  { table: 'registry.estate_name', columns: ALL }, { table: 'registry.building', columns: ALL }, { table: 'registry.unit', columns: ALL },
  { table: 'registry.unit_area', columns: ALL }, { table: 'registry.owner', columns: ALL }, { table: 'registry.ownership', columns: ALL },
  { table: 'registry.owner_purpose', columns: PLACE }, { table: 'registry.service_contract', columns: PLACE }, { table: 'registry.estate_manager', columns: ALL },
  { table: 'registry.contact', columns: PLACE }, { table: 'registry.estate_rollup', columns: ALL }, { table: 'registry.search_entry', columns: ALL },
  { table: 'paper.paper', columns: PLACE }, { table: 'paper.number_register', columns: PLACE },
  { table: 'publication.publication', columns: PLACE }, { table: 'publication.publication_file', columns: PLACE }, { table: 'publication.step', columns: PLACE },
  ...['complaint.complaint', 'complaint.complainant', 'complaint.step', 'complaint.participant', 'complaint.complaint_file', 'owner.binding', 'complaint.rollup', 'complaint.complaint_paper', 'complaint.hotline_order'].map((table) => ({ table, columns: PLACE })),
  { table: 'obligation.obligation', columns: PLACE }, { table: 'platform.file', columns: ALL }, ...committeeScoped,
];

/** 归属变动: copies township, neighbourhood and company of these estates to every row below them, in the transaction that changed the estates. */
export async function moveScope(db: Db, estateIds: readonly Id<'Estate'>[]): Promise<void> {
  if (estateIds.length === 0) return;
  for (const { table, columns } of estateScoped) {
    const sets = sql.raw(columns.map((column) => `${column} = e.${column}`).join(', '));
    const differ = sql.raw(`(${columns.map((column) => `t.${column}`).join(', ')}) is distinct from (${columns.map((column) => `e.${column}`).join(', ')})`);
    await sql`update ${sql.raw(table)} t set ${sets} from registry.estate e where t.estate_id = e.id and e.id = any(${estateIds}::uuid[]) and ${differ}`.execute(db);
  }
}

/**
 * 由现行合同定企业: the contract in force on `on` decides who serves an estate; estates whose company changed are answered and moved.
 * Of several contracts in force the one begun last counts, then the one recorded last.
 */
export async function settleCompany(db: Db, estateIds: readonly Id<'Estate'>[], on: LocalDate): Promise<Id<'Estate'>[]> {
  if (estateIds.length === 0) return [];
  const changed = await sql<{ id: Id<'Estate'> }>`
    with current as (
      select distinct on (k.estate_id) k.estate_id, k.company_id from registry.service_contract k
       where k.estate_id = any(${estateIds}::uuid[]) and k.superseded_at is null and ${contractThen('k', { on, knownOn: null })}
       order by k.estate_id, k.starts_on desc nulls last, k.recorded_at desc, k.id desc)
    update registry.estate e set company_id = c.company_id, version = e.version + 1, updated_at = now(),
           management_kind = case when c.company_id is not null and e.management_kind in ('unknown', 'unmanaged') then 'company' else e.management_kind end
      from registry.estate o left join current c on c.estate_id = o.id
     where e.id = o.id and o.id = any(${estateIds}::uuid[]) and e.company_id is distinct from c.company_id
    returning e.id`.execute(db);
  const ids = changed.rows.map((row) => row.id);
  await moveScope(db, ids);
  return ids;
}
