import { sql } from 'kysely';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { sealId, sealPhone } from '../personal.ts';
import { indexPractitioners } from '../search-entries.ts';
import type { PractitionerRecord } from '../store/records.ts';
import { assignManagers } from './managers.ts';
import { writeHeads } from './merge.ts';
import { byId, idChange, phoneChange } from './old.ts';
import type { BulkOptions, PractitionerFields, Write, Written } from './types.ts';

type Key = Pick<PractitionerRecord, 'name' | 'companyId' | 'idIndex' | 'phoneIndex' | 'post'>;

/** 人员比对键: by number, else by company, name and phone. */
export const practitionerKey = ({ name, companyId, idIndex, phoneIndex }: Key): string => (idIndex !== null ? `id:${idIndex}` : `name:${companyId ?? ''}:${normaliseName(name)}:${phoneIndex ?? ''}`);

/** 批量写从业人员: new, changed or unchanged, with search entries and managers' assignments. One person in two posts is two records. */
export async function bulkWritePractitioners(tx: Pick<Tx, 'db'>, rows: readonly Write<'Practitioner', PractitionerFields>[], options: BulkOptions): Promise<Written<'Practitioner'>> {
  const { db } = tx;
  const old = await byId(db, 'registry.practitioner', rows.map((row) => row.id));
  const drafts = rows.map(({ id, set }) => {
    const before = id ? old.get(id) ?? null : null;
    const { idNumber, phone, managesEstateId: _estate, ...plain } = set;
    const fields = { ...plain, ...idChange(options.vault, idNumber, before, sealId), ...phoneChange(options.vault, phone, before, sealPhone) };
    const whole: Key = { name: '', companyId: null, idIndex: null, phoneIndex: null, post: 'other', ...before, ...fields };
    return { old: before, whole, fields };
  });
  const taken = await keysTaken(db, options.countyId, drafts.map((draft) => practitionerKey(draft.whole)));
  const { ids, changes } = await writeHeads(db, 'registry.practitioner', drafts.map(({ old: before, whole, fields }) => ({
    old: before, set: { ...fields, matchKey: freeKey(taken, whole, before) }, fresh: { countyId: options.countyId, post: 'other', isDemo: options.isDemo ?? false },
  })), options);
  const people = ids as Id<'Practitioner'>[];
  await assignManagers(db, rows.flatMap(({ set }, at) => (set.managesEstateId && people[at] ? [{ estateId: set.managesEstateId, practitionerId: people[at], since: null }] : [])), options);
  const written = changes.map((change) => change.id);
  if (written.length > 0) await indexPractitioners(db, (await sql<PractitionerRecord>`select * from registry.practitioner where id = any(${written}::uuid[])`.execute(db)).rows);
  return { ids: people, changes };
}

async function keysTaken(db: Db, countyId: Id<'OrgUnit'>, keys: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ id: string; matchKey: string }>`
    select id, match_key from registry.practitioner where county_id = ${countyId} and archived_at is null and (match_key = any(${keys}::text[]) or split_part(match_key, '#', 1) = any(${keys}::text[]))`.execute(db);
  return new Map(found.rows.map((row) => [row.matchKey, row.id]));
}

/** A second post of the same person gets a key of its own. */
function freeKey(taken: Map<string, string>, whole: Key, old: PractitionerRecord | null): string {
  const base = practitionerKey(whole);
  const mine = old?.id ?? 'new';
  const candidates = [base, `${base}#${whole.companyId ?? ''}:${whole.post}`, ...Array.from({ length: 20 }, (_, at) => `${base}#${whole.companyId ?? ''}:${whole.post}:${at + 2}`)];
  const key = candidates.find((candidate) => !taken.has(candidate) || taken.get(candidate) === old?.id) ?? base;
  taken.set(key, mine);
  return key;
}
