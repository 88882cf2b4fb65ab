import { dateText, todayIn } from '#domain/kernel/local-date.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { isInHand } from '#platform/identity/in-hand.ts';
import type { Holdings } from '#platform/module.ts';

const FORM = 'report.form';

/** 名下的上报表格: blanks with the marks that took work. What was sent is frozen and stays with its signer. */
export const reportHoldings: Holdings = {
  async list(db, userId) {
    const rows = await db.selectFrom('report.form').select(['id', 'title', 'reportedTo', 'updatedAt', 'countyId', 'townshipId']).where('archivedAt', 'is', null).where(isInHand('holderId', 'createdBy', userId)).orderBy('id').execute();
    return rows.map((row) => ({
      kind: FORM, id: row.id, group: 'file', title: `上报表格：${row.title}`, detail: `${row.reportedTo === null ? '' : `报${row.reportedTo}，`}${dateText(todayIn(row.updatedAt))}更新`, path: `/reports/${row.id}`, scopeId: row.townshipId ?? row.countyId,
    }));
  },
  async move(tx, { fromId, toId, things }) {
    const ids = things.filter(({ kind }) => kind === FORM).map(({ id }) => makeId<'Form'>(id));
    if (ids.length === 0) return;
    await tx.db.updateTable('report.form').set({ holderId: toId }).where('id', 'in', ids).where('archivedAt', 'is', null).where(isInHand('holderId', 'createdBy', fromId)).execute();
  },
};
