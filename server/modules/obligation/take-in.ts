import type { Insertable } from 'kysely';
import { makeId, type LocalDate } from '#domain/kernel/brand.ts';
import { settled, type Counting, type Duty } from '#domain/kernel/duty.ts';
import type { Grounds } from '#domain/obligation/clock.ts';
import type { DutyEvent, DutyEventKind } from '#domain/obligation/log.ts';
import type { Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import type { Fact } from './fact.ts';
import { holderOf, type Holder } from './holder.ts';
import { asDutyEvent, holdersOf, positionOf, type ObligationRecord } from './position.ts';
import type { ObligationTables } from './tables.gen.ts';

export type EntryDraft = Insertable<ObligationTables['obligation.entry']>;

/** 一项时限 in hand: its row as it now is, its whole log, by what it knows a fact told before, and what becomes of the row. */
export interface File { row: ObligationRecord; isTouched: boolean; readonly duty: Duty<unknown>; readonly isNew: boolean; readonly wasEnded: boolean; readonly events: DutyEvent[]; readonly known: Set<string>; readonly climbed: ReadonlySet<string> }
/** 手头的时限: everything declared and known over some subjects of one kind, the entries still to be written, and what days are counted by, by county. */
export interface Books { readonly duties: readonly Duty<unknown>[]; readonly files: File[]; readonly drafts: EntryDraft[]; readonly grounds: ReadonlyMap<string, Grounds> }

/** One thing is told of a duty once. */
export const markOf = (kind: string, event: string, key: string): string => `${kind}\n${event}\n${key}`;

/** 记入一件事实, in hand alone: what listens to it hears it, then what it opens and is not open yet is opened. */
export function takeIn(tx: Pick<Tx, 'now'>, books: Books, fact: Fact): void {
  const deaf = laterPeriods(over(books, fact));
  for (const file of over(books, fact)) hear(tx, books, file, fact, deaf.has(file));
  for (const duty of books.duties) if (opens(books, duty, fact)) open(tx, books, duty, fact);
}

/** 各对象的下一期限 once everything is taken in. */
export function duesAfter(books: Books, facts: readonly Fact[]): Map<string, LocalDate | null> {
  return new Map(facts.map((fact) => [fact.subject[1], over(books, fact).reduce<LocalDate | null>((first, { row: { endedOn, dueOn } }) => (endedOn === null && dueOn !== null && (first === null || dueOn < first) ? dueOn : first), null)]));
}

const over = ({ files }: Books, { subject: [, id] }: Fact): File[] => files.filter(({ row }) => row.subjectId === id);

function groundsFor({ grounds }: Books, countyId: string): Grounds {
  const found = grounds.get(countyId);
  if (found === undefined) throw new Error('the calendar of that county was not read');
  return found;
}

/** Of a recurring duty several periods may be open: what is done is done for the earliest of them alone. */
function laterPeriods(files: readonly File[]): ReadonlySet<File> {
  const open = files.filter(({ row }) => row.endedOn === null && row.periodEndsOn !== null);
  return new Set(open.filter(({ row }) => open.some((other) => other.row.dutyId === row.dutyId && (other.row.periodEndsOn ?? '') < (row.periodEndsOn ?? ''))));
}

function hear(tx: Pick<Tx, 'now'>, books: Books, file: File, fact: Fact, isLater: boolean): void {
  const { duty } = file;
  // What this very fact opened is not also ended by it when it is told again.
  if (file.row.openedKey === keyOf(fact)) return;
  const kinds = kindsOf(duty, fact.event).filter((kind) => hears(file.row, kind, fact) && !(isLater && kind === 'discharged') && !file.known.has(markOf(kind, fact.event, fact.key)));
  if (kinds.length === 0) return;
  for (const each of kinds) {
    const kind = each === 'restated' && isPutOff(books, file, tellingOf(tx, file, fact)) ? 'void' : each;
    const holder = kind === 'reassigned' ? holderOf(duty, fact.facts, fact) : null;
    enter(books, file, { ...entryOf(tx, file.row.id, kind, fact), ...heldBy(holder), dueOn: kind === 'restated' ? givenDay(duty, fact.facts) : null, ...(each === kind ? {} : { reason: PUT_OFF }) });
    if (holder !== null) file.row = { ...file.row, ...rowHeldBy(holder) };
  }
  file.row = { ...file.row, ...placed(fact), holders: { ...holdersOf(file.row), ...fact.holders } };
  const { position } = positionOf(duty, file.row.facts, file.events, file.climbed, groundsFor(books, file.row.countyId));
  // The next period is opened once: a row that was renewed stays so.
  file.row = { ...file.row, ...position, renewsAt: file.row.renewsAt === null ? null : position.renewsAt };
  file.isTouched = true;
}

const PUT_OFF = '到期日推后，到新的日子前再办';

/** A day before which a duty had begun was moved so far that it has not begun yet: that one ends, and the same fact opens one that begins in its own time and reminds anew. */
function isPutOff(books: Books, file: File, telling: DutyEvent): boolean {
  const counting = settled<unknown, Counting<unknown>>(file.duty.due, file.row.facts);
  if (counting.kind !== 'before-date' || file.row.endedOn !== null || file.row.openedOn > telling.on) return false;
  return positionOf(file.duty, file.row.facts, [...file.events, telling], file.climbed, groundsFor(books, file.row.countyId)).position.openedOn > telling.on;
}

const tellingOf = (tx: Pick<Tx, 'now'>, file: File, fact: Fact): DutyEvent => asDutyEvent({ ...entryOf(tx, file.row.id, 'restated', fact), dueOn: givenDay(file.duty, fact.facts), holderName: null });

function enter({ drafts }: Books, file: File, draft: EntryDraft): void {
  drafts.push(draft);
  file.known.add(markOf(draft.kind, draft.event, draft.key));
  file.events.push(asDutyEvent({ ...draft, reason: draft.reason ?? null, byName: draft.byName ?? null, dueOn: draft.dueOn ?? null, holderName: null }));
}

/** Not what is open already, nor what this very fact opened or moved before. */
function opens(books: Books, duty: Duty<unknown>, fact: Fact): boolean {
  return duty.opensOn.includes(fact.event) && !over(books, fact).some(({ row, known }) => row.dutyId === duty.id && (row.endedOn === null || row.openedKey === keyOf(fact) || known.has(markOf('restated', fact.event, fact.key)))) && duty.appliesTo(fact.facts);
}
const keyOf = (fact: Fact): string => `${fact.event}:${fact.key}`;

function open(tx: Pick<Tx, 'now'>, books: Books, duty: Duty<unknown>, fact: Fact): void {
  const holder = holderOf(duty, fact.facts, fact);
  const id = newId<'Obligation'>();
  const entry: EntryDraft = { ...entryOf(tx, id, 'opened', fact), ...heldBy(holder), dueOn: dateBefore(duty, fact.facts), reason: null, actedAt: fact.since?.at ?? fact.at, actedOn: fact.since?.on ?? fact.on };
  const events: DutyEvent[] = [];
  const { position } = positionOf(duty, fact.facts, [asDutyEvent({ ...entry, reason: null, byName: fact.by?.name ?? null, dueOn: entry.dueOn ?? null, holderName: null })], new Set(), groundsFor(books, fact.place.countyId));
  const row: ObligationRecord = {
    id, ...placed(fact), dutyId: duty.id, subjectKind: fact.subject[0], subjectId: fact.subject[1], openedKey: keyOf(fact), ...position, ...rowHeldBy(holder), holders: fact.holders, facts: fact.facts ?? null, version: 1, createdAt: tx.now, updatedAt: tx.now,
  };
  const file: File = { row, duty, isNew: true, isTouched: false, wasEnded: false, events, known: new Set(), climbed: new Set() };
  enter(books, file, entry);
  books.files.push(file);
}

const heldBy = (holder: Holder | null) => ({ holderKind: holder?.kind ?? null, holderOrgId: holder?.orgUnitId ?? null, holderUserId: holder?.userId ?? null, holderName: null });
/** Its name is looked up with all the others, once everything is taken in. */
const rowHeldBy = ({ kind, orgUnitId, userId }: Holder) => ({ holderKind: kind, holderOrgId: orgUnitId, holderUserId: userId === null ? null : makeId<'AppUser'>(userId), holderName: null });

/** What an event is to a duty; it may be several things at once. */
export function kindsOf(duty: Duty<unknown>, event: string): DutyEventKind[] {
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

function entryOf(tx: Pick<Tx, 'now'>, obligationId: ObligationRecord['id'], kind: DutyEventKind, fact: Fact) {
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
  if (counting.kind === 'before-date') return counting.date(facts);
  if (counting.kind !== 'given') throw new Error(`${duty.id} is told a deadline anew but has none given`);
  return counting.dueOn(facts);
}

/** Of a duty before a date: that date, which its opening tells. */
function dateBefore(duty: Duty<unknown>, facts: unknown): LocalDate | null {
  const counting = settled<unknown, Counting<unknown>>(duty.due, facts);
  return counting.kind === 'before-date' ? counting.date(facts) : null;
}
