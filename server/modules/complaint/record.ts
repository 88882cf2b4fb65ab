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

/** 一步. `bodyName`: for whom the actor acted. */
export interface Step { readonly act: StepName; readonly note?: string; readonly isInternal?: boolean; readonly isOffline?: boolean; readonly bodyName: string; readonly reason?: string }

/** 记一步: the step itself, its audit entry and its event. Personal data stand in none of them beyond what was written by hand. */
export const recordStep = (tx: Tx, ctx: Pick<Ctx, 'actor' | 'now'>, before: ComplaintRecord | null, after: ComplaintRecord, step: Step): Promise<void> => recordSteps(tx, ctx, [{ before, after, ...step }]);

/** 一并记下各件的一步, in as many statements for many as for one. */
export async function recordSteps(tx: Tx, ctx: Pick<Ctx, 'actor' | 'now'>, steps: readonly (Step & { readonly before: ComplaintRecord | null; readonly after: ComplaintRecord })[]): Promise<void> {
  const names = await namesOf(tx.db, steps.map(({ after }) => after.handlerId));
  await insertMany(tx.db, 'complaint.step', steps.map(({ act, note = '', isInternal = false, isOffline = false, bodyName, after }) => ({
    id: newId<'Step'>(), ...placeOf(after), companyId: after.companyId, complaintId: after.id, act, note, isInternal, isOffline, handlerId: after.handlerId, handlerName: names.get(after.handlerId) ?? '', status: after.status,
    actedBy: ctx.actor.userId, actedByName: ctx.actor.name, bodyName, actedAt: ctx.now,
  })));
  for (const { act, before, after, reason } of steps) {
    tx.audit({ action: `complaint.${act}`, subject: ['Complaint', after.id], before: before === null ? null : told(before), after: told(after), ...(reason === undefined ? {} : { reason }), countyId: after.countyId, townshipId: after.townshipId });
    tx.emit({ name: events[act], key: `${after.id}:${after.version}`, payload: { complaintId: after.id }, countyId: after.countyId });
  }
}

/** What the audit trail says of a file: never its text, its spot or its people. */
const told = (row: ComplaintRecord) => ({ no: complaintNo(row.numberYear, row.numberSerial), status: row.status, category: row.categoryCode, pace: row.pace, handlerId: row.handlerId, estateId: row.estateId, outcome: row.outcome, satisfaction: row.satisfaction, recheckResult: row.recheckResult });

async function namesOf(db: Db, ids: readonly ComplaintRecord['handlerId'][]): Promise<ReadonlyMap<string, string>> {
  const bodies = await db.selectFrom('platform.orgUnit').select(['id', 'name']).where(sql<boolean>`id = any(${[...new Set(ids)]}::uuid[])`).execute();
  return new Map(bodies.map(({ id, name }) => [id, name]));
}

/** 重新办理 takes back what the end had brought: who was content with the former answer is asked again after the next, and what was looked at again will be once more. The steps keep it. */
export const afresh = { closedAt: null, closedOn: null, followedUpAt: null, satisfaction: null, satisfactionWhy: null, recheckedAt: null, recheckResult: null } as const;

/** 变更: stores what an act changed and lets the version go one up. */
export async function change(tx: Tx, before: ComplaintRecord, now: Instant, columns: Partial<Omit<ComplaintRecord, 'id' | 'version' | 'createdAt'>>): Promise<ComplaintRecord> {
  return tx.db.updateTable('complaint.complaint').set({ ...columns, version: before.version + 1, updatedAt: now }).where('id', '=', before.id).returningAll().executeTakeFirstOrThrow();
}
