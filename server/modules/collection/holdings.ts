import { makeId } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { isInHand } from '#platform/identity/in-hand.ts';
import type { Holdings } from '#platform/module.ts';

const TASK = 'collection.task';

/** 名下的采集任务: drafts, and those sent down that still run. What is closed stays with the name of who sent it. */
export const collectionHoldings: Holdings = {
  async list(db, userId) {
    const rows = await db.selectFrom('collection.collection').select(['id', 'title', 'status', 'dueOn', 'countyId', 'townshipId']).where('status', 'in', ['draft', 'issued']).where(isInHand('holderId', 'createdBy', userId)).orderBy('id').execute();
    return rows.map((row) => ({
      kind: TASK, id: row.id, group: 'duty', title: `采集任务：${row.title}`, detail: `${row.status === 'draft' ? '拟稿，未下发' : '已下发'}，${dateText(row.dueOn)}截止`, path: `/collections/${row.id}`, scopeId: row.townshipId ?? row.countyId,
    }));
  },
  async move(tx, { fromId, toId, things }) {
    const ids = things.filter(({ kind }) => kind === TASK).map(({ id }) => makeId<'Collection'>(id));
    if (ids.length === 0) return;
    await tx.db.updateTable('collection.collection').set({ holderId: toId }).where('id', 'in', ids).where('status', 'in', ['draft', 'issued']).where(isInHand('holderId', 'createdBy', fromId)).execute();
  },
};
