import { dateText, todayIn } from '#domain/kernel/local-date.ts';
import { paperKindLabels } from '#domain/paper/template.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { isInHand } from '#platform/identity/in-hand.ts';
import type { Holdings } from '#platform/module.ts';

const DRAFT = 'paper.draft';

/** 名下的拟稿: those not yet issued or given up. Issued papers are the body's and stay with the name of who drafted them. */
export const paperHoldings: Holdings = {
  async list(db, userId) {
    const rows = await db.selectFrom('paper.paper').select(['id', 'kind', 'title', 'createdAt', 'level', 'countyId', 'townshipId', 'neighbourhoodId', 'estateId', 'companyId'])
      .where('status', '=', 'draft').where(isInHand('holderId', 'createdBy', userId)).orderBy('id').execute();
    return rows.map((row) => ({
      kind: DRAFT, id: row.id, group: 'duty', title: `${paperKindLabels[row.kind]}拟稿：${row.title}`, detail: `${dateText(todayIn(row.createdAt))}拟稿，待签发`, path: `/papers/${row.id}`,
      scopeId: { county: row.countyId, township: row.townshipId, neighbourhood: row.neighbourhoodId, estate: row.estateId, company: row.companyId }[row.level],
    }));
  },
  async move(tx, { fromId, toId, things }) {
    const ids = things.filter(({ kind }) => kind === DRAFT).map(({ id }) => makeId<'Paper'>(id));
    if (ids.length === 0) return;
    await tx.db.updateTable('paper.paper').set({ holderId: toId }).where('id', 'in', ids).where('status', '=', 'draft').where(isInHand('holderId', 'createdBy', fromId)).execute();
  },
};
