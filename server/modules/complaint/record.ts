import { sql } from 'kysely';
import type { Instant } from '#domain/kernel/brand.ts';
import { complaintNo } from '#domain/complaint/number.ts';
import type { ActName } from '#domain/complaint/lifecycle.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { insertMany } from '#platform/db/insert-many.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { placeOf, type ComplaintRecord } from './store.ts';

/** 办理过程里的动作: the acts of the table, and what the complainant does. */
export type StepName = ActName | 'receive' | 'addFacts' | 'confirm' | 'dispute' | 'letter';

/** 事件: what others hear of each act. */
export const events: Readonly<Record<StepName, string>> = {
  receive: 'complaint.received', sign: 'complaint.signed', accept: 'complaint.accepted', refuse: 'complaint.refused', assign: 'complaint.assigned', transfer: 'complaint.transferred', object: 'complaint.objected', designate: 'complaint.designated', contact: 'complaint.contacted',
  intervene: 'complaint.intervened', emergency: 'complaint.emergency-recorded', askInformation: 'complaint.information-asked', takeInformation: 'complaint.information-taken', resume: 'complaint.information-taken', extend: 'complaint.extended', reply: 'complaint.replied', close: 'complaint.closed',
  followUp: 'complaint.followed-up', recheck: 'complaint.rechecked', reopen: 'complaint.reopened', sendBack: 'complaint.sent-back', askExtension: 'complaint.extension-asked', settleExtension: 'complaint.extension-settled', restate: 'complaint.deadline-restated', redo: 'complaint.redone', withdraw: 'complaint.withdrawn', merge: 'complaint.merged', correct: 'complaint.corrected', note: 'complaint.noted', ask: 'complaint.company-asked', feedback: 'complaint.company-answered',
  addFacts: 'complaint.facts-added', confirm: 'complaint.confirmed', dispute: 'complaint.disputed', letter: 'complaint.letter-drafted',
};

/** 一步. `bodyName`: for whom the actor acted; `handlerName`: how the handler is called, where it is known already. */
export interface Step { readonly act: StepName; readonly note?: string; readonly isInternal?: boolean; readonly isOffline?: boolean; readonly bodyName: string; readonly handlerName?: string | undefined; readonly reason?: string }
/** 一步之后的一件, as far as a step tells of it. */
export type Stepped = Pick<ComplaintRecord, 'id' | 'version' | 'countyId' | 'townshipId' | 'neighbourhoodId' | 'estateId' | 'companyId' | 'handlerId' | 'status' | 'numberYear' | 'numberSerial' | 'categoryCode' | 'pace' | 'outcome' | 'satisfaction' | 'recheckResult'>;

/** 记一步: the step itself, its audit entry and its event. Personal data stand in none of them beyond what was written by hand. */
export const recordStep = (tx: Tx, ctx: Pick<Ctx, 'actor' | 'now'>, before: ComplaintRecord | null, after: ComplaintRecord, step: Step): Promise<void> => recordSteps(tx, ctx, [{ before, after, ...step }]);

/** 一并记下各件的一步, in as many statements for many as for one; sent while it is called where every handler's name is known. */
export async function recordSteps(tx: Tx, ctx: Pick<Ctx, 'actor' | 'now'>, steps: readonly (Step & { readonly before: Stepped | null; readonly after: Stepped })[]): Promise<void> {
  const unknown = steps.flatMap(({ handlerName, after }) => (handlerName === undefined ? [after.handlerId] : []));
  const names = unknown.length === 0 ? NO_NAMES : await namesOf(tx.db, unknown);
  await insertMany(tx.db, 'complaint.step', steps.map(({ act, note = '', isInternal = false, isOffline = false, bodyName, handlerName, after }) => ({
    id: newId<'Step'>(), ...placeOf(after), companyId: after.companyId, complaintId: after.id, act, note, isInternal, isOffline, handlerId: after.handlerId, handlerName: handlerName ?? names.get(after.handlerId) ?? '', status: after.status,
    actedBy: ctx.actor.userId, actedByName: ctx.actor.name, bodyName, actedAt: ctx.now,
  })));
  for (const { act, before, after, reason } of steps) {
    tx.audit({ action: `complaint.${act}`, subject: ['Complaint', after.id], before: before === null ? null : told(before), after: told(after), ...(reason === undefined ? {} : { reason }), countyId: after.countyId, townshipId: after.townshipId });
    tx.emit({ name: events[act], key: `${after.id}:${after.version}`, payload: { complaintId: after.id }, countyId: after.countyId });
  }
}

/** What the audit trail says of a file: never its text, its spot or its people. */
const told = (row: Stepped) => ({ no: complaintNo(row.numberYear, row.numberSerial), status: row.status, category: row.categoryCode, pace: row.pace, handlerId: row.handlerId, estateId: row.estateId, outcome: row.outcome, satisfaction: row.satisfaction, recheckResult: row.recheckResult });

const NO_NAMES: ReadonlyMap<string, string> = new Map();
/** 单位的名称, by id. */
export async function namesOf(db: Db, ids: readonly ComplaintRecord['handlerId'][]): Promise<ReadonlyMap<string, string>> {
  const bodies = await db.selectFrom('platform.orgUnit').select(['id', 'name']).where(sql<boolean>`id = any(${[...new Set(ids)]}::uuid[])`).execute();
  return new Map(bodies.map(({ id, name }) => [id, name]));
}

/** 重新办理 takes back what the end had brought: who was content with the former answer is asked again after the next, and what was looked at again will be once more. The steps keep it. */
export const afresh = { closedAt: null, closedOn: null, followedUpAt: null, satisfaction: null, satisfactionWhy: null, recheckedAt: null, recheckResult: null } as const;

/** 变更: stores what an act changed and lets the version go one up. */
export async function change(tx: Tx, before: ComplaintRecord, now: Instant, columns: Partial<Omit<ComplaintRecord, 'id' | 'version' | 'createdAt'>>): Promise<ComplaintRecord> {
  return tx.db.updateTable('complaint.complaint').set({ ...columns, version: before.version + 1, updatedAt: now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
}
