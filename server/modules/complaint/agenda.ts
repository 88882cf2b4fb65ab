import { sql } from 'kysely';
import { z } from 'zod';
import { agendaGrounds, type AgendaGround } from '#domain/complaint/agenda.ts';
import { openStatuses } from '#domain/complaint/lifecycle.ts';
import { makeId } from '#domain/kernel/brand.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Subscriber } from '#platform/module.ts';
import { notify } from '#platform/notices/notify.ts';
import { noOf } from './present.ts';
import type { ComplaintRecord } from './store.ts';

/**
 * 拟提请联席会议: once for each ground, whoever comes again. Others hear it as `complaint.agenda-proposed` with what the conference needs to find it;
 * its office is told. @returns whether it was proposed now
 */
export async function proposeAgenda(tx: Tx, ctx: Pick<Ctx, 'today'>, row: Pick<ComplaintRecord, 'id'>, ground: AgendaGround): Promise<boolean> {
  const after = await tx.db.updateTable('complaint.complaint').set({ agendaOn: sql`coalesce(agenda_on, ${ctx.today}::date)`, agendaGrounds: sql`agenda_grounds || ${ground}::text` })
    .where('id', '=', row.id).where(sql<boolean>`not ${ground}::text = any(agenda_grounds)`).returningAll().executeTakeFirst();
  if (after === undefined) return false;
  tx.audit({ action: 'complaint.propose-agenda', subject: ['Complaint', after.id], before: null, after: { no: noOf(after), ground: agendaGrounds[ground] }, countyId: after.countyId, townshipId: after.townshipId });
  tx.emit({ name: 'complaint.agenda-proposed', key: `${after.id}:${ground}`, payload: { complaintId: after.id, no: noOf(after), ground, relapseNo: after.relapseNo, handlerId: after.handlerId, proposedOn: ctx.today }, countyId: after.countyId });
  await notify(tx, { kind: 'complaint.agenda', to: [{ orgUnitId: after.countyId, permission: 'complaint.designate' }], subject: ['Complaint', after.id], text: `投诉件${noOf(after)}${agendaGrounds[ground]}，拟提请联席会议。`, path: '/complaints/agenda' });
  return true;
}

const Escalated = z.object({ dutyId: z.string(), subjectKind: z.string(), subjectId: z.uuid() });

/** 第二次逾期: the answer was overdue, and is so still when the rung after it is climbed. Of other duties and of files that have ended nothing is proposed. */
export const proposeWhenEscalated: Subscriber = async (ctx, tx, { payload }) => {
  const told = Escalated.safeParse(payload).data;
  const row = told?.subjectKind === 'Complaint' && told.dutyId === 'complaint.answer' ? await tx.db.selectFrom('complaint.complaint').select('id').where('id', '=', makeId<'Complaint'>(told.subjectId)).where('status', 'in', openStatuses).forUpdate().executeTakeFirst() : undefined;
  if (row === undefined || !(await proposeAgenda(tx, ctx, row, 'overdue'))) tx.auditNothing('not an answer of an open file, or proposed before');
};
