import type { Insertable } from 'kysely';
import { makeId, type LocalDate } from '#domain/kernel/brand.ts';
import { settled, type Counting, type Duty } from '#domain/kernel/duty.ts';
import type { DutyEventKind } from '#domain/obligation/log.ts';
import { beyondScope } from '#platform/access/beyond-scope.ts';
import type { Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import type { Fact } from './fact.ts';
import { groundsOf } from './grounds.ts';
import { holderOf, namesOf, type Holder } from './holder.ts';
import { asDutyEvent, holdersOf, positionOf, type ObligationRecord } from './position.ts';
import { refigure } from './refigure.ts';
import type { ObligationTables } from './tables.gen.ts';

type EntryDraft = Insertable<ObligationTables['obligation.entry']>;

/**
 * 记入时限: in the caller's transaction, what happened to a subject; opens, stops, resumes, hands on, extends, discharges every duty declared over it. A
 * repeat of (event, key) changes nothing. Works under any scope; is no audit entry of its own, for the act that tells it has one. Await it by itself.
 * @returns the next due day over the subject, so that the caller may keep a copy on its row; null when nothing is open or the clock is stopped
 */
export function recordFact(tx: Tx, fact: Fact): Promise<{ nextDueOn: LocalDate | null }> {
  const duties = tx.modules.flatMap((module) => module.duties).filter(({ subject }) => subject === fact.subject[0]);
  if (duties.length === 0) return Promise.resolve({ nextDueOn: null });
  return beyondScope(tx, async () => {
    const rows = await lockSubject(tx, fact.subject);
    const touched = await tell(tx, duties, rows, fact);
    const after = await refigure(tx, touched, duties);
    const opened = await open(tx, duties, rows.map((row) => after.get(row.id) ?? row), fact);
    const days = [...rows.map((row) => after.get(row.id) ?? row), ...opened].flatMap(({ endedOn, dueOn }) => (endedOn === null && dueOn !== null ? [dueOn] : []));
    return { nextDueOn: days.reduce<LocalDate | null>((first, day) => (first === null || day < first ? day : first), null) };
  });
}

const lockSubject = ({ db }: Tx, [kind, id]: Fact['subject']) => db.selectFrom('obligation.obligation').selectAll().where('subjectKind', '=', kind).where('subjectId', '=', id).orderBy('id').forUpdate().execute();

/** Writes the fact into the log of each duty that listens to it. @returns the rows whose log grew */
async function tell(tx: Tx, duties: readonly Duty<unknown>[], rows: readonly ObligationRecord[], fact: Fact): Promise<ObligationRecord[]> {
  const drafts: EntryDraft[] = [];
  const moved = new Map<string, Holder>();
  for (const row of rows) {
    const duty = duties.find(({ id }) => id === row.dutyId);
    if (duty === undefined) continue;
    for (const kind of kindsOf(duty, fact.event).filter((each) => hears(row, each, fact))) {
      const holder = kind === 'reassigned' ? holderOf(duty, fact.facts, fact) : null;
      if (holder !== null) moved.set(row.id, holder);
      drafts.push({ ...entryOf(tx, row.id, kind, fact), ...(kind === 'restated' ? { dueOn: givenDay(duty, fact.facts) } : {}), ...(holder === null ? {} : { holderKind: holder.kind, holderOrgId: holder.orgUnitId, holderUserId: holder.userId }) });
    }
  }
  if (drafts.length === 0) return [];
  const names = await namesOf(tx.db, [...moved.values()].map(({ orgUnitId }) => orgUnitId));
  const written = await tx.db.insertInto('obligation.entry').values(drafts.map((draft) => ({ ...draft, holderName: draft.holderOrgId ? names.get(draft.holderOrgId) ?? null : null })))
    .onConflict((conflict) => conflict.columns(['obligationId', 'kind', 'event', 'key']).doNothing()).returning(['obligationId']).execute();
  const grown = new Set(written.map(({ obligationId }) => obligationId));
  return rows.filter(({ id }) => grown.has(id)).map((row) => {
    const holder = moved.get(row.id);
    return { ...row, ...placed(fact), holders: { ...holdersOf(row), ...fact.holders }, ...(holder === undefined ? {} : { holderKind: holder.kind, holderOrgId: holder.orgUnitId, holderUserId: holder.userId === null ? null : makeId<'AppUser'>(holder.userId), holderName: names.get(holder.orgUnitId) ?? null }) };
  });
}

/** Opens what this fact opens and is not open yet. @returns the rows that are new */
async function open(tx: Tx, duties: readonly Duty<unknown>[], rows: readonly ObligationRecord[], fact: Fact): Promise<ObligationRecord[]> {
  const isOpen = new Set(rows.filter(({ endedOn }) => endedOn === null).map(({ dutyId }) => dutyId));
  const due = duties.filter((duty) => duty.opensOn.includes(fact.event) && !isOpen.has(duty.id) && duty.appliesTo(fact.facts));
  if (due.length === 0) return [];
  const grounds = await groundsOf(tx, fact.place.countyId);
  const held = due.map((duty) => ({ duty, holder: holderOf(duty, fact.facts, fact) }));
  const names = await namesOf(tx.db, held.map(({ holder }) => holder.orgUnitId));
  const drafts = held.map(({ duty, holder }) => {
    const id = newId<'Obligation'>();
    const holderName = names.get(holder.orgUnitId) ?? null;
    const entry: EntryDraft & { holderName: string | null } = { ...entryOf(tx, id, 'opened', fact), actedAt: fact.since?.at ?? fact.at, actedOn: fact.since?.on ?? fact.on, holderKind: holder.kind, holderOrgId: holder.orgUnitId, holderUserId: holder.userId, holderName };
    const event = asDutyEvent({ id: entry.id, kind: 'opened', actedAt: fact.since?.at ?? fact.at, actedOn: fact.since?.on ?? fact.on, event: fact.event, reason: null, byName: fact.by?.name ?? null, dueOn: null, holderName });
    const { position } = positionOf(duty, fact.facts, [event], new Set(), grounds);
    return {
      entry, row: {
        id, ...placed(fact), dutyId: duty.id, subjectKind: fact.subject[0], subjectId: fact.subject[1], openedKey: `${fact.event}:${fact.key}`, ...position,
        holderKind: holder.kind, holderOrgId: holder.orgUnitId, holderUserId: holder.userId === null ? null : makeId<'AppUser'>(holder.userId), holderName,
        holders: JSON.stringify(fact.holders), facts: JSON.stringify(fact.facts ?? null), createdAt: tx.now, updatedAt: tx.now,
      },
    };
  });
  const written = await tx.db.insertInto('obligation.obligation').values(drafts.map(({ row }) => row)).onConflict((conflict) => conflict.columns(['dutyId', 'subjectKind', 'subjectId', 'openedKey']).doNothing()).returningAll().execute();
  const fresh = new Set<string>(written.map(({ id }) => id));
  const entries = drafts.filter(({ row }) => fresh.has(row.id)).map(({ entry }) => entry);
  if (entries.length > 0) await tx.db.insertInto('obligation.entry').values(entries).execute();
  return written;
}

/** What an event is to a duty; it may be several things at once. */
function kindsOf(duty: Duty<unknown>, event: string): DutyEventKind[] {
  const heard: readonly (readonly [DutyEventKind, readonly string[]])[] = [
    ['resumed', duty.resumedBy], ['reopened', duty.reopenedBy], ['extended', duty.extendedBy], ['restated', duty.restatedBy], ['reassigned', duty.reassignedBy],
    ['suspended', duty.suspendedBy.map((each) => each.event)], ['discharged', duty.dischargedBy], ['void', duty.voidedBy],
  ];
  return heard.flatMap(([kind, events]) => (events.includes(event) ? [kind] : []));
}

/** What is open hears everything; what is done only that it was taken back, and what came to be known late; what ended for good nothing. */
function hears(row: ObligationRecord, kind: DutyEventKind, fact: Fact): boolean {
  if (row.endedOn === null) return kind !== 'reopened';
  return row.state === 'discharged' && (kind === 'reopened' || (kind !== 'discharged' && kind !== 'void' && fact.on < row.endedOn));
}

function entryOf(tx: Tx, obligationId: ObligationRecord['id'], kind: DutyEventKind, fact: Fact) {
  return {
    id: newId<'Entry'>(), countyId: makeId<'OrgUnit'>(fact.place.countyId), obligationId, kind, event: fact.event, key: fact.key, actedAt: fact.at, actedOn: fact.on, reason: fact.reason?.slice(0, 500) ?? null,
    byUserId: fact.by?.userId ? makeId<'AppUser'>(fact.by.userId) : null, byName: fact.by?.name ?? null, recordedAt: tx.now,
  };
}

function placed({ place, title, path }: Fact) {
  const org = (id: string | null) => (id === null ? null : makeId<'OrgUnit'>(id));
  return {
    countyId: makeId<'OrgUnit'>(place.countyId), townshipId: org(place.townshipId), neighbourhoodId: org(place.neighbourhoodId),
    estateId: place.estateId === null ? null : makeId<'Estate'>(place.estateId), companyId: place.companyId === null ? null : makeId<'Company'>(place.companyId), title: title.slice(0, 200), path,
  };
}

function givenDay(duty: Duty<unknown>, facts: unknown): LocalDate {
  const counting = settled<unknown, Counting<unknown>>(duty.due, facts);
  if (counting.kind !== 'given') throw new Error(`${duty.id} is told a deadline anew but has none given`);
  return counting.dueOn(facts);
}
