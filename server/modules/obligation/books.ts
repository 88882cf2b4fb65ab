import { sql } from 'kysely';
import { holderKindLabels, type Duty } from '#domain/kernel/duty.ts';
import type { Tx } from '#platform/context.ts';
import { send } from '#platform/db/dialect.ts';
import { columnOf } from '#platform/db/insert-many.ts';
import type { Fact } from './fact.ts';
import { foreseenName } from './foresee.ts';
import { groundsOf } from './grounds.ts';
import { namesOf } from './holder.ts';
import { asDutyEvent, type ObligationRecord } from './position.ts';
import { kindsOf, markOf, type Books, type EntryDraft } from './take-in.ts';
import { writeRows } from './write-rows.ts';

/** 取时限: the rows over the subjects of these facts, locked, with the logs of those that listen. */
export async function readBooks(tx: Tx, duties: readonly Duty<unknown>[], facts: readonly Fact[]): Promise<Books> {
  const rows = await lockSubjects(tx, facts);
  const byId = new Map(duties.map((duty) => [duty.id, duty]));
  const events = new Set(facts.map(({ event }) => event));
  const listening = rows.filter(({ dutyId }) => { const duty = byId.get(dutyId); return duty !== undefined && [...events].some((event) => kindsOf(duty, event).length > 0); });
  const ids = listening.map(({ id }) => id);
  const [entries, rungs, grounds] = await Promise.all([
    ids.length === 0 ? [] : tx.db.selectFrom('obligation.entry').selectAll().where(sql<boolean>`obligation_id = any(${ids}::uuid[])`).execute(),
    ids.length === 0 ? [] : tx.db.selectFrom('obligation.rung').select(['obligationId', 'rung']).where(sql<boolean>`obligation_id = any(${ids}::uuid[])`).execute(),
    Promise.all([...new Set([...facts.map(({ place }) => place.countyId), ...rows.map(({ countyId }) => String(countyId))])].map(async (countyId) => [countyId, await groundsOf(tx, countyId)] as const)),
  ]);
  const [logs, climbed] = [Map.groupBy(entries, ({ obligationId }) => obligationId), Map.groupBy(rungs, ({ obligationId }) => obligationId)];
  const files = rows.flatMap((row) => {
    const duty = byId.get(row.dutyId);
    const log = logs.get(row.id) ?? [];
    return duty === undefined ? [] : [{ row, duty, isNew: false, isTouched: false, wasEnded: row.endedOn !== null, events: log.map(asDutyEvent), known: new Set(log.map(({ kind, event, key }) => markOf(kind, event, key))), climbed: new Set((climbed.get(row.id) ?? []).map(({ rung }) => rung)) }];
  });
  return { duties, files, drafts: [], grounds: new Map(grounds) };
}

function lockSubjects({ db }: Tx, facts: readonly Fact[]): Promise<ObligationRecord[]> {
  const kind = facts[0]?.subject[0] ?? '';
  const ids = [...new Set(facts.map(({ subject: [, id] }) => id))];
  return db.selectFrom('obligation.obligation').selectAll().where('subjectKind', '=', kind).where(sql<boolean>`subject_id = any(${ids}::text[])`).orderBy('id').forUpdate().execute();
}

/** 写回: what is new, what changed, what was told; each in one statement, however many there are. */
export async function writeBooks(tx: Tx, { files, drafts }: Books): Promise<void> {
  const names = await namesOf(tx.db, [...drafts.map(({ holderOrgId }) => holderOrgId ?? ''), ...files.flatMap(({ row, isNew, isTouched }) => (isNew || isTouched ? [row.holderOrgId] : []))].filter((id) => id !== ''));
  for (const file of files) if (file.isNew || file.isTouched) file.row = { ...file.row, holderName: nameOf(names, file.row, file.row.countyId) };
  const fresh = await insertNew(tx, files.filter(({ isNew }) => isNew).map(({ row }) => row));
  const written = drafts.filter(({ obligationId }) => fresh.get(obligationId) !== false).map((draft) => ({ ...draft, holderName: draft.holderOrgId ? nameOf(names, { holderKind: draft.holderKind ?? null, holderOrgId: draft.holderOrgId }, draft.countyId) : null }));
  await Promise.all([
    written.length === 0 ? null : insertionOf(written).execute(tx.db),
    writeRows(tx, files.filter(({ isNew, isTouched }) => isTouched && !isNew).map(({ row }) => row)),
    settleTold(tx, files.filter(({ row, wasEnded, climbed }) => !wasEnded && row.endedOn !== null && climbed.size > 0).map(({ row }) => row.id)),
  ]);
}

/** 写下新的, which nobody else can have opened: sent while it is called, the duties before their logs, under names that were foreseen. */
export async function sendNew(tx: Tx, { files, drafts }: Books): Promise<void> {
  const nameIn = (holder: { readonly holderKind: string | null; readonly holderOrgId: string }, countyId: string) => nameOf(new Map([[holder.holderOrgId, foreseenName(tx, holder.holderOrgId)]]), holder, countyId);
  for (const file of files) file.row = { ...file.row, holderName: nameIn(file.row, file.row.countyId) };
  const named = drafts.map((draft) => ({ ...draft, holderName: draft.holderOrgId ? nameIn({ holderKind: draft.holderKind ?? null, holderOrgId: draft.holderOrgId }, draft.countyId) : null }));
  await Promise.all([send(tx.db, openingOf(files.map(({ row }) => row)).compile(tx.db)), send(tx.db, insertionOf(named).compile(tx.db))]);
}

const insertionOf = (entries: readonly EntryDraft[]) => sql`insert into obligation.entry select * from jsonb_populate_recordset(null::obligation.entry, ${asJson(entries)}::jsonb) on conflict (obligation_id, kind, event, key) do nothing`;
const openingOf = (rows: readonly ObligationRecord[]) => sql<{ id: string }>`
    insert into obligation.obligation select * from jsonb_populate_recordset(null::obligation.obligation, ${asJson(rows)}::jsonb) on conflict (duty_id, subject_kind, subject_id, opened_key) do nothing returning id`;

/** What the county holds is its bureau's, but for what is the conference's. */
const nameOf = (names: ReadonlyMap<string, string | null>, { holderKind, holderOrgId }: { readonly holderKind: string | null; readonly holderOrgId: string }, countyId: string): string | null => (holderKind === 'conference-office' && holderOrgId === countyId ? holderKindLabels['conference-office'] : names.get(holderOrgId) ?? null);

/** Whether each of them is there now; somebody who opened the same at the same moment was first. */
async function insertNew(tx: Tx, rows: readonly ObligationRecord[]): Promise<Map<string, boolean>> {
  if (rows.length === 0) return new Map();
  const { rows: written } = await openingOf(rows).execute(tx.db);
  const there = new Set(written.map(({ id }) => id));
  return new Map(rows.map(({ id }) => [id, there.has(id)]));
}

/** Rows as one value, however many and however wide: named as the table's columns are. */
const asJson = (rows: readonly object[]): string => JSON.stringify(rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]: [string, unknown]) => [columnOf(name), value]))));

/** What was told of these waits for nobody any more. */
export async function settleTold({ db, now }: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`select platform.settle_notices(kind, 'Obligation', id, ${now}) from unnest(${ids}::text[]) id cross join unnest(array['obligation.due', 'obligation.overdue', 'obligation.escalated']) kind`.execute(db);
}
