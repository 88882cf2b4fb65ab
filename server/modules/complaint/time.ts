import { sql } from 'kysely';
import { todayIn } from '#domain/kernel/local-date.ts';
import { categoryOf, isAboutCommittee, isRebound } from '#domain/complaint/category.ts';
import type { ActName } from '#domain/complaint/lifecycle.ts';
import type { ComplaintFacts } from '#domain/complaint/obligations.ts';
import { isCalledBackElsewhere } from '#domain/complaint/origin.ts';
import { jointOwners } from '#domain/complaint/policy.ts';
import { foresee, recordFact, recordFacts, recordNew, type Fact } from '#modules/obligation/index.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { timingColumns } from './judge.ts';
import { noOf } from './present.ts';
import { events } from './record.ts';
import type { ComplaintRecord } from './store.ts';

/** What happened, as far as time goes; `before` is the file as it was, where there was one. */
export interface Timed { readonly act: ActName | 'receive'; readonly reason?: string; readonly before?: ComplaintRecord }

/** 记入时限 in the transaction of the act, and keeps on the file, for lists and sums, the next day and what was in time. A category or pace mended later counts from the day of receipt all the same. */
export async function keepTime(tx: Tx, ctx: Pick<Ctx, 'now' | 'today' | 'actor'>, row: ComplaintRecord, { act, reason, before }: Timed): Promise<void> {
  const fact = await factOf(tx, ctx, row, reason);
  const received = { at: row.receivedAt, on: row.receivedOn };
  const tell = (event: string, since?: typeof received) => recordFact(tx, { ...fact, event, ...(since === undefined ? {} : { since }) });
  const at = act === 'receive' ? received : { at: ctx.now, on: todayIn(ctx.now) };
  let standing = await recordFact(tx, { ...fact, ...at, event: events[act] });
  if (before !== undefined && before.pace !== row.pace && row.originDueOn === null && row.repliedAt === null && !row.isWaiting && row.extendedAt === null) {
    await tell('complaint.pace-changed');
    standing = await tell('complaint.repaced', received);
  }
  if (before !== undefined && row.originDueOn !== null && row.originDueOn !== before.originDueOn) {
    // A deadline told anew beats the one told before; where ours counted so far, theirs takes its place from the day of receipt.
    if (before.originDueOn !== null) standing = await tell('complaint.deadline-restated');
    else { await tell('complaint.pace-changed'); standing = await tell('complaint.repaced', received); }
  }
  if (act === 'correct' && before !== undefined && isAboutCommittee(before.categoryCode) !== isAboutCommittee(row.categoryCode)) standing = await tell(isAboutCommittee(row.categoryCode) ? 'complaint.became-committee' : 'complaint.no-committee', received);
  // Nobody had to take it up while it was about a committee; now somebody has to.
  if (act === 'correct' && before !== undefined && isAboutCommittee(before.categoryCode) && !isAboutCommittee(row.categoryCode) && row.acceptedAt === null) standing = await tell('complaint.accept-needed', received);
  // An application for information that was mended is answered within the whole period again (政府信息公开条例第三十条).
  if (act === 'takeInformation' && row.origin === 'disclosure' && row.originDueOn === null) standing = await tell('complaint.application-mended');
  await tx.db.updateTable('complaint.complaint').set({ nextDueOn: standing.nextDueOn, ...timingColumns(standing.timings) }).where('id', '=', row.id).execute();
}

/** 一并记入更改的期限 of files whose deadline was told before and is told anew: as `keepTime` of each, in as many statements for some hundreds as for one. */
export async function keepRestated(tx: Tx, ctx: Pick<Ctx, 'now' | 'actor'>, files: readonly { readonly row: ComplaintRecord; readonly reason: string }[]): Promise<void> {
  const facts: Fact[] = [];
  for (const { row, reason } of files) facts.push({ ...await factOf(tx, ctx, row, reason), event: events.restate });
  const standing = await recordFacts(tx, facts);
  const kept = files.map(({ row: { id } }) => { const { nextDueOn = null, timings = new Map() } = standing.get(id) ?? {}; const { answerTiming, contactTiming } = timingColumns(timings); return { id, next_due_on: nextDueOn, answer_timing: answerTiming, contact_timing: contactTiming }; });
  await sql`update complaint.complaint c set next_due_on = n.next_due_on, answer_timing = n.answer_timing, contact_timing = n.contact_timing
    from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as n (id uuid, next_due_on date, answer_timing text, contact_timing text) where c.id = n.id and c.id = any(${files.map(({ row: { id } }) => id)}::uuid[])`.execute(tx.db);
}

/** What of a file says how its time runs; a file that is about to be made has it already. */
export type Clocked = Pick<ComplaintRecord, 'id' | 'version' | 'numberYear' | 'numberSerial' | 'pace' | 'categoryCode' | 'intervenedAt' | 'ownerCount' | 'receivedAt' | 'receivedOn' | 'isEmergency' | 'origin' | 'originDueOn' | 'handlerId' | 'holderId' | 'countyId' | 'townshipId' | 'neighbourhoodId' | 'estateId' | 'companyId'>;

/**
 * 收件的时限 of files made in this very transaction, told before they are stored, so that each is stored with its next day: receipt, and where the body that took it in has thereby signed
 * for it (`isSigned`), that too. After `foreseeTime`. @returns the next day of each, and what was sent to be written
 */
export async function timeOfNew(tx: Tx, ctx: Pick<Ctx, 'now' | 'actor'>, rows: readonly (Clocked & { readonly isSigned: boolean })[]): ReturnType<typeof recordNew> {
  const facts: Fact[] = [];
  for (const row of rows) {
    const fact = await factOf(tx, ctx, row, undefined);
    facts.push({ ...fact, at: row.receivedAt, on: row.receivedOn, event: events.receive });
    if (row.isSigned) facts.push({ ...fact, event: events.sign });
  }
  return recordNew(tx, facts);
}

/** 预读 what the time of these files will be counted by and who may hold it. */
export const foreseeTime = (tx: Tx, { scope }: Pick<Ctx, 'scope'>, rows: readonly Held[]): Promise<void> => foresee(tx, scope, rows.map((row) => ({ place: whereOf(row), holders: holdersOf(row) })));

/** Where a file lies and who has it. */
export type Held = Pick<ComplaintRecord, 'handlerId' | 'holderId' | 'countyId' | 'townshipId' | 'neighbourhoodId' | 'estateId' | 'companyId'>;
const whereOf = ({ countyId, townshipId, neighbourhoodId, estateId, companyId }: Held): Fact['place'] => ({ countyId, townshipId, neighbourhoodId, estateId, companyId });
/** A file without a community or township is held by whoever has it. */
function holdersOf({ handlerId, holderId, neighbourhoodId, townshipId }: Held): Fact['holders'] {
  const handler = { orgUnitId: handlerId, userId: holderId };
  return { handler, neighbourhood: neighbourhoodId === null ? handler : { orgUnitId: neighbourhoodId }, township: townshipId === null ? handler : { orgUnitId: townshipId } };
}

async function factOf(tx: Tx, ctx: Pick<Ctx, 'now' | 'actor'>, row: Clocked, reason: string | undefined): Promise<Omit<Fact, 'event'>> {
  const facts: ComplaintFacts = {
    pace: row.pace, isAboutCommittee: isAboutCommittee(row.categoryCode), isIntervened: row.intervenedAt !== null, isJoint: row.ownerCount >= await parameterValue(tx, row.countyId, jointOwners, row.receivedOn), isEmergency: row.isEmergency,
    isRebound: isRebound(row.categoryCode), isCalledBackElsewhere: isCalledBackElsewhere(row.origin), origin: row.origin, originDueOn: row.originDueOn,
  };
  return {
    key: `${row.id}:${row.version}`, subject: ['Complaint', row.id], at: ctx.now, on: todayIn(ctx.now), facts, title: `${noOf(row)} ${categoryOf(row.categoryCode).title}`, path: `/complaints/${row.id}`, place: whereOf(row), holders: holdersOf(row),
    ...(reason === undefined || reason === '' ? {} : { reason: reason.slice(0, 500) }), by: { userId: ctx.actor.userId, name: ctx.actor.name },
  };
}
