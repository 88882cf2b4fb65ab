import { makeId } from '#domain/kernel/brand.ts';
import { publicationStatusLabels } from '#domain/publication/lifecycle.ts';
import { isInHand } from '#platform/identity/in-hand.ts';
import type { Holdings } from '#platform/module.ts';

const ITEM = 'publication.item';

/** 名下的公开事项: those on their way and those that stand published, which somebody must withdraw when they are wrong. */
export const publicationHoldings: Holdings = {
  async list(db, userId) {
    const rows = await db.selectFrom('publication.publication').select(['id', 'title', 'status', 'level', 'countyId', 'townshipId', 'neighbourhoodId', 'estateId', 'companyId'])
      .where('status', 'in', ['draft', 'reviewing', 'returned', 'signing', 'published']).where(isInHand('holderId', 'draftedBy', userId)).orderBy('id').execute();
    return rows.map((row) => ({
      kind: ITEM, id: row.id, group: row.status === 'published' ? 'file' : 'duty', title: `公开事项：${row.title}`, detail: publicationStatusLabels[row.status], path: `/publications/${row.id}`,
      scopeId: { county: row.countyId, township: row.townshipId, neighbourhood: row.neighbourhoodId, estate: row.estateId, company: row.companyId }[row.level],
    }));
  },
  async move(tx, { fromId, toId, things }) {
    const ids = things.filter(({ kind }) => kind === ITEM).map(({ id }) => makeId<'Publication'>(id));
    if (ids.length === 0) return;
    await tx.db.updateTable('publication.publication').set({ holderId: toId }).where('id', 'in', ids).where(isInHand('holderId', 'draftedBy', fromId)).execute();
  },
};
