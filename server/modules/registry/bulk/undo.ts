import { sql } from 'kysely';
import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { moveScope, settleCompany } from '../move-scope.ts';
import { dropEntries, indexCompanies, indexEstates, indexPractitioners } from '../search-entries.ts';
import { updateMany } from '../store/bulk-sql.ts';
import type { CompanyRecord, EstateRecord, PractitionerRecord } from '../store/records.ts';
import { recountEach } from './recount-each.ts';
import type { Change } from './types.ts';

/** 后来的修改: a record the batch wrote and somebody changed since; it is left as it is. */
export interface LaterEdit { readonly table: Change['table']; readonly id: string }

/** What each versioned table tells apart, beside its id: a line that the batch ended stands again as it was. */
const LINES = {
  'registry.service_contract': 'contract_id', 'registry.estate_manager': 'estate_id', 'registry.ownership': 'unit_id', 'registry.unit_area': 'unit_id, area_source',
} as const;
const ORDER = ['registry.unit', 'registry.building', 'registry.owner', 'registry.practitioner', 'registry.estate', 'registry.company'] as const;

/**
 * 撤销一批写入: new records are archived, changed fields get their old values back, and every version the batch recorded is corrected away while
 * those it ended stand again. Records changed since are left alone and answered. What was known in between stays known for that time.
 */
export async function undoBatch(tx: Pick<Tx, 'db'>, { batchId, changes, at, on, writtenAt }: { batchId: Id<'Batch'>; changes: readonly Change[]; at: Instant; on: LocalDate; writtenAt: Instant }): Promise<LaterEdit[]> {
  const { db } = tx;
  const later: LaterEdit[] = [];
  const estates = new Set<Id<'Estate'>>(await versionsBack(db, batchId, writtenAt, at));
  for (const table of ORDER) {
    const of = changes.filter((change) => change.table === table);
    if (of.length > 0) later.push(...await headsBack(db, table, of, at));
  }
  for (const change of changes) if (change.table === 'registry.estate') estates.add(change.id as Id<'Estate'>);
  for (const id of await estatesOf(db, changes)) estates.add(id);
  const ids = [...estates];
  await moveScope(db, ids);
  await settleCompany(db, ids, on);
  await recountEach(db, ids, { on, now: at });
  await reindex(db, changes);
  return later;
}

async function versionsBack(db: Db, batchId: Id<'Batch'>, writtenAt: Instant, at: Instant): Promise<Id<'Estate'>[]> {
  const touched = new Set<Id<'Estate'>>();
  for (const [table, line] of Object.entries(LINES)) {
    const name = sql.raw(table);
    // Only lines nobody has changed since: the batch's own versions are still the present ones.
    const columns = (await sql<{ column: string }>`select a.attname as "column" from pg_attribute a where a.attrelid = ${table}::regclass and a.attnum > 0 and not a.attisdropped`.execute(db)).rows.map((row) => row.column);
    const copied = sql.raw(columns.filter((column) => !['id', 'recorded_at', 'superseded_at', 'batch_id'].includes(column)).join(', '));
    const gone = await sql<{ estateId: Id<'Estate'> }>`update ${name} set superseded_at = greatest(${at}::timestamptz, recorded_at + interval '1 millisecond') where batch_id = ${batchId} and superseded_at is null returning estate_id`.execute(db);
    const back = await sql<{ estateId: Id<'Estate'> }>`
      insert into ${name} (id, ${copied}, recorded_at)
      select gen_random_uuid(), ${copied}, ${at}::timestamptz from ${name} t
       where superseded_at >= ${writtenAt}::timestamptz and superseded_at <= ${writtenAt}::timestamptz + interval '1 millisecond' and (batch_id is null or batch_id <> ${batchId})
         and exists (select from ${name} n where n.batch_id = ${batchId} and n.superseded_at >= ${at}::timestamptz and ${sql.raw(line.split(', ').map((column) => `n.${column} = t.${column}`).join(' and '))})
         and not exists (select from ${name} n where n.superseded_at is null and ${sql.raw(line.split(', ').map((column) => `n.${column} = t.${column}`).join(' and '))})
      returning estate_id`.execute(db);
    for (const row of [...gone.rows, ...back.rows]) touched.add(row.estateId);
  }
  return [...touched];
}

async function headsBack(db: Db, table: Change['table'], changes: readonly Change[], at: Instant): Promise<LaterEdit[]> {
  const now = new Map((await sql<{ id: string; version: number }>`select id, version from ${sql.raw(table)} where id = any(${changes.map((change) => change.id)}::uuid[]) for update`.execute(db)).rows.map((row) => [row.id, row.version]));
  const untouched = changes.filter((change) => now.get(change.id) === change.afterVersion);
  const inserted = untouched.filter((change) => change.act === 'insert').map((change) => change.id);
  if (inserted.length > 0) await sql`update ${sql.raw(table)} set archived_at = ${at}, version = version + 1, updated_at = now() where id = any(${inserted}::uuid[])`.execute(db);
  for (const [columns, of] of Map.groupBy(untouched.filter((change) => change.act === 'update'), (change) => Object.keys(change.before ?? {}).toSorted().join())) {
    if (columns !== '') await updateMany(db, table, columns.split(','), of.map((change) => ({ ...change.before, id: change.id })));
  }
  return changes.filter((change) => now.get(change.id) !== change.afterVersion).map(({ id }) => ({ table, id }));
}

async function estatesOf(db: Db, changes: readonly Change[]): Promise<Id<'Estate'>[]> {
  const units = changes.filter((change) => change.table === 'registry.unit').map((change) => change.id);
  if (units.length === 0) return [];
  return (await sql<{ id: Id<'Estate'> }>`select distinct estate_id as id from registry.unit where id = any(${units}::uuid[])`.execute(db)).rows.map((row) => row.id);
}

async function reindex(db: Db, changes: readonly Change[]): Promise<void> {
  const ids = (table: Change['table']) => changes.filter((change) => change.table === table).map((change) => change.id);
  const rows = async <R>(table: Change['table']) => (await sql<R & { id: string; archivedAt: Instant | null }>`select * from ${sql.raw(table)} where id = any(${ids(table)}::uuid[])`.execute(db)).rows;
  const companies = await rows<CompanyRecord>('registry.company');
  const estates = await rows<EstateRecord>('registry.estate');
  const people = await rows<PractitionerRecord>('registry.practitioner');
  const units = (await sql<{ id: string; archivedAt: Instant | null }>`select id, archived_at from registry.unit where id = any(${ids('registry.unit')}::uuid[])`.execute(db)).rows;
  await indexCompanies(db, companies.filter((row) => row.archivedAt === null));
  await indexEstates(db, estates.filter((row) => row.archivedAt === null));
  await indexPractitioners(db, people.filter((row) => row.archivedAt === null));
  const gone = (of: readonly { id: string; archivedAt: Instant | null }[]) => of.filter((row) => row.archivedAt !== null).map((row) => row.id);
  await dropEntries(db, 'company', gone(companies));
  await dropEntries(db, 'estate', gone(estates));
  await dropEntries(db, 'practitioner', gone(people));
  await dropEntries(db, 'unit', gone(units));
}
