import { makeId } from '#domain/kernel/brand.ts';
import { complaintStatusLabels, openStatuses } from '#domain/complaint/lifecycle.ts';
import type { Holdings } from '#platform/module.ts';
import { noOf } from './present.ts';

const FILE = 'complaint.complaint';

/** 名下的投诉件: open files that a person has in hand; they go to the successor with their clocks as they stand. */
export const complaintHoldings: Holdings = {
  async list(db, userId) {
    const rows = await db.selectFrom('complaint.complaint as c').innerJoin('platform.orgUnit as o', 'o.id', 'c.handlerId').select(['c.id', 'c.numberYear', 'c.numberSerial', 'c.status', 'c.countyId', 'c.nextDueOn', 'o.id as handlerId', 'o.kind'])
      .where('c.status', 'in', openStatuses).where('c.holderId', '=', userId).orderBy('c.id').execute();
    return rows.map((row) => ({
      kind: FILE, id: row.id, group: 'duty', title: `投诉件：${noOf(row)}`, detail: [complaintStatusLabels[row.status], row.nextDueOn === null ? '' : `下一期限${row.nextDueOn}`].filter((words) => words !== '').join('，'), path: `/complaints/${row.id}`,
      scopeId: row.kind === 'township' || row.kind === 'neighbourhood' ? row.handlerId : row.countyId,
    }));
  },
  async move(tx, { fromId, toId, things }) {
    const ids = things.filter(({ kind }) => kind === FILE).map(({ id }) => makeId<'Complaint'>(id));
    if (ids.length === 0) return;
    await tx.db.updateTable('complaint.complaint').set({ holderId: toId }).where('id', 'in', ids).where('holderId', '=', fromId).execute();
  },
};
